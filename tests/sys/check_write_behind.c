#include <config.h>

#include "sys/write_behind.h"

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

/* Prime, so that pieces end anywhere in a buffer; more than all buffers. */
enum { PIECE_BYTES = 10007, PIECES = 311, SKIPPED = 100 };

static int
make_file(void)
{
	FILE *file = tmpfile();
	int fd;

	ck_assert_ptr_nonnull(file);
	fd = dup(fileno(file));
	fclose(file);
	ck_assert_int_ge(fd, 0);
	return fd;
}

/* Every third piece is zeros. */
static char
byte_of(unsigned piece, unsigned at)
{
	return piece % 3 == 2 ? '\0' : (char)(piece + at);
}

static void
add_pieces(struct write_behind *writer, unsigned first, unsigned end)
{
	char bytes[PIECE_BYTES];

	for (unsigned piece = first; piece < end; piece++) {
		for (unsigned i = 0; i < PIECE_BYTES; i++)
			bytes[i] = byte_of(piece, i);
		write_behind_add(writer, piece % 3 == 2 ? NULL : bytes,
		    sizeof bytes);
	}
}

static void
check_pieces(int fd)
{
	char bytes[PIECE_BYTES];

	for (unsigned piece = 0; piece < PIECES; piece++) {
		off_t at = SKIPPED + (off_t)piece * PIECE_BYTES;

		ck_assert_int_eq(pread(fd, bytes, sizeof bytes, at),
		    sizeof bytes);
		for (unsigned i = 0; i < PIECE_BYTES; i++)
			ck_assert_int_eq(bytes[i], byte_of(piece, i));
	}
	ck_assert_int_eq(lseek(fd, 0, SEEK_END),
	    SKIPPED + (off_t)PIECES * PIECE_BYTES);
}

START_TEST(writes_all_in_order_and_goes_on_after_a_wait)
{
	int fd = make_file();
	struct write_behind *writer = write_behind_new(fd, SKIPPED);

	ck_assert_int_eq(write_behind_wait(writer), 0);
	add_pieces(writer, 0, 1);
	ck_assert_int_eq(write_behind_wait(writer), 0);
	add_pieces(writer, 1, PIECES);
	ck_assert_int_eq(write_behind_wait(writer), 0);
	write_behind_free(&writer);
	ck_assert_ptr_null(writer);
	check_pieces(fd);
	close(fd);
}
END_TEST

/* No stack is to be had for a thread. */
START_TEST(writes_all_where_there_is_no_thread)
{
	pthread_attr_t before, wanted;
	struct write_behind *writer;
	int fd = make_file();

	ck_assert_int_eq(pthread_getattr_default_np(&before), 0);
	ck_assert_int_eq(pthread_attr_init(&wanted), 0);
	ck_assert_int_eq(pthread_attr_setstacksize(&wanted, SIZE_MAX / 2), 0);
	ck_assert_int_eq(pthread_setattr_default_np(&wanted), 0);
	writer = write_behind_new(fd, SKIPPED);
	ck_assert_int_eq(pthread_setattr_default_np(&before), 0);
	pthread_attr_destroy(&wanted);
	pthread_attr_destroy(&before);
	add_pieces(writer, 0, PIECES);
	ck_assert_int_eq(write_behind_wait(writer), 0);
	write_behind_free(&writer);
	check_pieces(fd);
	close(fd);
}
END_TEST

START_TEST(tells_of_the_first_failure_and_takes_all_the_same)
{
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct write_behind *writer = write_behind_new(fd, 0);

	add_pieces(writer, 0, PIECES);
	ck_assert_int_eq(write_behind_wait(writer), ENOSPC);
	add_pieces(writer, 0, PIECES);
	ck_assert_int_eq(write_behind_wait(writer), ENOSPC);
	write_behind_free(&writer);
	close(fd);
}
END_TEST

START_TEST(can_be_given_up_half_way)
{
	int fd = make_file();
	struct write_behind *writer = write_behind_new(fd, 0);

	add_pieces(writer, 0, PIECES);
	write_behind_free(&writer);
	write_behind_free(&writer);
	close(fd);
}
END_TEST

UNIT_MAIN("write_behind", writes_all_in_order_and_goes_on_after_a_wait,
    writes_all_where_there_is_no_thread,
    tells_of_the_first_failure_and_takes_all_the_same,
    can_be_given_up_half_way)

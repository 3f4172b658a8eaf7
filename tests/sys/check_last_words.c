#include "sys/last_words.h"
#include "sys/mapped.h"
#include "sys/thread.h"

#include "unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_STATUS = 3, PAGES = 4, PAGE = 4096 };

/* What a child said on standard error, and how it ended. */
struct end {
	char said[2 * LAST_WORDS_MAX];
	int status;
};

static void
end_of(void (*act)(void), struct end *end)
{
	int ends[2], child;
	ssize_t got;
	size_t length = 0;

	ck_assert_int_eq(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		act();
		_exit(0);
	}
	close(ends[1]);
	while ((got = read(ends[0], end->said + length,
	    sizeof end->said - 1 - length)) > 0)
		length += (size_t)got;
	end->said[length] = '\0';
	close(ends[0]);
	ck_assert_int_eq(waitpid(child, &end->status, 0), child);
}

static void
fail_an_assertion(void)
{
	bool the_sky_is_green = getpid() == 0;

	assert(the_sky_is_green);
}

START_TEST(a_failed_assertion_says_where_and_what)
{
	struct end end;

	end_of(fail_an_assertion, &end);
	ck_assert(WIFSIGNALED(end.status));
	ck_assert_int_eq(WTERMSIG(end.status), SIGABRT);
	ck_assert_ptr_nonnull(strstr(end.said, "]: a bug: "));
	ck_assert_ptr_nonnull(strstr(end.said, "check_last_words.c:"));
	ck_assert_ptr_nonnull(strstr(end.said, ": fail_an_assertion(): "
	    "assertion failed: the_sky_is_green\n"));
}
END_TEST

static void
say_too_much(void)
{
	static char text[3 * LAST_WORDS_MAX];

	memset(text, 'x', sizeof text);
	last_words((struct span){ text, sizeof text });
}

START_TEST(cuts_what_is_too_long)
{
	struct end end;

	end_of(say_too_much, &end);
	ck_assert_int_eq(end.status, 0);
	ck_assert_uint_ge(strlen(end.said), LAST_WORDS_MAX);
	ck_assert_uint_lt(strlen(end.said), LAST_WORDS_MAX + 64);
}
END_TEST

/* As inetd starts us: what is said must not reach the client. */
static void
say_under_inetd(void)
{
	int ends[2];
	char byte;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0)
		_exit(1);
	dup2(ends[0], STDIN_FILENO);
	dup2(ends[0], STDERR_FILENO);
	last_words(span_from("a secret"));
	_exit(read(ends[1], &byte, 1) < 0 ? 0 : 2);
}

START_TEST(a_client_of_inetd_hears_nothing)
{
	struct end end;

	end_of(say_under_inetd, &end);
	ck_assert_int_eq(end.status, 0);
}
END_TEST

/* A file of some pages, mapped, then shortened to one byte. */
static const volatile char *
map_and_cut(struct mapped_file *file)
{
	char path[] = "/tmp/check_last_words.XXXXXX";
	int fd = mkstemp(path);
	void *map;

	unlink(path);
	if (fd < 0 || ftruncate(fd, (off_t)PAGES * PAGE) != 0)
		_exit(98);
	map = mmap(NULL, (size_t)PAGES * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED || ftruncate(fd, 1) != 0)
		_exit(98);
	*file = (struct mapped_file){ "people/data.mdb", fd,
		(uint64_t)PAGES * PAGE };
	return map;
}

static void
read_what_is_gone(void)
{
	struct mapped_file file;
	const volatile char *map = map_and_cut(&file);

	mapped_guard(EXIT_STATUS);
	mapped_begin(&file);
	_exit(map[2 * PAGE] == 0 ? 97 : 96);
}

static void *
read_in_thread(void *unused)
{
	(void)unused;
	read_what_is_gone();
	return NULL;
}

/* Threads are started with all signals blocked that can be. */
static void
read_what_is_gone_in_a_thread(void)
{
	pthread_t thread;
	sigset_t saved = thread_block_signals();

	pthread_create(&thread, NULL, read_in_thread, NULL);
	thread_restore_signals(&saved);
	pthread_join(thread, NULL);
}

START_TEST(a_file_that_was_cut_short_is_named_for_what_it_is)
{
	static void (*const acts[])(void) = { read_what_is_gone,
		read_what_is_gone_in_a_thread };

	for (size_t i = 0; i < 2; i++) {
		struct end end;

		end_of(acts[i], &end);
		ck_assert(WIFEXITED(end.status));
		ck_assert_int_eq(WEXITSTATUS(end.status), EXIT_STATUS);
		ck_assert_ptr_nonnull(strstr(end.said, "]: people/data.mdb "
		    "was cut short while it was read: 1 bytes of 16384 are "
		    "left\n"));
	}
}
END_TEST

static void
read_outside(void)
{
	struct mapped_file file;
	const volatile char *map = map_and_cut(&file);

	mapped_guard(EXIT_STATUS);
	mapped_begin(&file);
	mapped_end();
	_exit(map[2 * PAGE] == 0 ? 97 : 96);
}

static void
be_sent_the_signal(void)
{
	struct mapped_file file;

	map_and_cut(&file);
	mapped_guard(EXIT_STATUS);
	mapped_begin(&file);
	kill(getpid(), SIGBUS);
}

START_TEST(any_other_bus_error_is_a_bug)
{
	static void (*const acts[])(void) = { read_outside,
		be_sent_the_signal };

	for (size_t i = 0; i < 2; i++) {
		struct end end;

		end_of(acts[i], &end);
		ck_assert(WIFSIGNALED(end.status));
		ck_assert_int_eq(WTERMSIG(end.status), SIGBUS);
		ck_assert_str_eq(end.said, "");
	}
}
END_TEST

UNIT_MAIN("sys/last_words", a_failed_assertion_says_where_and_what,
    cuts_what_is_too_long, a_client_of_inetd_hears_nothing,
    a_file_that_was_cut_short_is_named_for_what_it_is,
    any_other_bus_error_is_a_bug)

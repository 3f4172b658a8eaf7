#include "unit.h"

#include "net/buffers.h"

#include <pthread.h>
#include <string.h>

START_TEST(counts_input_and_output_apart_and_limits_them_together)
{
	static const struct {
		enum buffers_kind kind;
		size_t bytes, input, unsent;
		bool is_overdrawn;
	} rows[] = {
		{ BUFFERS_INPUT, 40, 40, 0, false },
		{ BUFFERS_UNSENT, 60, 40, 60, false },
		{ BUFFERS_INPUT, 1, 41, 60, true },
		{ BUFFERS_UNSENT, 1000, 41, 1060, true },
	};
	enum { ROWS = sizeof rows / sizeof rows[0] };
	struct buffers *buffers = buffers_new(100);
	char *memory[ROWS];

	for (int i = 0; i < ROWS; i++) {
		memory[i] = buffers_take(buffers, rows[i].kind, rows[i].bytes);
		ck_assert_ptr_nonnull(memory[i]);
		ck_assert_uint_eq(buffers_used(buffers, BUFFERS_INPUT),
		    rows[i].input);
		ck_assert_uint_eq(buffers_used(buffers, BUFFERS_UNSENT),
		    rows[i].unsent);
		ck_assert_int_eq(buffers_are_overdrawn(buffers),
		    rows[i].is_overdrawn);
	}
	for (int i = ROWS; i-- > 0;) {
		ck_assert_int_eq(buffers_are_overdrawn(buffers),
		    rows[i].is_overdrawn);
		buffers_give(buffers, rows[i].kind, memory[i], rows[i].bytes);
	}
	ck_assert_uint_eq(buffers_used(buffers, BUFFERS_INPUT), 0);
	ck_assert_uint_eq(buffers_used(buffers, BUFFERS_UNSENT), 0);
	buffers_free(&buffers);
	ck_assert_ptr_null(buffers);
}
END_TEST

/* All of it is the taker's, whatever was kept of those before. */
START_TEST(gives_as_much_as_was_asked_for)
{
	static const size_t sizes[] = { 1, 1023, 1024, 1025, 4096, 4097, 8191,
		8192, 8193, 100000 };
	enum { SIZES = sizeof sizes / sizeof sizes[0], EACH = 40 };
	struct buffers *buffers = buffers_new(100);
	char *memory[SIZES * EACH];

	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < SIZES * EACH; i++) {
			size_t bytes = sizes[i % SIZES];

			memory[i] = buffers_take(buffers, BUFFERS_INPUT, bytes);
			ck_assert_ptr_nonnull(memory[i]);
			memset(memory[i], i, bytes);
		}
		for (int i = 0; i < SIZES * EACH; i++) {
			size_t bytes = sizes[i % SIZES];

			ck_assert_int_eq(memory[i][0], (char)i);
			ck_assert_int_eq(memory[i][bytes - 1], (char)i);
			buffers_give(buffers, BUFFERS_INPUT, memory[i], bytes);
		}
	}
	buffers_free(&buffers);
}
END_TEST

static void *
take_and_give(void *arg)
{
	struct buffers *buffers = arg;

	for (int i = 1; i < 10000; i++) {
		size_t bytes = (size_t)(i % 50) + 1;
		enum buffers_kind kind =
		    (enum buffers_kind)(i % BUFFERS_KINDS);
		char *memory = buffers_take(buffers, kind, bytes);

		ck_assert_ptr_nonnull(memory);
		buffers_give(buffers, kind, memory, bytes);
	}
	return NULL;
}

START_TEST(counts_right_when_many_threads_take_and_give)
{
	struct buffers *buffers = buffers_new(100);
	pthread_t thread[4];

	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(pthread_create(&thread[i], NULL,
		    take_and_give, buffers), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(thread[i], NULL);
	ck_assert_uint_eq(buffers_used(buffers, BUFFERS_INPUT), 0);
	ck_assert_uint_eq(buffers_used(buffers, BUFFERS_UNSENT), 0);
	buffers_free(&buffers);
}
END_TEST

UNIT_MAIN("net/buffers",
    counts_input_and_output_apart_and_limits_them_together,
    gives_as_much_as_was_asked_for,
    counts_right_when_many_threads_take_and_give)

#include "unit.h"

#include "net/queue.h"

#include <pthread.h>
#include <sched.h>

/* The queue never looks into a connection. */
struct conn {
	int served;
};

/* Stands still until a test moves it. */
static uint64_t fake_us;

static uint64_t
tell_fake_us(void)
{
	return fake_us;
}

/* As long as nothing waits for a second, only the length counts. */
static struct queue *
make_queue(unsigned capacity)
{
	fake_us = 1;
	return queue_new(&(const struct queue_limits){ capacity, 1000,
	    tell_fake_us });
}

static void *
work(void *arg)
{
	struct queue *q = arg;
	struct conn *conn;
	bool awaited;

	while ((conn = queue_pop(q, &awaited)) != NULL)
		conn->served++;
	return NULL;
}

START_TEST(refuses_when_full_and_when_closed)
{
	struct queue *q = make_queue(2);
	struct conn c[3] = { 0 };
	bool awaited;

	ck_assert(queue_push(q, &c[0]));
	ck_assert(queue_push(q, &c[1]));
	ck_assert(!queue_push(q, &c[2]));
	ck_assert_ptr_eq(queue_pop(q, &awaited), &c[0]);
	queue_close(q);
	ck_assert(!queue_push(q, &c[2]));
	ck_assert_ptr_eq(queue_pop(q, &awaited), &c[1]);
	ck_assert_ptr_null(queue_pop(q, &awaited));
	queue_free(&q);
	ck_assert_ptr_null(q);
}
END_TEST

START_TEST(says_once_that_half_of_it_is_free_after_a_refusal)
{
	struct queue *q = make_queue(4);
	struct conn c[5] = { 0 };
	bool awaited;

	for (int i = 0; i < 4; i++)
		ck_assert(queue_push(q, &c[i]));
	ck_assert_ptr_eq(queue_pop(q, &awaited), &c[0]);
	ck_assert_msg(!awaited, "nobody was refused");
	ck_assert(queue_push(q, &c[4]));
	ck_assert(!queue_push(q, &c[0]));
	ck_assert_ptr_eq(queue_pop(q, &awaited), &c[1]);
	ck_assert_msg(!awaited, "three of four are taken");
	ck_assert_ptr_eq(queue_pop(q, &awaited), &c[2]);
	ck_assert_msg(awaited, "two of four are free");
	ck_assert_ptr_eq(queue_pop(q, &awaited), &c[3]);
	ck_assert_msg(!awaited, "it has been said");
	ck_assert_ptr_eq(queue_pop(q, &awaited), &c[4]);
	queue_close(q);
	queue_free(&q);
}
END_TEST

static struct conn *
pop(struct queue *q)
{
	bool awaited;

	return queue_pop(q, &awaited);
}

START_TEST(is_full_while_the_oldest_has_waited_too_long)
{
	struct queue *q = make_queue(100);
	struct conn c[4] = { 0 };
	bool awaited;

	ck_assert(queue_push(q, &c[0]));
	fake_us += 1000000;
	ck_assert_msg(queue_push(q, &c[1]), "just in time");
	fake_us += 1;
	ck_assert(!queue_push(q, &c[2]));
	ck_assert_ptr_eq(queue_pop(q, &awaited), &c[0]);
	ck_assert_msg(awaited, "the next one is young");
	fake_us += 1000000;
	ck_assert(!queue_push(q, &c[2]));
	ck_assert_ptr_eq(queue_pop(q, &awaited), &c[1]);
	ck_assert_msg(awaited, "it is empty");
	fake_us += 5000000;
	ck_assert_msg(queue_push(q, &c[3]), "there is nobody to wait for");
	queue_close(q);
	ck_assert_ptr_eq(pop(q), &c[3]);
	queue_free(&q);
}
END_TEST

/* Push until it is full; how many it took. */
static unsigned
fill(struct queue *q, struct conn *conn)
{
	unsigned count = 0;

	while (queue_push(q, conn))
		count++;
	return count;
}

START_TEST(takes_in_as_many_as_are_served_in_the_time_to_wait)
{
	/* With one second to wait and room for 2,000. */
	static const struct {
		uint64_t each_us;
		unsigned least, most;
	} rows[] = {
		{ 1000, 990, 1010 },
		{ 100, 2000, 2000 },
		{ 10000, 99, 104 },
		{ 500000, 2, 3 },
		{ 2000000, 2, 2 },
		{ 1000, 900, 1010 },
	};
	struct queue *q = make_queue(2000);
	struct conn conn = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unsigned count;

		for (int taken = 0; taken < 200 || queue_length(q) > 0;
		    taken++) {
			if (taken < 200)
				(void)fill(q, &conn);
			fake_us += rows[i].each_us;
			ck_assert_ptr_eq(pop(q), &conn);
		}
		count = fill(q, &conn);
		ck_assert_uint_ge(count, rows[i].least);
		ck_assert_uint_le(count, rows[i].most);
	}
	queue_close(q);
	while (queue_length(q) > 0)
		(void)pop(q);
	queue_free(&q);
}
END_TEST

START_TEST(serves_each_connection_once)
{
	enum { CONNS = 10000, WORKERS = 4 };
	struct queue *q = make_queue(16);
	struct conn *c = calloc(CONNS, sizeof *c);
	pthread_t thread[WORKERS];

	for (int i = 0; i < WORKERS; i++)
		ck_assert_int_eq(pthread_create(&thread[i], NULL, work, q), 0);
	for (int i = 0; i < CONNS; i++)
		while (!queue_push(q, &c[i])) {
			queue_wake(q);
			sched_yield();
		}
	queue_close(q);
	for (int i = 0; i < WORKERS; i++)
		pthread_join(thread[i], NULL);
	for (int i = 0; i < CONNS; i++)
		ck_assert_int_eq(c[i].served, 1);
	queue_free(&q);
	free(c);
}
END_TEST

UNIT_MAIN("net/queue", refuses_when_full_and_when_closed,
    says_once_that_half_of_it_is_free_after_a_refusal,
    is_full_while_the_oldest_has_waited_too_long,
    takes_in_as_many_as_are_served_in_the_time_to_wait,
    serves_each_connection_once)

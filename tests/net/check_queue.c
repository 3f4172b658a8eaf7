#include "unit.h"

#include "net/queue.h"

#include <pthread.h>
#include <sched.h>

/* The queue never looks into a connection. */
struct conn {
	int served;
};

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
	struct queue *q = queue_new(2);
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
	struct queue *q = queue_new(4);
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

START_TEST(serves_each_connection_once)
{
	enum { CONNS = 10000, WORKERS = 4 };
	struct queue *q = queue_new(16);
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
    serves_each_connection_once)

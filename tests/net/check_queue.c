#include "unit.h"

#include "net/queue.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

/* The queue never looks into a connection. */
struct conn {
	int nothing;
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

/* NULL: it is closed and empty. */
static struct conn *
pop(struct queue *q, bool *awaited)
{
	struct conn *conn;
	enum queue_work work = queue_next(q, &conn, awaited);

	ck_assert_int_ne(work, QUEUE_WORK_DESK);
	ck_assert((conn != NULL) == (work == QUEUE_WORK_SERVE));
	return conn;
}

START_TEST(refuses_when_full_and_when_closed)
{
	struct queue *q = make_queue(2);
	struct conn c[3] = { 0 };
	bool awaited;

	ck_assert(queue_push(q, &c[0]));
	ck_assert(queue_push(q, &c[1]));
	ck_assert(!queue_push(q, &c[2]));
	ck_assert_ptr_eq(pop(q, &awaited), &c[0]);
	queue_close(q);
	ck_assert(!queue_push(q, &c[2]));
	ck_assert_ptr_eq(pop(q, &awaited), &c[1]);
	ck_assert_ptr_null(pop(q, &awaited));
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
	ck_assert_ptr_eq(pop(q, &awaited), &c[0]);
	ck_assert_msg(!awaited, "nobody was refused");
	ck_assert(queue_push(q, &c[4]));
	ck_assert(!queue_push(q, &c[0]));
	ck_assert_ptr_eq(pop(q, &awaited), &c[1]);
	ck_assert_msg(!awaited, "three of four are taken");
	ck_assert_ptr_eq(pop(q, &awaited), &c[2]);
	ck_assert_msg(awaited, "two of four are free");
	ck_assert_ptr_eq(pop(q, &awaited), &c[3]);
	ck_assert_msg(!awaited, "it has been said");
	ck_assert_ptr_eq(pop(q, &awaited), &c[4]);
	queue_close(q);
	queue_free(&q);
}
END_TEST

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
	ck_assert_ptr_eq(pop(q, &awaited), &c[0]);
	ck_assert_msg(awaited, "the next one is young");
	fake_us += 1000000;
	ck_assert(!queue_push(q, &c[2]));
	ck_assert_ptr_eq(pop(q, &awaited), &c[1]);
	ck_assert_msg(awaited, "it is empty");
	fake_us += 5000000;
	ck_assert_msg(queue_push(q, &c[3]), "there is nobody to wait for");
	queue_close(q);
	ck_assert_ptr_eq(pop(q, &awaited), &c[3]);
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
	bool awaited;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unsigned count;

		for (int taken = 0; taken < 200 || queue_length(q) > 0;
		    taken++) {
			if (taken < 200)
				(void)fill(q, &conn);
			fake_us += rows[i].each_us;
			ck_assert_ptr_eq(pop(q, &awaited), &conn);
		}
		count = fill(q, &conn);
		ck_assert_uint_ge(count, rows[i].least);
		ck_assert_uint_le(count, rows[i].most);
	}
	queue_close(q);
	while (queue_length(q) > 0)
		(void)pop(q, &awaited);
	queue_free(&q);
}
END_TEST

START_TEST(gives_the_desk_to_whoever_has_nothing_to_serve)
{
	struct queue *q = make_queue(4);
	struct conn c[2] = { 0 }, *conn;
	bool awaited;

	for (int round = 0; round < 2; round++) {
		ck_assert(queue_push(q, &c[0]));
		ck_assert(queue_push(q, &c[1]));
		queue_leave_desk(q);
		ck_assert_ptr_eq(pop(q, &awaited), &c[0]);
		ck_assert_ptr_eq(pop(q, &awaited), &c[1]);
		ck_assert_int_eq(queue_next(q, &conn, &awaited),
		    QUEUE_WORK_DESK);
		ck_assert_ptr_null(conn);
	}
	queue_leave_desk(q);
	queue_close(q);
	ck_assert_msg(pop(q, &awaited) == NULL, "no desk when it is closed");
	queue_free(&q);
}
END_TEST

START_TEST(relieves_those_who_are_all_busy)
{
	struct queue *q = make_queue(4);
	struct conn c = { 0 };
	bool awaited;

	ck_assert(queue_push(q, &c));
	queue_leave_desk(q);
	ck_assert_ptr_eq(pop(q, &awaited), &c);
	queue_relieve(q);
	ck_assert_msg(!queue_yield_desk(q), "nobody waits for the desk");
	queue_close(q);
	queue_free(&q);
}
END_TEST

/* What several workers do with one queue, until it is closed. */
struct crew {
	struct queue *queue;
	atomic_uint at_desk, served;
	unsigned to_come; /* the desk's */
	struct conn conn;
};

enum { CREW = 4, CONNS = 10000 };

static void
turn(struct crew *crew)
{
	ck_assert_uint_eq(atomic_fetch_add(&crew->at_desk, 1), 0);
	while (crew->to_come > 0 && queue_push(crew->queue, &crew->conn))
		crew->to_come--;
	if (atomic_load(&crew->served) == CONNS)
		queue_close(crew->queue);
	atomic_fetch_sub(&crew->at_desk, 1);
}

static void *
work(void *arg)
{
	struct crew *crew = arg;
	enum queue_work work;
	struct conn *conn;
	bool awaited;

	while ((work = queue_next(crew->queue, &conn, &awaited)) !=
	    QUEUE_WORK_NONE) {
		if (work == QUEUE_WORK_SERVE) {
			atomic_fetch_add(&crew->served, 1);
		} else {
			turn(crew);
			queue_leave_desk(crew->queue);
		}
	}
	return NULL;
}

START_TEST(serves_each_connection_once_with_one_worker_at_the_desk)
{
	struct crew crew = { .queue = make_queue(16), .to_come = CONNS };
	pthread_t thread[CREW];

	for (int i = 0; i < CREW; i++)
		ck_assert_int_eq(pthread_create(&thread[i], NULL, work, &crew),
		    0);
	turn(&crew);
	queue_leave_desk(crew.queue);
	work(&crew);
	for (int i = 0; i < CREW; i++)
		pthread_join(thread[i], NULL);
	ck_assert_uint_eq(atomic_load(&crew.served), CONNS);
	queue_free(&crew.queue);
}
END_TEST

static void *
take_desk(void *arg)
{
	struct conn *conn;
	bool awaited;

	ck_assert_int_eq(queue_next(arg, &conn, &awaited), QUEUE_WORK_DESK);
	return NULL;
}

START_TEST(yields_the_desk_to_a_worker_that_waits)
{
	struct queue *q = make_queue(4);
	pthread_t thread;

	ck_assert_int_eq(pthread_create(&thread, NULL, take_desk, q), 0);
	while (!queue_yield_desk(q))
		sched_yield();
	pthread_join(thread, NULL);
	queue_leave_desk(q);
	queue_relieve(q);
	queue_close(q);
	queue_free(&q);
}
END_TEST

static void *
take_one(void *arg)
{
	struct queue *q = arg;
	bool awaited;

	return pop(q, &awaited);
}

/* As long as nothing was measured, one is taken to last for a millisecond. */
START_TEST(wakes_another_worker_for_what_takes_long)
{
	struct queue *q = make_queue(4);
	struct conn c[2] = { 0 };
	void *taken;
	pthread_t thread;
	bool awaited;

	ck_assert_int_eq(pthread_create(&thread, NULL, take_one, q), 0);
	ck_assert(queue_push(q, &c[0]));
	ck_assert(queue_push(q, &c[1]));
	ck_assert_ptr_nonnull(pop(q, &awaited));
	pthread_join(thread, &taken);
	ck_assert_ptr_nonnull(taken);
	queue_close(q);
	queue_free(&q);
}
END_TEST

START_TEST(reserves_the_desk_for_the_relief)
{
	struct queue *q = make_queue(4);
	pthread_t thread[CREW];
	struct crew crew = { .queue = q };

	queue_reserve_desk(q);
	queue_leave_desk(q);
	for (int i = 0; i < CREW; i++)
		ck_assert_int_eq(pthread_create(&thread[i], NULL, work, &crew),
		    0);
	queue_relieve(q);
	crew.to_come = CONNS;
	while (atomic_load(&crew.served) < CONNS) {
		turn(&crew);
		ck_assert_msg(!queue_yield_desk(q), "it is reserved");
		sched_yield();
	}
	queue_close(q);
	for (int i = 0; i < CREW; i++)
		pthread_join(thread[i], NULL);
	queue_free(&q);
}
END_TEST

UNIT_MAIN("net/queue", refuses_when_full_and_when_closed,
    says_once_that_half_of_it_is_free_after_a_refusal,
    is_full_while_the_oldest_has_waited_too_long,
    takes_in_as_many_as_are_served_in_the_time_to_wait,
    gives_the_desk_to_whoever_has_nothing_to_serve,
    relieves_those_who_are_all_busy,
    serves_each_connection_once_with_one_worker_at_the_desk,
    yields_the_desk_to_a_worker_that_waits,
    wakes_another_worker_for_what_takes_long,
    reserves_the_desk_for_the_relief)

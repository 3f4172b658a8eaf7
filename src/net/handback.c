#include "net/handback.h"

#include "net/conn.h"
#include "sys/thread.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct handback {
	pthread_mutex_t mtx;

	/* guarded by mtx */
	struct conn_list list;
	unsigned closed; /* of them */
	bool woken;  /* the descriptor is readable, or about to become so */
	bool wanted; /* any connection is worth waking for */

	int descriptor;
};

enum err
handback_new(struct handback **handback, struct fault *fault)
{
	struct handback *h = calloc(1, sizeof *h);

	assert(h != NULL);
	h->descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (h->descriptor < 0) {
		free(h);
		return fault_set(fault, ERR_WORLD, "eventfd: %s",
		    strerror(errno));
	}
	MUST_SUCCEED(pthread_mutex_init(&h->mtx, NULL));
	TAILQ_INIT(&h->list);
	*handback = h;
	return ERR_NONE;
}

void
handback_free(struct handback **handback)
{
	struct handback *h = *handback;

	*handback = NULL;
	assert(TAILQ_EMPTY(&h->list));
	MUST_SUCCEED(pthread_mutex_destroy(&h->mtx));
	close(h->descriptor);
	free(h);
}

static void
write_wake(struct handback *h)
{
	uint64_t one = 1;
	ssize_t n = write(h->descriptor, &one, sizeof one);

	assert(n == sizeof one);
}

/* With mtx held.  True: the caller is the one to write. */
static bool
claim_wake(struct handback *h)
{
	bool first = !h->woken;

	h->woken = true;
	return first;
}

void
handback_put(struct handback *h, struct conn *conn)
{
	bool is_closed = conn->state == CONN_CLOSED, wake;

	MUST_SUCCEED(pthread_mutex_lock(&h->mtx));
	TAILQ_INSERT_TAIL(&h->list, conn, link);
	h->closed += is_closed;
	wake = (!is_closed || h->wanted) && claim_wake(h);
	MUST_SUCCEED(pthread_mutex_unlock(&h->mtx));
	if (wake)
		write_wake(h);
}

void
handback_wake(struct handback *h)
{
	bool wake;

	MUST_SUCCEED(pthread_mutex_lock(&h->mtx));
	wake = claim_wake(h);
	MUST_SUCCEED(pthread_mutex_unlock(&h->mtx));
	if (wake)
		write_wake(h);
}

unsigned
handback_closed(struct handback *h)
{
	unsigned closed;

	MUST_SUCCEED(pthread_mutex_lock(&h->mtx));
	closed = h->closed;
	MUST_SUCCEED(pthread_mutex_unlock(&h->mtx));
	return closed;
}

int
handback_descriptor(const struct handback *h)
{
	return h->descriptor;
}

/*
 * First empty the descriptor, then let it be written again: a wake in between
 * is not written, and need not be, since what it was for is looked at next.
 */
void
handback_clear(struct handback *h)
{
	uint64_t count;
	ssize_t n = read(h->descriptor, &count, sizeof count);

	assert(n == sizeof count);
	MUST_SUCCEED(pthread_mutex_lock(&h->mtx));
	h->woken = false;
	MUST_SUCCEED(pthread_mutex_unlock(&h->mtx));
}

void
handback_take(struct handback *h, struct conn_list *list)
{
	MUST_SUCCEED(pthread_mutex_lock(&h->mtx));
	h->wanted = h->wanted && TAILQ_EMPTY(&h->list);
	TAILQ_CONCAT(list, &h->list, link);
	h->closed = 0;
	MUST_SUCCEED(pthread_mutex_unlock(&h->mtx));
}

void
handback_want(struct handback *h)
{
	bool wake;

	MUST_SUCCEED(pthread_mutex_lock(&h->mtx));
	h->wanted = true;
	wake = !TAILQ_EMPTY(&h->list) && claim_wake(h);
	MUST_SUCCEED(pthread_mutex_unlock(&h->mtx));
	if (wake)
		write_wake(h);
}

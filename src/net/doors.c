#include "net/doors.h"

#include "net/listen.h"
#include "net/wait.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

struct door {
	const struct listener *listener;
	bool has_callers; /* as far as is known */
};

struct doors {
	struct wait *wait;
	bool are_watched;
	unsigned next; /* to be asked, so that all have their turn */
	unsigned count;
	struct door doors[DOORS_MAX];
};

struct doors *
doors_new(struct wait *wait)
{
	struct doors *d = calloc(1, sizeof *d);

	assert(d != NULL);
	d->wait = wait;
	d->are_watched = true;
	return d;
}

void
doors_free(struct doors **doors)
{
	free(*doors);
	*doors = NULL;
}

enum err
doors_add(struct doors *d, const struct listener *listener,
    struct fault *fault)
{
	if (d->count == DOORS_MAX)
		return fault_set(fault, ERR_REFUSED,
		    "more than %d listening sockets", DOORS_MAX);
	d->doors[d->count].listener = listener;
	return wait_watch(d->wait, listener_descriptor(listener), d->count++,
	    fault);
}

void
doors_knock(struct doors *d, unsigned source)
{
	assert(source < d->count);
	d->doors[source].has_callers = true;
}

void
doors_knock_all(struct doors *d)
{
	for (unsigned i = 0; i < d->count; i++)
		d->doors[i].has_callers = true;
}

bool
doors_have_callers(const struct doors *d)
{
	for (unsigned i = 0; i < d->count; i++)
		if (d->doors[i].has_callers)
			return true;
	return false;
}

void
doors_watch(struct doors *d, bool wanted)
{
	if (d->are_watched == wanted)
		return;
	d->are_watched = wanted;
	for (unsigned i = 0; i < d->count; i++)
		wait_set_watched(d->wait,
		    listener_descriptor(d->doors[i].listener), i, wanted);
}

static bool
is_lack(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOBUFS ||
	    error == ENOMEM;
}

/*
 * accept4() takes a descriptor before it looks for a caller, so when one is
 * lacking, somebody must look whether there is a caller at all.  Other errors
 * are of the one caller who has just gone, see accept(2).
 */
static enum answered
answer_at(struct door *door, struct caller *caller)
{
	int error;

	caller->service = listener_service(door->listener);
	caller->descriptor = listener_accept(door->listener, &caller->peer);
	if (caller->descriptor >= 0)
		return ANSWERED_CALLER;
	error = errno;
	if (error == EAGAIN ||
	    (is_lack(error) && !listener_has_caller(door->listener)))
		door->has_callers = false;
	errno = error;
	return door->has_callers && is_lack(error) ? ANSWERED_NO_DESCRIPTOR :
	    ANSWERED_NOBODY;
}

enum answered
doors_answer(struct doors *d, struct caller *caller)
{
	enum answered answered = ANSWERED_NOBODY;

	for (unsigned i = 0; i < d->count && answered == ANSWERED_NOBODY; i++) {
		struct door *door = &d->doors[d->next];

		d->next = (d->next + 1) % d->count;
		if (door->has_callers)
			answered = answer_at(door, caller);
	}
	return answered;
}

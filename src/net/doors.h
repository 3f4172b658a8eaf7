/*
 * The doors: all the listeners, asked for callers in turn.
 *
 * epoll reports a listener as long as somebody waits at it.  So the doors are
 * watched only while callers can be let in; else who is at the desk would be
 * woken for nothing over and over, and the kernel's backlog keeps them anyway.
 *
 * Only at the desk (net/io).
 */

#ifndef NET_DOORS_H
#define NET_DOORS_H

#include "base/attr.h"
#include "base/err.h"
#include "net/service.h"

#include <stdbool.h>

struct doors;
struct listener;
struct wait;

enum { DOORS_MAX = 64 }; /* their sources in wait are 0 to DOORS_MAX - 1 */

struct caller {
	int descriptor; /* non-blocking, close-on-exec */
	struct peer peer;
	const struct service *service;
};

/* `wait` and the listeners stay the caller's and must outlive the doors. */
struct doors *doors_new(struct wait *wait);
void doors_free(struct doors **doors);
enum err doors_add(struct doors *doors, const struct listener *listener,
    struct fault *fault) MUST_CHECK;

/* Somebody may be at this door, or at any. */
void doors_knock(struct doors *doors, unsigned source);
void doors_knock_all(struct doors *doors);

/* False: doors_answer() need not be tried before the next knock. */
bool doors_have_callers(const struct doors *doors);

void doors_watch(struct doors *doors, bool wanted);

enum answered {
	ANSWERED_CALLER,        /* `*caller` is filled in, to be closed */
	ANSWERED_NOBODY,        /* this time; see doors_have_callers() */
	ANSWERED_NO_DESCRIPTOR, /* there is one; errno says what is lacking */
};

enum answered doors_answer(struct doors *doors, struct caller *caller);

#endif

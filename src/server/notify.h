/*
 * Notices to the service manager that started us (sd_notify(3)): datagrams to
 * the socket named by NOTIFY_SOCKET.  Without one all of these do nothing, and
 * what cannot be sent is lost: a server does not wait for its manager.
 *
 * One thread's.
 */

#ifndef SERVER_NOTIFY_H
#define SERVER_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

enum { NOTIFY_TEXT_MAX = 160 };

struct notify {
	int descriptor;       /* -1: nobody wants to know */
	unsigned watchdog_ms; /* between two signs of life; 0: none is wanted */
	uint64_t alive_ms;    /* when the last one was due */
	char status[NOTIFY_TEXT_MAX];
};

/*
 * Connect as the environment says, before the sandbox is entered.  A manager
 * that watches us (WATCHDOG_USEC, WATCHDOG_PID) hears twice in its time.
 */
void notify_open(struct notify *notify);
void notify_close(struct notify *notify);

/* The start, or a reload, is over. */
void notify_ready(struct notify *notify);

/* A reload begins; `now_us` is the monotonic clock's. */
void notify_reloading(struct notify *notify, uint64_t now_us);
void notify_stopping(struct notify *notify);

/* One line for people; the same again is not sent. */
void notify_status(struct notify *notify, const char *text);

/*
 * A sign of life if one is due.  Not when we are not alive: then the manager
 * ends and starts us again when its time is up.
 */
void notify_watchdog(struct notify *notify, uint64_t now_ms, bool is_alive);

#endif

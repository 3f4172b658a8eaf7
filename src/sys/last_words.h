/*
 * What a process still says when it is about to end by a bug, or because a file
 * was taken from under it: one line, on standard error and, when the log goes
 * there, to syslog.
 *
 * The log's thread cannot be waited for any more, so what still waited in its
 * buffer is lost.  This waits for nobody: what is not taken at once is lost,
 * too.
 *
 * A failed assertion says in its last words where and what it was, then
 * abort()s; this takes the place of the C library's __assert_fail().
 */

#ifndef SYS_LAST_WORDS_H
#define SYS_LAST_WORDS_H

#include "base/span.h"

#include <stdbool.h>

enum { LAST_WORDS_MAX = 1024 }; /* what is longer is cut */

/* Whether syslog hears them as well; sys/log says so.  Any thread. */
void last_words_to_syslog(bool wanted);

/*
 * Say it, without a newline.  In any thread and in signal handlers.  Nothing
 * goes to a standard error that is standard input's socket: under inetd that is
 * the client.
 */
void last_words(struct span text);

#endif

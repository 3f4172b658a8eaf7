/*
 * The log: lines handed to a thread of its own, so that a stalled reader of
 * standard error or syslog never holds a worker.
 *
 * The logger is the one global of the program.  Lines wait in a buffer of
 * fixed size; when it is full they are dropped and counted, and the count is
 * said as soon as there is room ("12 lines were dropped").  Whatever comes
 * from a client must be escaped by the caller (base/buf: buf_add_escaped);
 * the text is never used as a format.
 *
 * On standard error a line reads "2026-11-22T10:32:15Z whoisd[4711]: text".
 */

#ifndef SYS_LOG_H
#define SYS_LOG_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_NOTICE, LOG_LEVEL_INFO };

enum log_destination { LOG_TO_STDERR, LOG_TO_SYSLOG };

enum { LOG_LINE_MAX = 1024 }; /* what is longer is cut */

/*
 * Start the thread, after any fork().  `program` must outlive the log.
 * Before that, and after log_stop(), lines go to standard error at once,
 * or are dropped when it does not take them at once.  ERR_WORLD: there is no
 * thread to be had.
 */
enum err log_start(enum log_destination destination, const char *program,
    struct fault *fault) MUST_CHECK;

/*
 * Write elsewhere from now on.  What waits goes there too, but for what the
 * thread has already taken up.
 */
void log_redirect(enum log_destination destination);

/*
 * Write what waits, for at most `timeout_ms`, and end the thread.  A thread
 * that hangs in a write is left behind, and its lines with it.
 */
void log_stop(unsigned timeout_ms);

/* Never waits for the reader of the log.  The text needs no newline. */
void log_line(enum log_level level, const char *format, ...)
    PRINTF_LIKE(2, 3);
void log_text(enum log_level level, struct span text);

/* Lines dropped since the program began. */
uint64_t log_dropped(void);

#endif

/*
 * The log: lines handed to a thread of its own, so that a stalled reader of
 * standard error or syslog never holds a worker.
 *
 * The logger is the one global of the program.  Lines wait in a ring of fixed
 * size; when it is full they are dropped and counted, and the count is said as soon
 * as there is room.  Whatever comes from a client must be escaped by the caller
 * (base/buf: buf_add_escaped).
 */

#ifndef SYS_LOG_H
#define SYS_LOG_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_NOTICE, LOG_LEVEL_INFO };

enum log_destination { LOG_TO_STDERR, LOG_TO_SYSLOG };

enum { LOG_LINE_MAX = 1024 };

/* Starts the thread.  Before that, and after log_stop(), lines go out directly. */
void log_start(enum log_destination destination, const char *program);

/* Write what waits, for at most `timeout_ms`, and end the thread. */
void log_stop(unsigned timeout_ms);

void log_line(enum log_level level, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Never waits.  The text needs no newline. */
void log_text(enum log_level level, struct span text);

uint64_t log_dropped(void);

#endif

/*
 * Between net and proto: a face made into a service, a worker made of what a
 * face needs, and the log line and counters of each transaction.
 */

#ifndef SERVER_SERVING_H
#define SERVER_SERVING_H

#include "base/attr.h"
#include "net/service.h"

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct classes;
struct counter_set;
struct directory;
struct face;
struct face_report;
struct face_settings;
struct histogram_set;
struct serving;

/*
 * The directory stays the caller's and must outlive it.  Viewers are of the
 * `classes`, by the address of each peer, and shown as many entries as theirs
 * are.
 */
struct serving *serving_new(struct directory *directory,
    const struct face_settings *settings, const struct classes *classes,
    bool log_queries);

/* Every worker must be gone. */
void serving_free(struct serving **serving);

/* New settings, for every request from now on.  Any thread. */
void serving_change(struct serving *serving,
    const struct face_settings *settings, const struct classes *classes,
    bool log_queries);

struct service serving_service(const struct face *face);
struct worker_maker serving_workers(struct serving *serving);

/* What is counted, over all workers; once these are there. */
struct counter_set serving_counters(const struct serving *serving);
struct histogram_set serving_times(const struct serving *serving);

/*
 * The line of one transaction:
 *   whois 127.0.0.1:51234 "smith" short words 812 hits 4711 bytes 87 us
 * `query` is escaped already; a peer without an address is "local", an empty
 * rung is "-".
 */
void serving_describe(struct buf *line, const char *face_name,
    const struct transaction *transaction, const struct face_report *report,
    struct span query);

#endif

/*
 * Keeping up with the directory: looks whether there is a new generation, and
 * says what became of it, in the log and to those who ask.
 *
 * A new generation that cannot be opened changes nothing: the old one serves
 * on, stale.  That is one line of the log however often we look, another one
 * when the reason changes, and gauges and a sentence for as long as it lasts.
 *
 * Looking is one thread's; the counters and the sentence are anybody's.
 */

#ifndef SERVER_WATCH_H
#define SERVER_WATCH_H

#include "base/attr.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct counter_set;
struct directory;
struct watch;

/* `map_bytes` as in store_open(); `wall_s` is sys/clock's, here and below. */
struct watch_start {
	const char *path;
	size_t map_bytes;
	uint64_t wall_s;
};

/*
 * Open the directory as directory_open_any() does.  That it fell back to an
 * older generation is an error in the log.
 */
enum err watch_open(struct watch **watch, const struct watch_start *start,
    struct fault *fault) MUST_CHECK;

/* Every reader of the directory must be gone. */
void watch_close(struct watch **watch);

struct directory *watch_directory(const struct watch *watch);

/* Say in the log what serves. */
void watch_announce(struct watch *watch);

/*
 * Look, and move to the new generation if there is one.  When a person
 * `asked`, what is still wrong is said again.
 */
void watch_look(struct watch *watch, uint64_t wall_s, bool asked);

struct counter_set watch_counters(const struct watch *watch);

/*
 * What serves and, if that is not what `current` names, why not: lines that
 * begin with "# ".
 */
void watch_describe(struct watch *watch, struct buf *out);

/* The same in one line, for a service manager. */
void watch_summarise(struct watch *watch, struct buf *out);

#endif

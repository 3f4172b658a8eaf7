#include "server/watch.h"

#include "base/buf.h"
#include "dir/generation.h"
#include "sys/clock.h"
#include "sys/counters.h"
#include "sys/log.h"
#include "sys/thread.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A reason that changes at every look is not said more often than this. */
enum { PACE_S = 10 };

enum {
	WATCH_SERIAL,
	WATCH_ENTRIES,
	WATCH_MOVED,
	WATCH_FAILED,
	WATCH_STALE_SINCE,
	WATCH_FALLBACK,
	WATCH_COUNTERS,
};

static const struct counter_text texts[WATCH_COUNTERS] = {
	[WATCH_SERIAL] = { "generation_serial",
	    "serial of the generation in service", COUNTER_KIND_GAUGE },
	[WATCH_ENTRIES] = { "generation_entries",
	    "entries of the generation in service", COUNTER_KIND_GAUGE },
	[WATCH_MOVED] = { "reload_done",
	    "new generations put into service" },
	[WATCH_FAILED] = { "reload_failed",
	    "new generations that could not be put into service" },
	[WATCH_STALE_SINCE] = { "stale_since",
	    "since when an old generation serves, Unix time; 0: it is the "
	    "current one", COUNTER_KIND_GAUGE },
	[WATCH_FALLBACK] = { "fallback",
	    "1: an old generation has served since the start",
	    COUNTER_KIND_GAUGE },
};

struct watch {
	struct directory *directory;
	counter counters[WATCH_COUNTERS];
	uint64_t quiet_until; /* when a new reason may be said */
	bool unsaid;          /* the reason is */

	/*
	 * Guarded by mtx: why the current generation does not serve, or "",
	 * and since when.  Only who looks writes them.
	 */
	pthread_mutex_t mtx;
	char reason[FAULT_TEXT_MAX];
	uint64_t stale_since;
};

static void
count_generation(struct watch *w)
{
	struct generation_info info;

	directory_info(w->directory, &info);
	counter_set(&w->counters[WATCH_SERIAL], info.serial);
	counter_set(&w->counters[WATCH_ENTRIES], info.entries);
}

static void
log_generation(struct watch *w, const char *what)
{
	struct generation_info info;

	directory_info(w->directory, &info);
	log_line(LOG_LEVEL_NOTICE, "%s %s: %ju entries, serial %ju", what,
	    info.name, (uintmax_t)info.entries, (uintmax_t)info.serial);
}

static void
set_reason(struct watch *w, const char *reason, uint64_t stale_since)
{
	MUST_SUCCEED(pthread_mutex_lock(&w->mtx));
	memcpy(w->reason, reason, strlen(reason) + 1);
	w->stale_since = stale_since;
	MUST_SUCCEED(pthread_mutex_unlock(&w->mtx));
	counter_set(&w->counters[WATCH_STALE_SINCE], stale_since);
}

static void
note_fresh(struct watch *w)
{
	set_reason(w, "", 0);
	w->unsaid = false;
	w->quiet_until = 0;
	counter_set(&w->counters[WATCH_FALLBACK], 0);
}

static void
note_stale(struct watch *w, const char *reason, uint64_t wall_s)
{
	if (strcmp(w->reason, reason) == 0)
		return;
	set_reason(w, reason, w->stale_since ? w->stale_since : wall_s);
	w->unsaid = true;
	counter_add(&w->counters[WATCH_FAILED], 1);
}

static void
say_reason(struct watch *w, uint64_t wall_s)
{
	log_line(LOG_LEVEL_ERROR, "the new generation is not taken, the old "
	    "one serves on: %s", w->reason);
	w->unsaid = false;
	w->quiet_until = wall_s + PACE_S;
}

void
watch_look(struct watch *w, uint64_t wall_s, bool asked)
{
	struct fault fault;

	switch (directory_refresh(w->directory, &fault)) {
	case DIRECTORY_SAME:
		if (w->stale_since != 0) {
			note_fresh(w);
			log_generation(w, "no longer stale,");
		}
		break;
	case DIRECTORY_MOVED:
		note_fresh(w);
		counter_add(&w->counters[WATCH_MOVED], 1);
		count_generation(w);
		log_generation(w, "now serving");
		break;
	case DIRECTORY_BROKEN:
		note_stale(w, fault.text, wall_s);
		if (asked || (w->unsaid && wall_s >= w->quiet_until))
			say_reason(w, wall_s);
		break;
	}
}

/* The loudest line there is: somebody has to mend the directory. */
static void
note_fallback(struct watch *w, const struct fault *fault, uint64_t wall_s)
{
	note_stale(w, fault->text, wall_s);
	w->unsaid = false;
	w->quiet_until = wall_s + PACE_S;
	counter_set(&w->counters[WATCH_FALLBACK], 1);
	log_line(LOG_LEVEL_ERROR, "FALLING BACK to an older generation, the "
	    "current one cannot be opened: %s", fault->text);
}

enum err
watch_open(struct watch **watch, const struct watch_start *start,
    struct fault *fault)
{
	struct watch *w = calloc(1, sizeof *w);
	enum directory_start opened;

	assert(w != NULL);
	*watch = NULL;
	opened = directory_open_any(&w->directory, start->path,
	    start->map_bytes, fault);
	if (opened == DIRECTORY_REFUSED) {
		free(w);
		return fault_prefix(fault, "the directory cannot be opened");
	}
	MUST_SUCCEED(pthread_mutex_init(&w->mtx, NULL));
	if (opened == DIRECTORY_FELL_BACK)
		note_fallback(w, fault, start->wall_s);
	count_generation(w);
	*watch = w;
	return ERR_NONE;
}

void
watch_announce(struct watch *w)
{
	log_generation(w, "serving");
}

void
watch_close(struct watch **watch)
{
	struct watch *w = *watch;

	*watch = NULL;
	if (w == NULL)
		return;
	MUST_SUCCEED(pthread_mutex_destroy(&w->mtx));
	directory_close(&w->directory);
	free(w);
}

struct directory *
watch_directory(const struct watch *w)
{
	return w->directory;
}

static void
sum_counters(const void *owner, uint64_t *sums)
{
	const struct watch *w = owner;

	counters_sum(w->counters, sums, WATCH_COUNTERS);
}

struct counter_set
watch_counters(const struct watch *watch)
{
	return (struct counter_set){ texts, WATCH_COUNTERS, sum_counters,
		watch };
}

static void
add_generation(const struct generation_info *info, struct buf *out)
{
	buf_add_format(out, "serving %s: %" PRIu64 " entries, serial %" PRIu64,
	    info->name, info->entries, info->serial);
}

/* Nothing while there is no reason. */
static void
add_reason(struct watch *w, const char *before, struct buf *out)
{
	char since[CLOCK_TEXT_MAX];

	MUST_SUCCEED(pthread_mutex_lock(&w->mtx));
	if (w->reason[0] != '\0') {
		clock_format(w->stale_since, since);
		buf_add_format(out, "%sstale since %s: ", before, since);
		buf_add_escaped(out, span_from(w->reason));
	}
	MUST_SUCCEED(pthread_mutex_unlock(&w->mtx));
}

void
watch_describe(struct watch *w, struct buf *out)
{
	struct generation_info info;

	directory_info(w->directory, &info);
	buf_add_string(out, "# ");
	add_generation(&info, out);
	buf_add_string(out, ", loaded ");
	buf_add_escaped(out, span_from(info.loaded));
	add_reason(w, "\n# ", out);
	buf_add_char(out, '\n');
}

void
watch_summarise(struct watch *w, struct buf *out)
{
	struct generation_info info;

	directory_info(w->directory, &info);
	add_generation(&info, out);
	add_reason(w, "; ", out);
}

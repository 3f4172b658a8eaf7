#include "server/serving.h"

#include "access/classes.h"
#include "base/arena.h"
#include "dir/generation.h"
#include "proto/face.h"
#include "sys/counters.h"
#include "sys/histogram.h"
#include "sys/log.h"
#include "sys/thread.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* How much of an escaped query a line of the log shows. */
enum { QUERY_SHOWN_MAX = 640 };

/* What is counted: all transactions, and those of each form a face reports. */
enum {
	COUNTER_TRANSACTIONS,
	COUNTER_HITS,
	COUNTER_LONG,
	COUNTER_SHORT,
	COUNTER_LIMIT,
	COUNTER_NONE,
	COUNTER_HELP,
	COUNTER_SESSION,
	COUNTER_ERROR,
	COUNTERS,
};

#define FORM_PREFIX "answers_"

static const struct counter_text counter_texts[COUNTERS] = {
	[COUNTER_TRANSACTIONS] = { "transactions", "questions answered" },
	[COUNTER_HITS] = { "hits", "entries found by them" },
	[COUNTER_LONG] = { FORM_PREFIX "long", "answers of one entry" },
	[COUNTER_SHORT] = { FORM_PREFIX "short", "answers of several entries" },
	[COUNTER_LIMIT] = { FORM_PREFIX "limit",
	    "answers that could not show them all" },
	[COUNTER_NONE] = { FORM_PREFIX "none", "answers without an entry" },
	[COUNTER_HELP] = { FORM_PREFIX "help", "answers to a call for help" },
	[COUNTER_SESSION] = { FORM_PREFIX "session",
	    "answers to commands that ask for nobody" },
	[COUNTER_ERROR] = { FORM_PREFIX "error",
	    "questions refused or failed" },
};

struct worker {
	struct serving *serving;
	struct worker *next; /* of all workers */
	struct reader *reader;
	struct arena *arena;
	counter counters[COUNTERS];
	struct histogram times; /* from the whole question to the write */

	/* our copy of the settings, and which change it is */
	struct face_settings settings;
	struct classes classes;
	bool log_queries;
	unsigned change;

	/* the request being served, for the log */
	struct face_report report;
	char query[QUERY_SHOWN_MAX];
	size_t query_length;
};

struct serving {
	struct directory *directory;
	struct worker *workers; /* the main thread's */

	/* goes up with each change, so that no request takes the lock */
	atomic_uint change;

	pthread_mutex_t mtx;
	/* guarded by mtx */
	struct face_settings settings;
	struct classes classes;
	bool log_queries;
};

struct serving *
serving_new(struct directory *directory, const struct face_settings *settings,
    const struct classes *classes, bool log_queries)
{
	struct serving *s = calloc(1, sizeof *s);

	assert(s != NULL);
	s->directory = directory;
	s->settings = *settings;
	s->classes = *classes;
	s->log_queries = log_queries;
	atomic_init(&s->change, 1);
	MUST_SUCCEED(pthread_mutex_init(&s->mtx, NULL));
	return s;
}

void
serving_free(struct serving **serving)
{
	struct serving *s = *serving;

	*serving = NULL;
	assert(s->workers == NULL);
	MUST_SUCCEED(pthread_mutex_destroy(&s->mtx));
	free(s);
}

void
serving_change(struct serving *s, const struct face_settings *settings,
    const struct classes *classes, bool log_queries)
{
	MUST_SUCCEED(pthread_mutex_lock(&s->mtx));
	s->settings = *settings;
	s->classes = *classes;
	s->log_queries = log_queries;
	MUST_SUCCEED(pthread_mutex_unlock(&s->mtx));
	atomic_fetch_add(&s->change, 1);
}

/* One load when nothing has changed, which is nearly always. */
static void
follow_changes(struct worker *w)
{
	struct serving *s = w->serving;
	unsigned change = atomic_load(&s->change);

	if (change == w->change)
		return;
	MUST_SUCCEED(pthread_mutex_lock(&s->mtx));
	w->settings = s->settings;
	w->classes = s->classes;
	w->log_queries = s->log_queries;
	MUST_SUCCEED(pthread_mutex_unlock(&s->mtx));
	w->change = change;
}

static void *
worker_new(void *context)
{
	struct serving *s = context;
	struct worker *w = calloc(1, sizeof *w);

	assert(w != NULL);
	w->serving = s;
	w->reader = reader_new(s->directory);
	w->arena = arena_new(FACE_ARENA_BYTES);
	w->next = s->workers;
	s->workers = w;
	return w;
}

static void
worker_free(void *context, void *worker)
{
	struct serving *s = context;
	struct worker *w = worker;
	struct worker **at = &s->workers;

	while (*at != w)
		at = &(*at)->next;
	*at = w->next;
	arena_free(&w->arena);
	reader_free(&w->reader);
	free(w);
}

struct worker_maker
serving_workers(struct serving *serving)
{
	return (struct worker_maker){ serving, worker_new, worker_free };
}

static enum frame
frame_request(const struct service *service, struct span input, bool ended,
    size_t *length)
{
	static const enum frame frames[] = {
		[FACE_FRAME_MORE] = FRAME_MORE,
		[FACE_FRAME_WHOLE] = FRAME_WHOLE,
		[FACE_FRAME_TOO_LONG] = FRAME_TOO_LONG,
		[FACE_FRAME_EMPTY] = FRAME_EMPTY,
	};
	const struct face *face = service->context;

	return frames[face->frame(input, ended, length)];
}

/* Escaped now, because the request is the network's again after this. */
static void
keep_query(struct worker *w)
{
	struct buf text;

	buf_init(&text, w->query, sizeof w->query - strlen("..."));
	buf_add_escaped(&text, w->report.query);
	if (text.overflowed) {
		memcpy(w->query + text.length, "...", strlen("..."));
		text.length += strlen("...");
	}
	w->query_length = text.length;
}

static enum next
serve_request(const struct service *service, void *worker,
    const struct request *request, struct buf *out)
{
	const struct face_request asked = { request->bytes,
		request->too_long, request->session };
	const struct face *face = service->context;
	struct worker *w = worker;
	struct face_settings settings;
	struct face_worker lent;
	struct viewer viewer;
	enum face_next next;

	follow_changes(w);
	arena_reset(w->arena);
	settings = w->settings;
	viewer = classes_view(&w->classes, &request->peer->addr);
	settings.shown_max = classes_shown_max(&w->classes, &viewer,
	    settings.shown_max);
	settings.ph_shown_max = classes_shown_max(&w->classes, &viewer,
	    settings.ph_shown_max);
	lent = (struct face_worker){ &settings, w->reader, w->arena, &viewer };
	w->report = (struct face_report){ .form = "error", .rung = "" };
	next = face->serve(&lent, &asked, out, &w->report);
	if (w->log_queries)
		keep_query(w);
	return next == FACE_GO_ON ? NEXT_GO_ON : NEXT_CLOSE;
}

static void
count(struct worker *w)
{
	unsigned form = COUNTER_LONG;

	while (form < COUNTER_ERROR &&
	    strcmp(counter_texts[form].name + strlen(FORM_PREFIX),
		w->report.form) != 0)
		form++;
	counter_add(&w->counters[COUNTER_TRANSACTIONS], 1);
	counter_add(&w->counters[COUNTER_HITS], w->report.hits);
	counter_add(&w->counters[form], 1);
}

static void
add_peer(struct buf *line, const struct peer *peer)
{
	char text[ADDR_TEXT_MAX];

	if (peer->addr.family == ADDR_NONE) {
		buf_add_string(line, "local");
		return;
	}
	addr_format(&peer->addr, text);
	buf_add_string(line, peer->addr.family == ADDR_V6 ? "[" : "");
	buf_add_string(line, text);
	buf_add_string(line, peer->addr.family == ADDR_V6 ? "]:" : ":");
	buf_add_number(line, peer->port);
}

void
serving_describe(struct buf *line, const char *face_name,
    const struct transaction *transaction, const struct face_report *report,
    struct span query)
{
	buf_add_string(line, face_name);
	buf_add_char(line, ' ');
	add_peer(line, transaction->peer);
	buf_add_string(line, " \"");
	buf_add(line, query);
	buf_add_string(line, "\" ");
	buf_add_string(line, report->form);
	buf_add_char(line, ' ');
	buf_add_string(line, report->rung[0] ? report->rung : "-");
	buf_add_char(line, ' ');
	buf_add_number(line, report->hits);
	buf_add_string(line, " hits ");
	buf_add_number(line, transaction->answer_bytes);
	buf_add_string(line, " bytes ");
	buf_add_number(line, transaction->microseconds);
	buf_add_string(line, " us");
}

/* What has no answer, an empty line of a session, is no transaction. */
static void
request_served(const struct service *service, void *worker,
    const struct transaction *transaction)
{
	const struct face *face = service->context;
	struct worker *w = worker;
	char text[LOG_LINE_MAX];
	struct buf line;

	if (transaction->answer_bytes == 0)
		return;
	count(w);
	histogram_add(&w->times, transaction->microseconds);
	if (w->report.fault.code != ERR_NONE)
		log_line(LOG_LEVEL_ERROR, "%s", w->report.fault.text);
	if (!w->log_queries)
		return;
	buf_init(&line, text, sizeof text);
	serving_describe(&line, face->name, transaction, &w->report,
	    (struct span){ w->query, w->query_length });
	log_text(LOG_LEVEL_INFO, buf_span(&line));
}

static void
refuse_caller(const struct service *service, const char *sentence,
    struct buf *out)
{
	const struct face *face = service->context;

	face->refuse(sentence, out);
}

struct service
serving_service(const struct face *face)
{
	return (struct service){
		.request_max = face->request_max,
		.context = face,
		.frame = frame_request,
		.serve = serve_request,
		.refuse = refuse_caller,
		.served = request_served,
	};
}

static void
sum_counters(const void *owner, uint64_t *sums)
{
	const struct serving *s = owner;

	for (const struct worker *w = s->workers; w != NULL; w = w->next)
		counters_sum(w->counters, sums, COUNTERS);
}

struct counter_set
serving_counters(const struct serving *serving)
{
	return (struct counter_set){ counter_texts, COUNTERS, sum_counters,
		serving };
}

static void
sum_times(const void *owner, struct histogram_sums *sums)
{
	const struct serving *s = owner;

	for (const struct worker *w = s->workers; w != NULL; w = w->next)
		histogram_sum(&w->times, sums);
}

struct histogram_set
serving_times(const struct serving *serving)
{
	return (struct histogram_set){ "answer",
		"from the whole question to the answer's first write",
		sum_times, serving };
}

#include "bench/draw.h"

#include "base/span.h"
#include "bench/wording.h"
#include "bench/zipf.h"
#include "dir/generation.h"
#include "dir/index.h"
#include "dir/store.h"
#include "query/query.h"
#include "record/schema.h"
#include "sample/number.h"
#include "sample/random.h"
#include "text/fold.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 1000 };

/* Who bears one name with somebody so many places away is one of a crowd. */
enum { NEIGHBOURS = 10 };

/* What is random about questions, each with numbers of its own. */
enum stream { STREAM_PEOPLE, STREAM_WORDS, STREAM_SCATTER };

struct draw {
	struct draw_settings settings;
	struct directory *directory;
	struct reader *reader;
	struct store_reader *store;
	struct wording *wording;
	struct random people, words;
	uint64_t scatter;
	struct zipf zipf;
};

static enum err
begin(struct draw *d, struct fault *fault)
{
	uint64_t entries;

	if (reader_begin(d->reader, fault) != ERR_NONE)
		return fault->code;
	d->store = reader_store(d->reader);
	d->wording = wording_new(reader_schema(d->reader), &d->words,
	    d->settings.protocol);
	entries = store_count(d->store, STORE_ENTRY);
	if (entries == 0 || entries > UINT32_MAX)
		return fault_set(fault, ERR_REFUSED, "%s has nobody to ask for",
		    d->settings.path);
	zipf_init(&d->zipf, (uint32_t)entries, d->settings.skew);
	return ERR_NONE;
}

static enum err
check_kinds(const struct draw_settings *settings, struct fault *fault)
{
	for (enum mix_kind kind = 0; kind < MIX_KINDS; kind++)
		if (settings->mix.shares[kind] > 0 &&
		    !wording_knows(settings->protocol, kind))
			return fault_set(fault, ERR_USAGE,
			    "%s cannot be asked for \"%s\"",
			    protocols[settings->protocol].name,
			    mix_sentences[kind].name);
	return ERR_NONE;
}

enum err
draw_open(struct draw **draw, const struct draw_settings *settings,
    struct fault *fault)
{
	struct draw *d = calloc(1, sizeof *d);
	enum err err;

	assert(d != NULL);
	d->settings = *settings;
	d->people = random_from(settings->seed, STREAM_PEOPLE);
	d->words = random_from(settings->seed, STREAM_WORDS);
	d->scatter = random_from(settings->seed, STREAM_SCATTER).state;
	err = check_kinds(settings, fault);
	if (err == ERR_NONE)
		err = directory_open(&d->directory, settings->path,
		    settings->map_bytes, fault);
	if (err == ERR_NONE) {
		d->reader = reader_new(d->directory);
		err = begin(d, fault);
	}
	if (err != ERR_NONE)
		draw_close(&d);
	*draw = d;
	return err;
}

void
draw_close(struct draw **draw)
{
	struct draw *d = *draw;

	*draw = NULL;
	if (d == NULL)
		return;
	wording_free(&d->wording);
	if (d->store != NULL)
		reader_end(d->reader);
	reader_free(&d->reader);
	if (d->directory != NULL)
		directory_close(&d->directory);
	free(d);
}

/* Who is asked for. */

static uint32_t
draw_id(struct draw *d)
{
	uint32_t rank = zipf_draw(&d->zipf, &d->people);

	return 1 + number_permute(d->scatter, rank, d->zipf.count);
}

static struct span
record_of(struct draw *d, uint64_t id)
{
	struct span record;

	if (id == 0 || id > d->zipf.count ||
	    store_get_entry(d->store, (uint32_t)id, &record) != STORE_FOUND)
		return (struct span){ "", 0 };
	return record;
}

/* Of which `b` was asked for, so that it is no longer than a line. */
static bool
names_equal(struct span a, struct span b)
{
	char one[FOLD_GROWTH_MAX * QUERY_LINE_MAX];
	char other[FOLD_GROWTH_MAX * QUERY_LINE_MAX];
	struct buf left, right;

	if (a.length == 0 || a.length > QUERY_LINE_MAX)
		return false;
	buf_init(&left, one, sizeof one);
	fold_add(&left, a);
	buf_init(&right, other, sizeof other);
	fold_add(&right, b);
	return span_equal(buf_span(&left), buf_span(&right));
}

/*
 * Entries are in the order of their names.  And who has one name only may be
 * called as many others are for short: Pat.
 */
static bool
is_crowded(struct draw *d, uint32_t id)
{
	struct span name = wording_name(d->wording, record_of(d, id));
	struct span before = record_of(d, id > NEIGHBOURS ?
	    id - NEIGHBOURS : 0);
	struct span behind = record_of(d, (uint64_t)id + NEIGHBOURS);

	return memchr(name.data, ' ', name.length) == NULL ||
	    names_equal(wording_name(d->wording, before), name) ||
	    names_equal(wording_name(d->wording, behind), name);
}

static bool
key_is_there(struct draw *d, struct span key)
{
	char memory[FOLD_GROWTH_MAX * QUERY_LINE_MAX];
	struct span id;
	struct buf folded;

	buf_init(&folded, memory, sizeof memory);
	fold_add(&folded, key);
	return store_get(d->store, STORE_KEY,
	    index_cut_key(buf_span(&folded)), &id) != STORE_ABSENT;
}

/* What a right answer holds. */

/* "Index Key: 481800" */
static void
expect_key_line(struct draw *d, uint32_t id, struct drawn *drawn)
{
	const struct schema *schema = reader_schema(d->reader);
	bool shown = schema->attributes[schema->key_id].long_form;

	buf_add_string(&drawn->expected, shown ? ": " : "");
	buf_add(&drawn->expected, wording_key(d->wording, record_of(d, id)));
	buf_add_string(&drawn->expected, shown ? "\r\n" : "");
}

static void
expect_key(struct draw *d, uint32_t id, struct drawn *drawn)
{
	buf_add(&drawn->expected, wording_key(d->wording, record_of(d, id)));
}

static void
expect_among_few(struct draw *d, uint32_t id, struct drawn *drawn)
{
	if (!is_crowded(d, id))
		expect_key(d, id, drawn);
}

static void
expect_nobody(struct draw *d, uint32_t id, struct drawn *drawn)
{
	(void)d, (void)id;
	/* Of a missing name somebody may be near. */
	if (memchr(drawn->text.data, ' ', drawn->text.length) == NULL)
		buf_add_string(&drawn->expected, "There were 0 matches");
}

static void
expect_no_match(struct draw *d, uint32_t id, struct drawn *drawn)
{
	(void)d, (void)id;
	buf_add_string(&drawn->expected, "501:");
}

/* NULL: it is not known what. */
static void (*const expect[PROTOCOLS][MIX_KINDS])(struct draw *d, uint32_t id,
    struct drawn *drawn) = {
	[PROTOCOL_WHOIS] = {
		[MIX_KEY] = expect_key_line,
		[MIX_NAME] = expect_among_few,
		[MIX_SPOKEN] = expect_among_few,
		[MIX_MAILBOX] = expect_key,
		[MIX_MISSING] = expect_nobody,
	},
	[PROTOCOL_FINGER] = {
		[MIX_KEY] = expect_key_line,
		[MIX_NAME] = expect_among_few,
		[MIX_SPOKEN] = expect_among_few,
	},
	[PROTOCOL_PH] = {
		[MIX_KEY] = expect_key_line,
		[MIX_MAILBOX] = expect_key,
		[MIX_MISSING] = expect_no_match,
	},
};

/* One question. */

static bool
try_question(struct draw *d, struct drawn *drawn)
{
	enum protocol_name protocol = d->settings.protocol;
	uint32_t id = draw_id(d);
	struct span record = record_of(d, id);

	buf_rewind(&drawn->text, 0);
	buf_rewind(&drawn->expected, 0);
	if (!wording_add(d->wording, drawn->kind, record, &drawn->text) ||
	    (drawn->kind == MIX_MISSING &&
		key_is_there(d, wording_value(d->wording))))
		return false;
	if (expect[protocol][drawn->kind] != NULL)
		expect[protocol][drawn->kind](d, id, drawn);
	return true;
}

enum err
draw_next(struct draw *draw, struct drawn *drawn, struct fault *fault)
{
	const char *name;

	drawn->kind = mix_draw(&draw->settings.mix, &draw->words);
	name = mix_sentences[drawn->kind].name;
	buf_init(&drawn->text, drawn->text_memory, DRAW_TEXT_MAX);
	buf_init(&drawn->expected, drawn->expected_memory, DRAW_TEXT_MAX);
	for (int i = 0; i < TRIES; i++)
		if (try_question(draw, drawn))
			return ERR_NONE;
	if (store_reader_check(draw->store, fault) != ERR_NONE)
		return fault_prefix(fault, "%s", draw->settings.path);
	return fault_set(fault, ERR_REFUSED, "%s: of %d entries that were "
	    "drawn none can be asked for as \"%s\" does",
	    draw->settings.path, TRIES, name);
}

/*
 * One question answered for one viewer: where search, limits and privacy meet.
 *
 * Every face answers through this file and sees neither records nor the index.
 * What it is handed here the viewer may see, and it is safe to send: valid
 * UTF-8 in NFC without control characters.  Layout is all that is left to do.
 */

#ifndef PROTO_ANSWER_H
#define PROTO_ANSWER_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"
#include "dir/search.h"
#include "record/schema.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct face_worker;
struct query;

struct answer {
	const struct schema *schema;
	uint32_t groups; /* that the viewer may read (access/privacy) */
	unsigned shown_max; /* hits handed out: the settings', or the face's */
	bool all_or_none;   /* no hit, unless all can be handed out */
	struct search_hits hits; /* filled by answer_run() */

	/* answer.c only */
	const struct face_worker *worker;
	uint64_t attributes; /* that the viewer may read ... */
	uint64_t short_form; /* ... and those in the short form, as bits */
	size_t arena_mark;
};

struct answer_value {
	const struct attribute *attribute;
	struct span text;
	bool is_plain; /* surely printable ASCII, as wide as it is long */
};

/* The values in the order of the schema, those of one attribute as given. */
struct answer_entry {
	const struct answer_value *values;
	unsigned count;
};

/*
 * Begin reads from the newest directory in service; what comes out of the
 * answer is valid until the end.  On failure there is nothing to end, and the
 * fault is for the administrator, not for the client.
 */
enum err answer_begin(struct answer *answer, const struct face_worker *worker,
    struct fault *fault) MUST_CHECK;
void answer_end(struct answer *answer);

/*
 * Fill answer->hits.  What an outcome is to its clients each face knows; the
 * fault of SEARCH_FAILED is for the administrator, as above.
 */
enum search_outcome answer_run(struct answer *answer,
    const struct query *query, struct fault *fault) MUST_CHECK;

/*
 * The same for faces that tell outcomes in sentences.  ERR_REFUSED: the
 * question cannot be answered, and the fault says why in a sentence for the
 * client.  It may quote the client's own bytes.  ERR_WORLD: as above.
 */
enum err answer_search(struct answer *answer, const struct query *query,
    struct fault *fault) MUST_CHECK;

/* All hits are shown, and their number is not a guess. */
bool answer_is_complete(const struct answer *answer);

enum answer_fetched {
	ANSWER_ENTRY,
	ANSWER_DAMAGED, /* the record is missing, malformed or not to be seen */
	ANSWER_NO_ROOM, /* the arena is used up */
};

/* Which values are wanted: a list of fifty shows few of each entry. */
enum answer_values_of {
	ANSWER_VALUES_OF_ALL,
	ANSWER_VALUES_OF_SHORT_FORM,
};

/* Hit number `nth` of hits.shown, 0 first; valid until the next fetch. */
enum answer_fetched answer_fetch(struct answer *answer, unsigned nth,
    enum answer_values_of values_of, struct answer_entry *entry) MUST_CHECK;

/* Say in `fault` which entry it was that came out ANSWER_DAMAGED. */
void answer_blame(const struct answer *answer, unsigned nth,
    struct fault *fault);

/* The values of one attribute, `*count` of them. */
const struct answer_value *answer_values(const struct answer_entry *entry,
    const struct attribute *attribute, unsigned *count);

/* The first of them; an empty one when there is none. */
const struct answer_value *answer_value(const struct answer_entry *entry,
    const struct attribute *attribute);

/* Whether the viewer may know of this attribute at all. */
bool answer_may_show(const struct answer *answer,
    const struct attribute *attribute);

/* The first attribute with this kind of index that may be shown, or NULL. */
const struct attribute *answer_find_indexed(const struct answer *answer,
    enum index_kind kind);

/* "handle", "words", ...: for the log. */
const char *answer_rung_name(enum rung rung);

#endif

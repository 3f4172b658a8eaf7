/*
 * Inversion: (term, id) pairs in, runs of terms with their posting lists out,
 * in bounded memory.
 *
 * An inverter is a hash table of terms with growing lists.  When its memory is
 * full the terms are sorted and spilled with their lists as one run, and it
 * starts afresh (single-pass in-memory indexing, SPIMI).  Terms that hardly two
 * entries share are beside it (dir/own_terms), in runs of their own.
 *
 * Entries are dealt out to the inverters, one for each thread, so no term ever
 * changes threads; dir/postings_merge puts their lists together.
 */

#ifndef DIR_INVERT_H
#define DIR_INVERT_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct inverter;
struct spill;

enum { INVERT_TERM_MAX = 1024, INVERT_MEMORY_MIN = 1 << 17 };

/*
 * Runs go to an unlinked file in `folder`.  The memory stays the caller's and
 * is aligned for uint64_t: half of it is for own terms.  Both halves are, but
 * for a table of a fifth or less, touched from both ends as they are needed.
 */
struct inverter *inverter_new(const char *folder, void *memory,
    size_t memory_bytes);
void inverter_free(struct inverter **inverter);

/*
 * Terms of an entry, at most INVERT_TERM_MAX bytes each.  Ids must not descend
 * from call to call; a term that an entry has already is passed over.
 */
void inverter_add(struct inverter *inverter, uint32_t id,
    const struct span *terms, size_t count);

/*
 * A term that hardly any other entry has (dir/own_terms): it is not looked up.
 * Otherwise as inverter_add(), and one may have both.
 */
void inverter_add_own(struct inverter *inverter, uint32_t id,
    struct span term);

/*
 * Where some terms are, so that another entry with the same ones needs no
 * look-up.  A count of 0: nowhere.
 */
enum { INVERTER_FOUND_MAX = 24 };
struct inverter_found {
	uint32_t table;
	uint32_t count;
	uint32_t nodes[INVERTER_FOUND_MAX];
};

/*
 * Of the last inverter_add(), the `count` terms from `first` on; none when they
 * are more than fit.
 */
void inverter_note_found(const struct inverter *inverter, size_t first,
    size_t count, struct inverter_found *found);

/*
 * As inverter_add() of the same terms.  False, and nothing is added: they are
 * not there any more, and have to be added as terms.
 */
bool inverter_add_found(struct inverter *inverter, uint32_t id,
    const struct inverter_found *found) MUST_CHECK;

/* Whether a run could not be written: what is added from now on is lost. */
bool inverter_failed(const struct inverter *inverter);

/*
 * No more entries: spill the rest, say what failed.  The memory is not used any
 * more.
 */
enum err inverter_finish(struct inverter *inverter, struct fault *fault)
    MUST_CHECK;

/* Its runs (dir/postings_run), for who merges them. */
struct spill *inverter_spill(const struct inverter *inverter);

#endif

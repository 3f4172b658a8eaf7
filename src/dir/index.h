/*
 * The terms of an entry: what it can be found by.
 *
 * One function per kind of index, in a table.  Terms are a pure function of the
 * record and the schema, so that a later change can remove exactly what was
 * added, and verify can compare.
 */

#ifndef DIR_INDEX_H
#define DIR_INDEX_H

#include "base/attr.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct schema;
struct indexer;

struct indexer *indexer_new(const struct schema *schema);
void indexer_free(struct indexer **indexer);

/*
 * The term keys of a record (record/key), each once, in no order.  Both valid
 * until the next call.  One thread at a time.
 */
const struct span *indexer_terms(struct indexer *indexer, struct span record,
    size_t *count);

/* The folded Index Key, as in the key table. */
struct span indexer_key(struct indexer *indexer, struct span record);

/* Orders entries: the folded name; equal ones are told apart by their records. */
void index_add_collation(struct buf *out, const struct schema *schema,
    struct span name);

/* The digit strings of a telephone value, "679-2111x(6026)" -> 6792111, 6026. */
enum { INDEX_NUMBERS_MAX = 8 };

#endif

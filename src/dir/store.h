/*
 * LMDB, as one generation of the directory uses it.  Only the files of this
 * module see <lmdb.h>.  record/key draws the tables.
 *
 * A handle is one data.mdb.  A generation is built by one writer, which appends
 * in key order past LMDB (dir/store_tree), and then read by any number of
 * readers.
 */

#ifndef DIR_STORE_H
#define DIR_STORE_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;
struct store_reader;
struct store_writer;
struct store_cursor;

enum store_table {
	STORE_META,
	STORE_ENTRY,
	STORE_KEY,
	STORE_TERM,
	STORE_WORD,
	STORE_CLUE,
	STORE_NEAR,
	STORE_TABLES,
};

/*
 * What `meta` holds under "format".  The number goes up when the tables change
 * in a way that an older program would misread; store_open() refuses both
 * directions with a sentence.
 */
#define STORE_FORMAT "whoisd-3"

/* LMDB's slots: workers, tools and a storm of inetd processes at once. */
enum { STORE_READERS_MAX = 4096 };

/* Address space, not memory or disk; every opener may choose its own. */
#define STORE_MAP_BYTES_DEFAULT ((size_t)1 << 40)

/*
 * `path` is the folder of a generation; `map_bytes` 0 takes the default (less
 * where a sanitizer needs the address space).
 *
 * LMDB's locks are a process's: never open one data.mdb twice at a time in one
 * process, not even through another path.  dir/generation sees to that.
 *
 * _open is for readers.  It writes lock.mdb, and refuses a file that is not
 * ours, is cut short, or was made by another version of the tables or of the
 * folding.  _create makes data.mdb and lock.mdb (which the owner's group
 * may write) in an empty folder, for a writer.
 */
enum err store_open(struct store **store, const char *path, size_t map_bytes,
    struct fault *fault) MUST_CHECK;
enum err store_create(struct store **store, const char *path,
    size_t map_bytes, struct fault *fault) MUST_CHECK;
void store_close(struct store **store);

/*
 * Whether store_open() would take it, for who does not want to read it.  Takes
 * no lock and changes nothing, so it may be open already in this process.
 */
enum err store_probe(const char *path, struct fault *fault) MUST_CHECK;

/* Free the slots of readers that died; how many there were. */
unsigned store_clear_dead_readers(struct store *store);
uint64_t store_size_bytes(struct store *store);

/*
 * Readers.  One belongs to one thread at a time.  Between begin and end it sees
 * one unchanging directory, and every span it gives out is valid until end.
 */
enum err store_reader_new(struct store_reader **reader, struct store *store,
    struct fault *fault) MUST_CHECK;
void store_reader_free(struct store_reader **reader);
enum err store_reader_begin(struct store_reader *reader, struct fault *fault)
    MUST_CHECK;
void store_reader_end(struct store_reader *reader);

enum store_found {
	STORE_FOUND,
	STORE_ABSENT,
	STORE_FAILED, /* reader's sticky error: store_reader_check() says it */
};

enum store_found store_get(struct store_reader *reader, enum store_table table,
    struct span key, struct span *value) MUST_CHECK;
enum store_found store_get_entry(struct store_reader *reader, uint32_t id,
    struct span *record) MUST_CHECK;
enum store_found store_get_word(struct store_reader *reader, uint32_t word,
    struct span *value) MUST_CHECK;

/*
 * False: surely not, found out without a look into the table.  True: perhaps;
 * of a beginning, that some term may begin so.
 */
bool store_may_have_term(const struct store_reader *reader, struct span key);

/* Keys of a table; of those with lists: the members of all lists. */
uint64_t store_count(struct store_reader *reader, enum store_table table);
enum err store_reader_check(struct store_reader *reader, struct fault *fault)
    MUST_CHECK;

/*
 * Cursors, kept by the reader for re-use: open one within begin/end, close it
 * before end.
 */
struct store_cursor *store_cursor_open(struct store_reader *reader,
    enum store_table table);
void store_cursor_close(struct store_cursor **cursor);

/*
 * The first key at or after `key` (an empty key: the very first), then the
 * next.  In a table with lists the value is the first member of a key's list,
 * and the cursor stands on that list.
 */
enum store_found store_cursor_seek(struct store_cursor *cursor,
    struct span key, struct span *found, struct span *value) MUST_CHECK;
enum store_found store_cursor_next(struct store_cursor *cursor,
    struct span *found, struct span *value) MUST_CHECK;

/*
 * Posting lists, those of the term table and those of the clue table.  After
 * store_postings_find() the cursor stands on one; page after page of its ids
 * comes from _page(), valid until the cursor's next call.  _seek() moves to the
 * first id >= `id` of `term`, and the next _page() is the whole page in which
 * that id lies.
 */
enum store_found store_postings_find(struct store_cursor *cursor,
    struct span term, uint64_t *length) MUST_CHECK;
enum store_found store_postings_page(struct store_cursor *cursor,
    const uint32_t **ids, size_t *count) MUST_CHECK;
enum store_found store_postings_seek(struct store_cursor *cursor,
    struct span term, uint32_t id, uint32_t *found) MUST_CHECK;

/* Of the list the cursor stands on; 0 when the store failed. */
uint64_t store_postings_length(struct store_cursor *cursor);

/*
 * The near table: the first value of a bucket that is not less than the
 * NEAR_BYTES of `from`, and then the next of the same bucket.
 */
enum store_found store_near_seek(struct store_cursor *cursor, uint32_t bucket,
    const char *from, const char **value) MUST_CHECK;
enum store_found store_near_next(struct store_cursor *cursor,
    const char **value) MUST_CHECK;

/*
 * The writer: keys of a table in ascending order, one thread.  Pages are
 * written as they are filled, so it takes little memory, and a store is only
 * whole after _finish.
 */
enum err store_writer_new(struct store_writer **writer, struct store *store,
    struct fault *fault) MUST_CHECK;

/* Sticky: after the first failure these do nothing, and _finish says why. */
void store_append(struct store_writer *writer, enum store_table table,
    struct span key, struct span value);
void store_append_entry(struct store_writer *writer, uint32_t id,
    struct span record);
void store_append_word(struct store_writer *writer, uint32_t word,
    struct span value);

/*
 * Members of a list: in the term and the clue table ids, ascending and all
 * greater than those appended to the same key before; in the near table
 * `count` values of NEAR_BYTES, in the order of their bytes.
 */
void store_append_postings(struct store_writer *writer, enum store_table table,
    struct span key, const uint32_t *ids, size_t count);
void store_append_near(struct store_writer *writer, uint32_t bucket,
    const char *values, size_t count);

/* Append what is left, write everything to disk, free the writer. */
enum err store_writer_finish(struct store_writer **writer, struct fault *fault)
    MUST_CHECK;
void store_writer_abort(struct store_writer **writer);

/* The sentence for an LMDB or errno code, for messages. */
const char *store_error_text(int code);

#endif

/* Small directories, written with the store writer and the indexer. */

#ifndef TESTS_DIR_SMALL_H
#define TESTS_DIR_SMALL_H

#include <stddef.h>
#include <stdint.h>

/* Of the tests' maps: valgrind and the thread sanitizer refuse the default. */
enum { SMALL_MAP_BYTES = 64 << 20 };

/* A new folder of its own; small_remove() removes it with all that is in it. */
char *small_folder(void);
void small_remove(char **folder);

/*
 * Load people into `directory` as its next generation.  A person is
 * "attribute=value|attribute=value", in the order of the built-in schema.
 */
void small_load(const char *directory, const char *const *people,
    size_t count);

/*
 * The same in the folder of a generation only, with `meta` "name=value" instead
 * of one of the usual, or NULL.
 */
void small_write(const char *generation, const char *const *people,
    size_t count, const char *meta);

/*
 * A new store in `folder`, with what makes it one already in it; the rest is
 * the caller's, until finish.
 */
struct store;
struct store_writer;
struct store_writer *small_store_begin(struct store **store,
    const char *folder);
void small_store_finish(struct store **store, struct store_writer **writer);

/*
 * A store that `write` fills so, open for reading within a transaction, and an
 * arena beside it.
 */
struct small_reader {
	char *folder;
	struct store *store;
	struct store_reader *reader;
	struct arena *arena;
};
void small_open(struct small_reader *small,
    void (*write)(struct store_writer *writer), size_t arena_bytes);
void small_close(struct small_reader *small);

#endif

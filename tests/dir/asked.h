/* A small directory that is asked, and what it must answer. */

#ifndef TESTS_DIR_ASKED_H
#define TESTS_DIR_ASKED_H

#include "base/err.h"
#include "dir/search.h"
#include "query/query.h"

#include <stddef.h>

struct arena;
struct directory;
struct reader;

enum { ASKED_ARENA_BYTES = 1 << 20, ASKED_SHOWN_MAX = 50 };

struct asked {
	char *folder;
	struct directory *directory;
	struct reader *reader;
	struct arena *arena;
	struct search_limits limits; /* everyone, and more than enough */
	struct query query;
	struct search_hits hits;
	struct fault fault;
};

/* People as small_load() takes them; within a transaction until the end. */
void asked_begin(struct asked *a, const char *const *people, size_t count);
void asked_end(struct asked *a);

/* a->query once more, or a line. */
enum search_outcome asked_run(struct asked *a);
enum search_outcome ask(struct asked *a, const char *line);

/* That a line has this outcome, and which of its clauses is named. */
void asked_refuse(struct asked *a, const char *line,
    enum search_outcome outcome, unsigned clause);

/* The Index Keys of the hits, in their order, one blank between them. */
const char *asked_keys(struct asked *a);

struct expectation {
	const char *line;
	enum rung rung;
	const char *keys;
};

struct population {
	const char *const *people;
	size_t count;
};

/* That every line of a table finds these, counts them and says how. */
void asked_expect(const struct population *population,
    const struct expectation *table, size_t count);

#define EXPECT_AMONG(entries, table)                                           \
	asked_expect(&(const struct population){ entries,                      \
	    sizeof(entries) / sizeof((entries)[0]) }, table,                   \
	    sizeof(table) / sizeof((table)[0]))

#endif

/*
 * One thing looked for in one attribute: what a search is put together from.
 *
 * dir/index says what terms an entry has under each kind of index; here is the
 * other side, which terms are asked for.  Names have a file to themselves
 * (dir/find_name).
 */

#ifndef DIR_FIND_H
#define DIR_FIND_H

#include "base/span.h"
#include "dir/postings.h"
#include "query/query.h"
#include "record/key.h"
#include "record/record.h"
#include "text/fold.h"
#include "text/token.h"

#include <stdbool.h>
#include <stdint.h>

struct attribute;
struct buf;
struct schema;

enum { WANTED_BYTES_MAX = QUERY_LINE_MAX * FOLD_GROWTH_MAX };

/* What is looked for, made comparable. */
struct wanted {
	enum query_match match; /* ENDS, WITHIN, ALIKE; else `reach` says it */
	unsigned reach; /* characters the last word may go on for */
	struct span folded;
	struct token_list words;
	char memory[WANTED_BYTES_MAX];
};

/* With QUERY_EXACT for `match`. */
void wanted_init(struct wanted *wanted, struct span text, unsigned reach);

/* Whether there is no whole word. */
bool wanted_has_only_letters(const struct wanted *wanted);

/* Whether a word of a query, with the punctuation around it, is a title. */
bool wanted_is_title(struct span word);

/* What all that is looked for in one search shares. */
struct find {
	const struct schema *schema;
	uint32_t groups; /* that the viewer may read: no other is looked in */
	struct postings_scope scope;

	/* of a set found in several ways: those of the best, if they are few */
	const uint32_t *nearest; /* ascending, in the arena */
	size_t nearest_count;
};

typedef struct postings *find_function(struct find *find,
    const struct attribute *attribute, const struct wanted *wanted);

/*
 * What a selector of this kind of index means.  NULL: it cannot be searched, or
 * not so.
 */
find_function *find_selector(const struct attribute *attribute,
    enum query_match match);

struct term find_make_term(const struct attribute *attribute,
    enum term_form form, struct span text);

/*
 * What one term leads to, and those that go on for up to `reach`.  Names of
 * which only the first characters are given are one list, whatever follows.
 */
struct postings *find_term(struct find *find, const struct term *term,
    unsigned reach);
bool find_is_one_list(const struct find *find, const struct term *term,
    unsigned reach);

/* The key of a name's term, and what it leads to added to many. */
void find_add_key(const struct find *find, struct buf *key,
    enum term_form form, struct span text);
bool find_add_word(const struct find *find, struct postings_union *many,
    enum term_form form, struct span text);

/* The attribute of names. */
const struct attribute *find_name_attribute(const struct find *find);

/* Whether the viewer may; else it must be as if there were none such. */
bool find_may_see(const struct find *find, const struct attribute *attribute);

/*
 * Whether a stored name passes the test in a spelling that has terms: as it is,
 * or with letters that ICAO 9303 writes as two spelled so.  `name` is scratch.
 */
typedef bool name_test(void *context, const struct wanted *name);
bool find_any_spelling(struct span stored, struct wanted *name,
    name_test *test, void *context);

/* Whether entries are found by it as by a name: see dir/index. */
bool find_is_name(const struct find *find, const struct attribute *attribute);

/*
 * The names that an entry is found by, other names among them.  Never copied:
 * the walk borrows the parts.
 */
struct find_names {
	const struct schema *schema;
	struct record_parts parts;
	struct record_walk walk;
};

/* False: there is no such entry, or it is damaged. */
bool find_names_begin(struct find_names *names, const struct find *find,
    uint32_t id);

/* What kind of name it is.  NULL: no more. */
const struct attribute *find_names_next(struct find_names *names,
    struct span *name);

/* The first letter of a word; an ideograph is a whole name and has none. */
struct span find_initial(struct span word);
bool find_is_letter(struct span word);

/* A word of what is wanted, and how an attribute must have it. */
struct word {
	unsigned number; /* of its tokens */
	enum term_form form;
	unsigned reach;
};

/* The word as it is, or joined, or all its parts: "smith-jones". */
struct postings *find_word(struct find *find,
    const struct attribute *attribute, const struct wanted *wanted,
    const struct word *word);

/* Keys, logins and user parts of mailboxes. */
struct postings *find_handles(struct find *find, const struct wanted *wanted);
struct postings *find_key(struct find *find, const struct wanted *wanted);
struct postings *find_mailboxes(struct find *find,
    const struct wanted *wanted);

/* Any telephone number that ends so. */
struct postings *find_numbers(struct find *find, const struct wanted *wanted);

/* The people of a unit: of whatever attribute in words the answers show. */
struct postings *find_members(struct find *find, const struct wanted *wanted);

#endif

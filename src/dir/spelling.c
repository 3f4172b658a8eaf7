#include "dir/spelling.h"

#include "base/buf.h"
#include "query/query.h"
#include "text/fold.h"

static void
add_spelling(struct spellings *spellings, const struct query_clause *clause,
    struct span text)
{
	struct wanted *wanted = &spellings->wanted[spellings->count++];

	wanted_init(wanted, text, clause->match == QUERY_PREFIX ?
	    POSTINGS_ANY_MORE : clause->more);
	wanted->match = clause->match;
}

bool
spellings_init(struct spellings *spellings, const struct query_clause *clause,
    struct span text)
{
	char memory[WANTED_BYTES_MAX];
	struct buf expanded;

	spellings->count = 0;
	add_spelling(spellings, clause, text);
	buf_init(&expanded, memory, sizeof memory);
	if (fold_add_expanded(&expanded, text))
		add_spelling(spellings, clause, buf_span(&expanded));
	if (clause->raw.length > 0)
		add_spelling(spellings, clause, clause->raw);
	return spellings->wanted[0].words.words > 0;
}

struct postings *
spellings_find(const struct spellings *spellings, struct find *find,
    wanted_function *function)
{
	struct postings *sets[SPELLINGS_MAX];

	for (unsigned i = 0; i < spellings->count; i++)
		sets[i] = function(find, &spellings->wanted[i]);
	return postings_any(&find->scope, sets, spellings->count);
}

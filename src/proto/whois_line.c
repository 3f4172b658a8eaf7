#include "proto/whois_line.h"

#include <string.h>

static const char flags_alone[] = "abBcdFGKlLmMrRx";
static const char flags_with_argument[] = "gisTtvq";

static struct span
drop_quotes(struct span line)
{
	struct span inner = { line.data + 1, line.length - 2 };

	if (line.length < 2 || line.data[0] != '"' ||
	    line.data[line.length - 1] != '"' ||
	    (inner.length > 0 && memchr(inner.data, '"', inner.length) != NULL))
		return line;
	return span_trim(inner);
}

/* `whois` alone is a name: somebody may look for one. */
static struct span
drop_whois(struct span line)
{
	struct span rest = line;
	struct span word = span_next_word(&rest);

	rest = span_trim(rest);
	return span_is_nocase(word, "whois") && rest.length > 0 ? rest : line;
}

/* What is behind a flag and its argument, or `line` where none begins it. */
static struct span
drop_flag(struct span line)
{
	struct span rest = line;
	struct span word = span_next_word(&rest);

	if (word.length != 2 || word.data[0] != '-')
		return line;
	if (strchr(flags_with_argument, word.data[1]) != NULL)
		span_next_word(&rest);
	else if (strchr(flags_alone, word.data[1]) == NULL)
		return line;
	rest = span_trim(rest);
	return rest.length > 0 ? rest : line;
}

struct span
whois_peel(struct span line)
{
	size_t length;

	do {
		length = line.length;
		line = drop_flag(drop_whois(drop_quotes(line)));
	} while (line.length < length);
	return line;
}

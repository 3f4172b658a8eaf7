#include "text/nickname.h"

#include "text/nicknames.h"

#include <stdlib.h>

static int
compare(const void *key, const void *element)
{
	const struct span *name = key;
	const struct nickname *nickname = element;

	return span_compare(*name, nickname->name);
}

const struct span *
nickname_list(struct span name, size_t *count)
{
	const struct nickname *found = bsearch(&name, nicknames,
	    nicknames_count, sizeof nicknames[0], compare);

	*count = 0;
	if (found == NULL)
		return NULL;
	*count = found[1].first - found[0].first;
	return nickname_relatives + found[0].first;
}

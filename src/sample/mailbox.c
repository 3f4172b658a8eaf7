#include "sample/mailbox.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

enum { COUNTERS_BITS = 22, COUNTERS = 1 << COUNTERS_BITS };

struct mailboxes {
	uint32_t taken[COUNTERS];
};

/* FNV-1a; the upper bits are the better ones. */
static uint32_t
hash(struct span text)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < text.length; i++)
		h = (h ^ (unsigned char)text.data[i]) *
		    UINT64_C(0x100000001b3);
	return (uint32_t)((h ^ (h >> 32)) * UINT64_C(0x9e3779b97f4a7c15) >>
	    (64 - COUNTERS_BITS));
}

/* The addresses of the historical record are somebody else's. */
static void
reserve(struct mailboxes *mailboxes)
{
	static const char *const reserved[] = {
		"reggers", "quinton", "r.quinton", "reg.quinton",
	};

	for (unsigned i = 0; i < sizeof reserved / sizeof reserved[0]; i++)
		mailboxes->taken[hash(span_from(reserved[i]))]++;
}

struct mailboxes *
mailboxes_new(void)
{
	struct mailboxes *mailboxes = calloc(1, sizeof *mailboxes);

	assert(mailboxes != NULL);
	reserve(mailboxes);
	return mailboxes;
}

void
mailboxes_free(struct mailboxes **mailboxes)
{
	free(*mailboxes);
	*mailboxes = NULL;
}

void
mailboxes_add_unique(struct mailboxes *mailboxes, struct buf *out,
    struct span wanted)
{
	uint32_t *taken = &mailboxes->taken[hash(wanted)];

	buf_add(out, wanted);
	if ((*taken)++ > 0)
		buf_add_number(out, *taken);
}

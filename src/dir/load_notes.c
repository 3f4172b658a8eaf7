#include "dir/load_notes.h"

#include "dir/load.h"
#include "sys/thread.h"

#include <inttypes.h>
#include <stdlib.h>

struct note {
	uint64_t origin;
	struct fault fault;
};

struct load_notes {
	pthread_mutex_t mtx;

	/* guarded by mtx */
	uint64_t count;
	unsigned listed;
	struct note list[LOAD_LISTED_MAX]; /* ascending */
};

struct load_notes *
load_notes_new(void)
{
	struct load_notes *n = calloc(1, sizeof *n);

	assert(n != NULL);
	MUST_SUCCEED(pthread_mutex_init(&n->mtx, NULL));
	return n;
}

void
load_notes_free(struct load_notes **notes)
{
	if (*notes != NULL)
		MUST_SUCCEED(pthread_mutex_destroy(&(*notes)->mtx));
	free(*notes);
	*notes = NULL;
}

/* Where a note of this origin belongs; LOAD_LISTED_MAX: nowhere. */
static unsigned
make_place(struct load_notes *n, uint64_t origin)
{
	unsigned at = n->listed;

	if (at == LOAD_LISTED_MAX && n->list[at - 1].origin <= origin)
		return at;
	if (at == LOAD_LISTED_MAX)
		at--;
	else
		n->listed++;
	for (; at > 0 && n->list[at - 1].origin > origin; at--)
		n->list[at] = n->list[at - 1];
	return at;
}

void
load_notes_add(struct load_notes *n, uint64_t origin,
    const struct fault *fault)
{
	unsigned at;

	MUST_SUCCEED(pthread_mutex_lock(&n->mtx));
	n->count++;
	at = make_place(n, origin);
	if (at < LOAD_LISTED_MAX)
		n->list[at] = (struct note){ origin, *fault };
	MUST_SUCCEED(pthread_mutex_unlock(&n->mtx));
}

uint64_t
load_notes_count(struct load_notes *n)
{
	uint64_t count;

	MUST_SUCCEED(pthread_mutex_lock(&n->mtx));
	count = n->count;
	MUST_SUCCEED(pthread_mutex_unlock(&n->mtx));
	return count;
}

enum err
load_notes_first(struct load_notes *n, struct fault *fault)
{
	enum err err = ERR_NONE;

	MUST_SUCCEED(pthread_mutex_lock(&n->mtx));
	if (n->listed > 0) {
		*fault = n->list[0].fault;
		err = fault->code;
	}
	MUST_SUCCEED(pthread_mutex_unlock(&n->mtx));
	return err;
}

/* Called when the threads that add have ended. */
void
load_notes_print(struct load_notes *n, FILE *out)
{
	for (unsigned i = 0; i < n->listed; i++)
		fprintf(out, "%s\n", n->list[i].fault.text);
	if (n->count > n->listed)
		fprintf(out, "and %" PRIu64 " more\n", n->count - n->listed);
}

#include "config.h"

#include "dir/generation_state.h"

#include "dir/store.h"
#include "sys/thread.h"

#include <stdlib.h>

/* Let go of the generation.  Holds mtx. */
static void
leave(struct reader *r)
{
	store_reader_free(&r->store);
	if (r->generation != NULL)
		generation_drop(r->directory, r->generation);
	r->generation = NULL;
}

/* False: its thread is between begin and end. */
static bool
claim(struct reader *r)
{
	return !atomic_exchange_explicit(&r->claimed, true,
	    memory_order_acquire);
}

static void
release(struct reader *r)
{
	atomic_store_explicit(&r->claimed, false, memory_order_release);
}

void
readers_sweep(struct directory *d)
{
	const struct generation *current = atomic_load(&d->current);
	struct reader *r;

	LIST_FOREACH(r, &d->readers, link) {
		if (r->generation == current || !claim(r))
			continue;
		leave(r);
		release(r);
	}
}

struct reader *
reader_new(struct directory *directory)
{
	struct reader *r = calloc(1, sizeof *r);

	assert(r != NULL);
	r->directory = directory;
	atomic_init(&r->claimed, false);
	MUST_SUCCEED(pthread_mutex_lock(&directory->mtx));
	LIST_INSERT_HEAD(&directory->readers, r, link);
	MUST_SUCCEED(pthread_mutex_unlock(&directory->mtx));
	return r;
}

void
reader_free(struct reader **reader)
{
	struct reader *r = *reader;

	*reader = NULL;
	if (r == NULL)
		return;
	MUST_SUCCEED(pthread_mutex_lock(&r->directory->mtx));
	LIST_REMOVE(r, link);
	leave(r);
	MUST_SUCCEED(pthread_mutex_unlock(&r->directory->mtx));
	free(r);
}

/* Holds mtx.  When it fails the reader stays where it was. */
static enum err
enter_current(struct reader *r, struct fault *fault)
{
	struct generation *g = atomic_load(&r->directory->current);
	struct store_reader *store;
	enum err err = store_reader_new(&store, g->store, fault);

	if (err != ERR_NONE)
		return err;
	leave(r);
	g->users++;
	r->generation = g;
	r->store = store;
	return ERR_NONE;
}

static enum err
move_on(struct reader *r, struct fault *fault)
{
	enum err err;

	MUST_SUCCEED(pthread_mutex_lock(&r->directory->mtx));
	err = enter_current(r, fault);
	MUST_SUCCEED(pthread_mutex_unlock(&r->directory->mtx));
	return err;
}

/* Whoever else claims it does so with mtx held, and for a moment. */
static void
claim_own(struct reader *r)
{
	while (!claim(r)) {
		MUST_SUCCEED(pthread_mutex_lock(&r->directory->mtx));
		MUST_SUCCEED(pthread_mutex_unlock(&r->directory->mtx));
	}
}

enum err
reader_begin(struct reader *r, struct fault *fault)
{
	const struct generation *current;
	enum err err = ERR_NONE;

	claim_own(r);
	current = atomic_load_explicit(&r->directory->current,
	    memory_order_acquire);
	/* compared, never followed: only mtx makes it safe to look into */
	if (current != r->generation)
		err = move_on(r, fault);
	if (err == ERR_NONE)
		err = store_reader_begin(r->store, fault);
	if (err != ERR_NONE)
		release(r);
	return err;
}

void
reader_end(struct reader *r)
{
	store_reader_end(r->store);
	release(r);
}

const struct schema *
reader_schema(const struct reader *r)
{
	return r->generation->schema;
}

struct store_reader *
reader_store(struct reader *r)
{
	return r->store;
}

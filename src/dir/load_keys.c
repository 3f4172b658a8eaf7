#include "dir/load_item.h"
#include "dir/load_job.h"
#include "dir/load_notes.h"
#include "dir/sort.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The first entry of those that have a key. */
struct first {
	char *key;
	size_t length, capacity;
	uint64_t origin;
	unsigned flags;
};

static void
set_first(struct first *first, const struct load_item *item)
{
	if (item->sorts_by.length > first->capacity) {
		first->capacity = 2 * item->sorts_by.length;
		first->key = realloc(first->key, first->capacity);
		assert(first->key != NULL);
	}
	if (item->sorts_by.length > 0)
		memcpy(first->key, item->sorts_by.data, item->sorts_by.length);
	first->length = item->sorts_by.length;
	first->origin = item->origin;
	first->flags = item->flags;
}

static void
drop(struct load_job *job, uint64_t origin)
{
	if (job->dropped_count == job->dropped_capacity) {
		job->dropped_capacity = job->dropped_capacity ?
		    job->dropped_capacity * 2 : 64;
		job->dropped = realloc(job->dropped,
		    job->dropped_capacity * sizeof job->dropped[0]);
		assert(job->dropped != NULL);
	}
	job->dropped[job->dropped_count++] = origin;
}

static void
refuse(struct load_job *job, const struct first *first,
    const struct load_item *item)
{
	struct fault fault;
	bool by_dn = first->flags & item->flags & LOAD_KEY_GENERATED;

	fault_set(&fault, ERR_REFUSED, "%s%.*s was already used at %s:%" PRIu64
	    "%s", by_dn ? "this dn" : "Index Key ",
	    by_dn ? 0 : (int)item->sorts_by.length, item->sorts_by.data,
	    load_file_name(job, load_origin_file(first->origin)),
	    load_origin_line(first->origin), job->settings->skip_bad ? "" :
	    "; change one of the two, or leave out the later one with "
	    "--skip-bad");
	load_bad_entry(job, item->origin, &fault);
	drop(job, item->origin);
}

/*
 * Rows without a key that are alike in everything have the same generated key
 * here; load_index tells them apart.
 */
static void
check_item(struct load_job *job, struct first *first,
    const struct load_item *item)
{
	struct span key = { first->key, first->length };

	if (first->key == NULL || !span_equal(key, item->sorts_by))
		set_first(first, item);
	else if (!(first->flags & item->flags & LOAD_MAY_REPEAT))
		refuse(job, first, item);
}

static int
compare_origins(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

enum err
load_check_keys(struct load_job *job, struct fault *fault)
{
	struct sort_merge *merge = sort_merge_open(job->keys, job->workers,
	    job->settings->memory_bytes / 16);
	struct first first = { .key = NULL };
	struct span bytes;
	enum err err;

	load_progress_begin(&job->progress, "checking", "keys");
	while (sort_merge_next(merge, &bytes)) {
		struct load_item item = load_item_read_key(bytes);

		check_item(job, &first, &item);
	}
	free(first.key);
	err = sort_merge_close(&merge, fault);
	for (unsigned i = 0; i < job->workers; i++)
		sorter_free(&job->keys[i]);
	if (job->dropped_count > 0)
		qsort(job->dropped, job->dropped_count,
		    sizeof job->dropped[0], compare_origins);
	if (err == ERR_NONE && !job->settings->skip_bad)
		err = load_notes_first(job->notes, fault);
	return err;
}

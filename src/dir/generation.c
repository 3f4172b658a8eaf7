#include "config.h"

#include "dir/generation_state.h"

#include "dir/layout.h"
#include "dir/store.h"
#include "record/schema.h"
#include "sys/clock.h"
#include "sys/thread.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opening one generation. */

static struct span
meta_text(struct store_reader *reader, const char *name)
{
	struct span value;

	if (store_get(reader, STORE_META, span_from(name), &value) !=
	    STORE_FOUND)
		return (struct span){ "", 0 };
	return value;
}

static void
copy_text(char *to, size_t size, struct span text)
{
	snprintf(to, size, "%.*s", (int)text.length, text.data);
}

static uint64_t
meta_number(struct store_reader *reader, const char *name)
{
	char digits[24];

	copy_text(digits, sizeof digits, meta_text(reader, name));
	return strtoull(digits, NULL, 10);
}

static enum err
read_meta(struct generation *g, struct store_reader *reader,
    struct fault *fault)
{
	struct generation_info *info = &g->info;

	info->entries = meta_number(reader, "entries");
	info->terms = meta_number(reader, "terms");
	info->serial = meta_number(reader, "serial");
	info->size_bytes = store_size_bytes(g->store);
	copy_text(info->source, sizeof info->source,
	    meta_text(reader, "source"));
	copy_text(info->loaded, sizeof info->loaded,
	    meta_text(reader, "loaded"));
	copy_text(info->format, sizeof info->format,
	    meta_text(reader, "format"));
	g->schema = schema_parse(meta_text(reader, "schema"), fault);
	if (g->schema == NULL)
		return fault_prefix(fault, "%s: its schema", info->name);
	return store_reader_check(reader, fault);
}

static enum err
load_meta(struct generation *g, struct fault *fault)
{
	struct store_reader *reader;
	enum err err = store_reader_new(&reader, g->store, fault);

	if (err != ERR_NONE)
		return err;
	err = store_reader_begin(reader, fault);
	if (err == ERR_NONE) {
		err = read_meta(g, reader, fault);
		store_reader_end(reader);
	}
	store_reader_free(&reader);
	return err;
}

static void
close_generation(struct generation *g)
{
	store_close(&g->store);
	schema_free(&g->schema);
	free(g);
}

static char *
join(const char *directory, const char *name)
{
	char *path;
	int length = asprintf(&path, "%s/%s", directory, name);

	assert(length >= 0);
	return path;
}

/* NULL: `fault` says why not. */
static struct generation *
open_generation(struct directory *d, const char *name, struct fault *fault)
{
	struct generation *g = calloc(1, sizeof *g);
	char *path = join(d->path, name);
	enum err err;

	assert(g != NULL);
	copy_text(g->info.name, sizeof g->info.name, span_from(name));
	err = store_open(&g->store, path, d->map_bytes, fault);
	free(path);
	if (err == ERR_NONE)
		err = load_meta(g, fault);
	if (err == ERR_NONE)
		return g;
	close_generation(g);
	return NULL;
}

/* The list of open generations; all of these hold mtx. */

static struct generation *
find_open(struct directory *d, const struct stat *data)
{
	struct generation *g = d->open;

	while (g != NULL && (g->device != data->st_dev ||
	    g->inode != data->st_ino))
		g = g->next;
	return g;
}

void
generation_drop(struct directory *d, struct generation *g)
{
	struct generation **at = &d->open;

	assert(g->users > 0);
	if (--g->users > 0)
		return;
	while (*at != g)
		at = &(*at)->next;
	*at = g->next;
	close_generation(g);
}

/* Use the generation `name`, whose data.mdb is `data`.  NULL as above. */
static struct generation *
take(struct directory *d, const char *name, const struct stat *data,
    struct fault *fault)
{
	struct generation *g = find_open(d, data);

	if (g == NULL) {
		g = open_generation(d, name, fault);
		if (g == NULL)
			return NULL;
		g->device = data->st_dev;
		g->inode = data->st_ino;
		g->next = d->open;
		d->open = g;
	}
	g->users++;
	return g;
}

/* By name, by `current`, and what stands in for it; all of these hold mtx. */

static struct generation *
take_name(struct directory *d, int folder, const char *name,
    struct fault *fault)
{
	char file[GENERATION_NAME_MAX + sizeof "/" LAYOUT_DATA];
	struct stat data;

	snprintf(file, sizeof file, "%s/" LAYOUT_DATA, name);
	if (fstatat(folder, file, &data, 0) == 0)
		return take(d, name, &data, fault);
	fault_set(fault, ERR_WORLD, "%s/%s: %s", d->path, file,
	    strerror(errno));
	return NULL;
}

static int
open_folder(const struct directory *d)
{
	return open(d->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static struct generation *
take_current(struct directory *d, struct fault *fault)
{
	struct generation *g = NULL;
	char name[GENERATION_NAME_MAX];
	int folder = open_folder(d);
	uint64_t serial;

	if (folder >= 0 && layout_read_current(folder, name, &serial))
		g = take_name(d, folder, name, fault);
	else
		layout_explain(d->path, errno, fault);
	if (folder >= 0)
		close(folder);
	return g;
}

/*
 * The newest generation before `current` that can be opened, of all where
 * `current` names none.  NULL: there is none.
 */
static struct generation *
take_older(struct directory *d)
{
	char name[GENERATION_NAME_MAX];
	struct generation *g = NULL;
	struct fault ignored; /* what is wrong with `current` is said */
	int folder = open_folder(d);
	uint64_t serial;

	if (folder < 0)
		return NULL;
	if (!layout_read_current(folder, name, &serial))
		serial = UINT64_MAX;
	while (g == NULL && (serial = layout_find_below(folder, serial)) > 0) {
		layout_make_name(name, serial);
		g = take_name(d, folder, name, &ignored);
	}
	close(folder);
	return g;
}

/* The directory. */

static struct directory *
directory_new(const char *path, size_t map_bytes)
{
	struct directory *d = calloc(1, sizeof *d);

	assert(d != NULL);
	d->path = strdup(path);
	assert(d->path != NULL);
	d->current_data = join(path, LAYOUT_CURRENT "/" LAYOUT_DATA);
	d->map_bytes = map_bytes;
	LIST_INIT(&d->readers);
	MUST_SUCCEED(pthread_mutex_init(&d->mtx, NULL));
	return d;
}

/* The one generation `first` serves; NULL: nothing can, and `d` is closed. */
static struct directory *
begin_service(struct directory *d, struct generation *first)
{
	atomic_init(&d->current, first);
	if (first == NULL)
		directory_close(&d);
	return d;
}

enum err
directory_open(struct directory **directory, const char *path,
    size_t map_bytes, struct fault *fault)
{
	struct directory *d = directory_new(path, map_bytes);

	*directory = begin_service(d, take_current(d, fault));
	return *directory != NULL ? ERR_NONE : fault->code;
}

enum directory_start
directory_open_any(struct directory **directory, const char *path,
    size_t map_bytes, struct fault *fault)
{
	struct directory *d = directory_new(path, map_bytes);
	struct generation *g = take_current(d, fault);
	bool fell_back = g == NULL;

	if (fell_back)
		g = take_older(d);
	*directory = begin_service(d, g);
	if (*directory == NULL)
		return DIRECTORY_REFUSED;
	return fell_back ? DIRECTORY_FELL_BACK : DIRECTORY_OPENED;
}

void
directory_close(struct directory **directory)
{
	struct directory *d = *directory;
	struct generation *current;

	*directory = NULL;
	if (d == NULL)
		return;
	current = atomic_load(&d->current);
	if (current != NULL)
		generation_drop(d, current);
	assert(d->open == NULL && LIST_EMPTY(&d->readers));
	MUST_SUCCEED(pthread_mutex_destroy(&d->mtx));
	free(d->current_data);
	free(d->path);
	free(d);
}

static enum directory_change
flip(struct directory *d, struct fault *fault)
{
	struct generation *old = atomic_load(&d->current);
	struct generation *new = take_current(d, fault);

	if (new == NULL)
		return DIRECTORY_BROKEN;
	if (new == old) {
		generation_drop(d, new);
		return DIRECTORY_SAME;
	}
	atomic_store_explicit(&d->current, new, memory_order_release);
	generation_drop(d, old);
	return DIRECTORY_MOVED;
}

enum directory_change
directory_refresh(struct directory *d, struct fault *fault)
{
	/* only this function changes `current`, so it cannot go away here */
	struct generation *g = atomic_load(&d->current);
	enum directory_change change = DIRECTORY_SAME;
	struct stat data;
	bool is_same = stat(d->current_data, &data) == 0 &&
	    data.st_ino == g->inode && data.st_dev == g->device;

	MUST_SUCCEED(pthread_mutex_lock(&d->mtx));
	if (!is_same)
		change = flip(d, fault);
	readers_sweep(d);
	MUST_SUCCEED(pthread_mutex_unlock(&d->mtx));
	return change;
}

unsigned
directory_clear_dead_readers(struct directory *d)
{
	unsigned dead;

	MUST_SUCCEED(pthread_mutex_lock(&d->mtx));
	dead = store_clear_dead_readers(atomic_load(&d->current)->store);
	MUST_SUCCEED(pthread_mutex_unlock(&d->mtx));
	return dead;
}

void
directory_info(struct directory *d, struct generation_info *info)
{
	MUST_SUCCEED(pthread_mutex_lock(&d->mtx));
	*info = atomic_load(&d->current)->info;
	MUST_SUCCEED(pthread_mutex_unlock(&d->mtx));
}

#include "dir/load.h"

#include "base/buf.h"
#include "dir/block.h"
#include "dir/build.h"
#include "dir/invert.h"
#include "dir/load_item.h"
#include "dir/load_job.h"
#include "dir/load_notes.h"
#include "dir/sort.h"
#include "dir/store.h"
#include "record/schema.h"
#include "sys/clock.h"
#include "text/fold.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORKERS_MIN = 2, SCHEMA_BYTES_MAX = 1 << 16, SOURCE_MAX = 256 };

const char *
load_file_name(const struct load_job *job, size_t file)
{
	const char *name = job->settings->files[file];

	return strcmp(name, "-") == 0 ? "standard input" : name;
}

void
load_bad_entry(struct load_job *job, uint64_t origin, struct fault *fault)
{
	fault_prefix(fault, "%s:%" PRIu64,
	    load_file_name(job, load_origin_file(origin)),
	    load_origin_line(origin));
	load_notes_add(job->notes, origin, fault);
	if (!job->settings->skip_bad)
		atomic_store(&job->stopped, true);
}

/* The schema. */

static enum err
read_schema_file(const char *path, struct buf *text, struct fault *fault)
{
	FILE *file = fopen(path, "re");
	int error = errno;

	if (file == NULL)
		return fault_set(fault, ERR_WORLD, "%s: %s", path,
		    strerror(error));
	text->length = fread(text->data, 1, text->capacity, file);
	error = ferror(file) ? errno : 0;
	fclose(file);
	if (error != 0)
		return fault_set(fault, ERR_WORLD, "%s: %s", path,
		    strerror(error));
	if (text->length == text->capacity)
		return fault_set(fault, ERR_REFUSED, "%s: a schema has less "
		    "than %zu bytes", path, text->capacity);
	return ERR_NONE;
}

static enum err
read_schema(struct schema **schema, const char *path, struct fault *fault)
{
	char memory[SCHEMA_BYTES_MAX];
	struct buf text;
	enum err err;

	if (path == NULL) {
		*schema = schema_parse(span_from(schema_default_text), fault);
		return *schema != NULL ? ERR_NONE : fault->code;
	}
	buf_init(&text, memory, sizeof memory);
	err = read_schema_file(path, &text, fault);
	if (err != ERR_NONE)
		return err;
	*schema = schema_parse(buf_span(&text), fault);
	return *schema != NULL ? ERR_NONE : fault_prefix(fault, "%s", path);
}

/* What `meta` says, in the order of the names. */

static void
append_text(struct store_writer *writer, const char *name, struct span text)
{
	store_append(writer, STORE_META, span_from(name), text);
}

static void
append_number(struct store_writer *writer, const char *name, uint64_t number)
{
	char memory[24];
	struct buf digits;

	buf_init(&digits, memory, sizeof memory);
	buf_add_number(&digits, number);
	append_text(writer, name, buf_span(&digits));
}

/* The names of the files, as many as there is room for. */
static void
append_source(const struct load_job *job)
{
	char memory[SOURCE_MAX - 1];
	struct buf source;

	buf_init(&source, memory, sizeof memory - sizeof ", ...");
	for (size_t i = 0; i < job->settings->file_count; i++) {
		size_t length = source.length;

		buf_add_string(&source, i > 0 ? ", " : "");
		buf_add_string(&source, load_file_name(job, i));
		if (source.overflowed) {
			buf_rewind(&source, length);
			source.capacity = sizeof memory;
			buf_add_string(&source, i > 0 ? ", ..." : "...");
			break;
		}
	}
	append_text(job->writer, "source", buf_span(&source));
}

static void
append_meta(const struct load_job *job, const struct build *build)
{
	char now[CLOCK_TEXT_MAX];

	clock_format_now(now);
	append_number(job->writer, "entries", job->summary->entries);
	append_text(job->writer, "fold", span_from(fold_version));
	append_text(job->writer, "format", span_from(STORE_FORMAT));
	append_text(job->writer, "loaded", span_from(now));
	append_text(job->writer, "schema", job->schema->text);
	append_number(job->writer, "serial", build_serial(build));
	append_source(job);
	append_number(job->writer, "terms", job->summary->terms);
}

/* Memory.  A tenth is left for batches, buffers and converters. */

static void
take_memory(struct load_job *job)
{
	job->worker_bytes = job->settings->memory_bytes / 10 * 9 /
	    job->workers / LOAD_BLOCK_ALIGNMENT * LOAD_BLOCK_ALIGNMENT;
	for (unsigned i = 0; i < job->workers; i++)
		job->memory[i] = block_new(job->worker_bytes);
}

static void
release_memory(struct load_job *job)
{
	for (unsigned i = 0; i < job->workers; i++) {
		block_free(job->memory[i], job->worker_bytes);
		job->memory[i] = NULL;
	}
}

/* The phases. */

static enum err
run_phases(struct load_job *job, const struct build *build,
    struct fault *fault)
{
	enum err err;

	take_memory(job);
	err = load_read(job, fault);
	if (err == ERR_NONE)
		err = load_check_keys(job, fault);
	if (err == ERR_NONE)
		err = load_index(job, fault);
	if (err == ERR_NONE && job->summary->entries == 0)
		err = fault_set(fault, ERR_REFUSED, "there is no entry in %s%s",
		    load_file_name(job, 0),
		    job->settings->file_count > 1 ? " and the other files" :
		    "");
	release_memory(job);
	if (err == ERR_NONE)
		err = load_write(job, fault);
	if (err == ERR_NONE)
		append_meta(job, build);
	return err;
}

static enum err
fill_store(struct load_job *job, const struct build *build,
    struct fault *fault)
{
	struct store *store;
	enum err err = store_create(&store, build_path(build),
	    job->settings->map_bytes, fault);

	if (err != ERR_NONE)
		return err;
	err = store_writer_new(&job->writer, store, fault);
	if (err == ERR_NONE)
		err = run_phases(job, build, fault);
	if (err == ERR_NONE) {
		load_progress_begin(&job->progress, "syncing", "terms");
		err = store_writer_finish(&job->writer, fault);
	}
	store_writer_abort(&job->writer);
	job->summary->size_bytes = store_size_bytes(store);
	store_close(&store);
	return err;
}

static enum err
build_generation(struct load_job *job, struct fault *fault)
{
	struct build *build;
	enum err err = build_begin(&build, job->settings->directory, fault);

	if (err != ERR_NONE)
		return err;
	job->folder = build_path(build);
	layout_make_name(job->summary->generation, build_serial(build));
	err = fill_store(job, build, fault);
	if (err == ERR_NONE)
		return build_publish(&build, fault);
	build_abandon(&build);
	return err;
}

/* A failure leaves some of these unfreed by their phases. */
static void
free_job(struct load_job *job)
{
	for (unsigned i = 0; i < job->workers; i++) {
		sorter_free(&job->entries[i]);
		sorter_free(&job->keys[i]);
		inverter_free(&job->inverters[i]);
	}
	free(job->dropped);
	load_notes_free(&job->notes);
}

static unsigned
choose_workers(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (processors < WORKERS_MIN)
		return WORKERS_MIN;
	return processors > LOAD_WORKERS_MAX ? LOAD_WORKERS_MAX :
	    (unsigned)processors;
}

static enum err
check_settings(const struct load_settings *settings, struct fault *fault)
{
	if (settings->file_count == 0)
		return fault_set(fault, ERR_USAGE, "no file to load");
	if (settings->file_count > LOAD_FILES_MAX)
		return fault_set(fault, ERR_USAGE, "no more than %d files",
		    LOAD_FILES_MAX);
	if (settings->memory_bytes < LOAD_MEMORY_MIN)
		return fault_set(fault, ERR_USAGE, "a load needs at least %zu "
		    "MB of memory", LOAD_MEMORY_MIN >> 20);
	return ERR_NONE;
}

static enum err
run_job(struct load_job *job, struct fault *fault)
{
	uint64_t began = clock_monotonic_us();
	enum err err;

	job->notes = load_notes_new();
	job->workers = choose_workers();
	job->progress.out = job->settings->progress;
	job->progress.summary = job->summary;
	err = build_generation(job, fault);
	load_progress_end(&job->progress);
	if (job->settings->skip_bad && job->settings->messages != NULL)
		load_notes_print(job->notes, job->settings->messages);
	job->summary->bad = load_notes_count(job->notes);
	job->summary->not_people = atomic_load(&job->not_people);
	job->summary->seconds = (double)(clock_monotonic_us() - began) / 1e6;
	free_job(job);
	return err;
}

enum err
load_run(const struct load_settings *settings, struct load_summary *summary,
    struct fault *fault)
{
	struct load_job job = { .settings = settings, .summary = summary };
	struct schema *schema = NULL;
	enum err err = check_settings(settings, fault);

	*summary = (struct load_summary){ 0 };
	if (err == ERR_NONE)
		err = read_schema(&schema, settings->schema_path, fault);
	if (err != ERR_NONE)
		return err;
	job.schema = schema;
	err = run_job(&job, fault);
	schema_free(&schema);
	return err;
}

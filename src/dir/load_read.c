#include "base/buf.h"
#include "dir/load_convert.h"
#include "dir/load_item.h"
#include "dir/load_job.h"
#include "dir/load_notes.h"
#include "dir/load_pipe.h"
#include "record/convert.h"
#include "record/csv.h"
#include "record/ldif.h"
#include "record/record.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
	CHUNK_BYTES = 1 << 18,
	ROW_BYTES_MAX = 1 << 20,
	LDIF_BYTES_MAX = 1 << 24, /* entries hold photographs */
	FIELDS_START = 64,
	COLUMNS_TEXT_MAX = 512,
};

/* What is being read. */
struct reading {
	struct load_job *job;
	struct load_pipe *pipe;
	struct load_source *sources; /* one for each file */
	struct load_source *source;
	struct converter *trial;     /* tries headers */
	uint64_t rows;               /* for the progress line */
	int fd;
	char *chunk;
	bool at_end;
	struct span *fields;
	size_t field_capacity;
};

/* More of the file; an empty span is its end.  False: it cannot be read. */
static bool
read_chunk(struct reading *r, struct span *input, struct fault *fault)
{
	ssize_t n;

	do
		n = read(r->fd, r->chunk, CHUNK_BYTES);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		fault_set(fault, ERR_WORLD, "%s: %s",
		    load_file_name(r->job, r->source->file), strerror(errno));
		return false;
	}
	*input = (struct span){ r->chunk, (size_t)n };
	r->at_end = n == 0;
	r->job->summary->input_bytes += (uint64_t)n;
	load_progress_show(&r->job->progress, r->rows);
	return true;
}

static bool
is_stopped(const struct reading *r)
{
	return atomic_load_explicit(&r->job->stopped, memory_order_relaxed);
}

/* The readers' faults begin with "line N: ", which is taken off. */
static uint64_t
take_line(struct fault *fault)
{
	static const char prefix[] = "line ";
	char *rest = fault->text + sizeof prefix - 1;
	uint64_t line;

	if (strncmp(fault->text, prefix, sizeof prefix - 1) != 0)
		return 1;
	line = strtoull(rest, &rest, 10);
	if (strncmp(rest, ": ", 2) == 0)
		memmove(fault->text, rest + 2, strlen(rest + 2) + 1);
	return line;
}

static void
bad_line(struct reading *r, struct fault *fault)
{
	uint64_t line = take_line(fault);

	load_bad_entry(r->job, load_origin(r->source->file, line), fault);
}

/*
 * Longer fields are cut to a byte more than a record may have: that is enough
 * to refuse the entry when the field is wanted, and to pass over photographs.
 */
static struct span
clip(struct span field)
{
	if (field.length > RECORD_BYTES_MAX + 1)
		field.length = RECORD_BYTES_MAX + 1;
	return field;
}

static void
send(struct reading *r, const struct load_row *row)
{
	r->rows++;
	load_pipe_write(r->pipe, row);
}

/* CSV. */

static struct csv_row *
copy_header(const struct csv_row *row)
{
	struct csv_row *copy;
	size_t bytes = 0;
	char *text;

	for (unsigned i = 0; i < row->count; i++)
		bytes += row->fields[i].length;
	copy = malloc(sizeof *copy + bytes);
	assert(copy != NULL);
	*copy = *row;
	text = (char *)(copy + 1);
	for (unsigned i = 0; i < row->count; i++) {
		size_t length = row->fields[i].length;

		if (length > 0)
			memcpy(text, row->fields[i].data, length);
		copy->fields[i].data = text;
		text += length;
	}
	return copy;
}

/* Without its header a file is nothing but bad rows: that ends the load. */
static enum err
bad_header(struct reading *r, uint64_t line, struct fault *fault)
{
	return fault_prefix(fault, "%s:%" PRIu64,
	    load_file_name(r->job, r->source->file), line);
}

/* A column with another name than the schema has is easily lost. */
static void
list_unknown(struct reading *r, const struct csv_row *header)
{
	FILE *out = r->job->settings->messages;
	char memory[COLUMNS_TEXT_MAX];
	struct buf names;

	buf_init(&names, memory, sizeof memory);
	converter_list_unknown(r->trial, header, &names);
	if (out == NULL || names.length == 0)
		return;
	load_progress_clear(&r->job->progress);
	fprintf(out, "%s:%lu: the schema leaves out the columns %.*s%s\n",
	    load_file_name(r->job, r->source->file), header->line,
	    (int)names.length, names.data, names.overflowed ? ", ..." : "");
}

static enum err
take_header(struct reading *r, const struct csv_row *row, struct fault *fault)
{
	if (converter_set_header(r->trial, row, fault) != ERR_NONE)
		return bad_header(r, row->line, fault);
	list_unknown(r, row);
	r->source->header = copy_header(row);
	load_pipe_set_context(r->pipe, r->source);
	return ERR_NONE;
}

static enum err
take_csv_row(struct reading *r, struct csv_row *row, struct fault *fault)
{
	struct load_row out = { .number = row->line, .fields = row->fields,
		.count = row->count };

	if (r->source->header == NULL)
		return take_header(r, row, fault);
	for (unsigned i = 0; i < row->count; i++)
		row->fields[i] = clip(row->fields[i]);
	send(r, &out);
	return ERR_NONE;
}

static enum err
bad_csv(struct reading *r, struct fault *fault)
{
	if (r->source->header == NULL)
		return bad_header(r, take_line(fault), fault);
	bad_line(r, fault);
	return ERR_NONE;
}

static enum err
read_csv(struct reading *r, struct csv_reader *reader, struct fault *fault)
{
	struct csv_row row;
	struct span input;
	enum err err = ERR_NONE;

	do {
		enum csv_result result = CSV_ROW;

		if (!read_chunk(r, &input, fault))
			return ERR_WORLD;
		while (result != CSV_MORE && err == ERR_NONE &&
		    !is_stopped(r)) {
			result = csv_reader_next(reader, &input, &row, fault);
			if (result == CSV_ROW)
				err = take_csv_row(r, &row, fault);
			else if (result == CSV_ERROR)
				err = bad_csv(r, fault);
		}
	} while (!r->at_end && err == ERR_NONE && !is_stopped(r));
	return err;
}

/* LDIF. */

static void
take_ldif_entry(struct reading *r, const struct ldif_entry *entry)
{
	size_t count = 1 + 2 * (size_t)entry->count;
	struct load_row out = { .number = entry->line,
		.count = (unsigned)count };

	if (count > r->field_capacity) {
		r->field_capacity = 2 * count;
		free(r->fields);
		r->fields = malloc(r->field_capacity * sizeof r->fields[0]);
		assert(r->fields != NULL);
	}
	r->fields[0] = clip(entry->dn);
	for (unsigned i = 0; i < entry->count; i++) {
		r->fields[1 + 2 * i] = clip(entry->attributes[i].type);
		r->fields[2 + 2 * i] = clip(entry->attributes[i].value);
	}
	out.fields = r->fields;
	send(r, &out);
}

static enum err
read_ldif(struct reading *r, struct ldif_reader *reader, struct fault *fault)
{
	struct ldif_entry entry;
	struct span input;

	load_pipe_set_context(r->pipe, r->source);
	do {
		enum ldif_result result = LDIF_ENTRY;

		if (!read_chunk(r, &input, fault))
			return ERR_WORLD;
		while (result != LDIF_MORE && !is_stopped(r)) {
			result = ldif_reader_next(reader, &input, &entry,
			    fault);
			if (result == LDIF_ENTRY)
				take_ldif_entry(r, &entry);
			else if (result == LDIF_ERROR)
				bad_line(r, fault);
		}
	} while (!r->at_end && !is_stopped(r));
	return ERR_NONE;
}

/* Files. */

static bool
is_stdin(const char *name)
{
	return strcmp(name, "-") == 0;
}

static bool
has_suffix(const char *name, const char *suffix)
{
	size_t length = strlen(name), wanted = strlen(suffix);

	return length > wanted &&
	    strcasecmp(name + length - wanted, suffix) == 0;
}

static enum err
choose_format(const struct load_settings *settings, size_t file,
    bool *is_ldif, struct fault *fault)
{
	const char *name = settings->files[file];

	*is_ldif = settings->format == LOAD_LDIF ||
	    (settings->format == LOAD_BY_SUFFIX &&
	    (has_suffix(name, ".ldif") || has_suffix(name, ".ldf")));
	if (settings->format != LOAD_BY_SUFFIX || *is_ldif ||
	    has_suffix(name, ".csv"))
		return ERR_NONE;
	return fault_set(fault, ERR_USAGE, "%s: say with -f whether it is csv "
	    "or ldif", is_stdin(name) ? "standard input" : name);
}

/* What can be known before the work of hours is begun. */
static enum err
check_files(struct reading *r, struct fault *fault)
{
	const struct load_settings *settings = r->job->settings;
	enum err err = ERR_NONE;

	for (size_t i = 0; i < settings->file_count && err == ERR_NONE; i++) {
		const char *name = settings->files[i];

		r->sources[i].file = i;
		err = choose_format(settings, i, &r->sources[i].is_ldif,
		    fault);
		if (err == ERR_NONE && !is_stdin(name) &&
		    access(name, R_OK) != 0)
			err = fault_set(fault, ERR_WORLD, "%s: %s", name,
			    strerror(errno));
	}
	return err;
}

static enum err
read_source(struct reading *r, struct fault *fault)
{
	enum err err;

	if (r->source->is_ldif) {
		struct ldif_reader *reader = ldif_reader_new(LDIF_BYTES_MAX);

		err = read_ldif(r, reader, fault);
		ldif_reader_free(&reader);
	} else {
		struct csv_reader *reader = csv_reader_new(ROW_BYTES_MAX);

		err = read_csv(r, reader, fault);
		csv_reader_free(&reader);
	}
	return err;
}

static enum err
read_file(struct reading *r, size_t file, struct fault *fault)
{
	const char *name = r->job->settings->files[file];
	uint64_t before = r->job->summary->input_bytes;
	enum err err;

	r->source = &r->sources[file];
	r->fd = is_stdin(name) ? STDIN_FILENO :
	    open(name, O_RDONLY | O_CLOEXEC);
	if (r->fd < 0)
		return fault_set(fault, ERR_WORLD, "%s: %s", name,
		    strerror(errno));
	err = read_source(r, fault);
	if (!is_stdin(name))
		close(r->fd);
	if (err == ERR_NONE && r->job->summary->input_bytes == before) {
		fault_set(fault, ERR_REFUSED, "the file is empty");
		load_bad_entry(r->job, load_origin(file, 1), fault);
	}
	return err;
}

static enum err
read_files(struct reading *r, struct fault *fault)
{
	size_t count = r->job->settings->file_count;
	enum err err = check_files(r, fault);

	for (size_t i = 0; i < count && err == ERR_NONE && !is_stopped(r); i++)
		err = read_file(r, i, fault);
	return err;
}

static void
begin(struct reading *r, struct load_job *job)
{
	*r = (struct reading){ .job = job, .fd = -1 };
	r->pipe = load_pipe_new(2 * job->workers + 2, LOAD_BATCH_BYTES);
	r->sources = calloc(job->settings->file_count, sizeof r->sources[0]);
	r->chunk = malloc(CHUNK_BYTES);
	assert(r->sources != NULL && r->chunk != NULL);
	r->trial = converter_new(job->schema);
}

static void
end(struct reading *r)
{
	converter_free(&r->trial);
	load_pipe_free(&r->pipe);
	for (size_t i = 0; i < r->job->settings->file_count; i++)
		free(r->sources[i].header);
	free(r->sources);
	free(r->fields);
	free(r->chunk);
}

/*
 * The first bad entry is what a person wants to hear of, also when something
 * else failed further on.
 */
enum err
load_read(struct load_job *job, struct fault *fault)
{
	struct reading r;
	struct load_convert *convert;
	struct fault late;
	enum err err, late_err;

	load_progress_begin(&job->progress, "reading", "entries");
	begin(&r, job);
	convert = load_convert_start(job, r.pipe);
	err = read_files(&r, fault);
	load_pipe_close(r.pipe);
	late_err = load_convert_join(&convert, &late);
	end(&r);
	if (!job->settings->skip_bad && load_notes_count(job->notes) > 0)
		return load_notes_first(job->notes, fault);
	if (err == ERR_NONE && late_err != ERR_NONE) {
		*fault = late;
		err = late_err;
	}
	return err;
}

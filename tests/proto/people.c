#include "config.h"

#include "people.h"

#include "access/viewer.h"
#include "base/arena.h"
#include "dir/generation.h"
#include "dir/load.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, FILE_MAX = 16 << 20 };

/* Sanitizers refuse a map of the default size. */
static const size_t map_bytes = (size_t)256 << 20;

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(EXIT_FAILURE);
}

static void
load(const char *folder, const char *csv, const char *schema)
{
	const char *const files[] = { csv };
	struct load_settings settings = { .directory = folder,
		.schema_path = schema, .memory_bytes = (size_t)16 << 20,
		.map_bytes = map_bytes, .files = files, .file_count = 1,
		.messages = stderr };
	struct load_summary summary;
	struct fault fault;

	if (load_run(&settings, &summary, &fault) != ERR_NONE)
		die(csv, fault.text);
}

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
		die(path, "cannot be written");
}

static void
begin(struct people *people)
{
	struct fault fault;

	if (directory_open(&people->directory, people->folder, map_bytes,
		&fault) != ERR_NONE)
		die(people->folder, fault.text);
	people->worker.reader = reader_new(people->directory);
}

static void
end(struct people *people)
{
	reader_free(&people->worker.reader);
	directory_close(&people->directory);
}

static void
make_folder(struct people *people)
{
	const char *base = getenv("TMPDIR");

	*people = (struct people){
		.settings = { .shown_max = 50, .postings_max = 200000,
		    .ph_shown_max = 25,
		    .finger_domains = "example.org example.net.", .version = "test" },
	};
	snprintf(people->folder, sizeof people->folder, "%s/people.XXXXXX",
	    base != NULL ? base : "/tmp");
	if (mkdtemp(people->folder) == NULL)
		die(people->folder, "no temporary folder");
}

static void
begin_asking(struct people *people)
{
	people->worker.settings = &people->settings;
	people->worker.arena = arena_new(FACE_ARENA_BYTES);
	people->worker.viewer = &viewer_stranger;
	people->memory = malloc(FACE_OUTPUT_BYTES);
	if (people->memory == NULL)
		die("malloc", "no memory");
	begin(people);
}

void
people_open(struct people *people)
{
	const char *source = getenv("top_srcdir");
	char csv[PATH_BYTES];

	make_folder(people);
	snprintf(csv, sizeof csv, "%s/tests/transcripts/people.csv",
	    source != NULL ? source : ".");
	load(people->folder, csv, NULL);
	begin_asking(people);
}

void
people_open_text(struct people *people, const char *csv, const char *schema)
{
	char csv_path[PATH_BYTES], schema_path[PATH_BYTES];

	make_folder(people);
	snprintf(csv_path, sizeof csv_path, "%s/in.csv", people->folder);
	snprintf(schema_path, sizeof schema_path, "%s/in.schema",
	    people->folder);
	write_file(csv_path, csv);
	write_file(schema_path, schema);
	load(people->folder, csv_path, schema_path);
	begin_asking(people);
}

static int
remove_one(const char *path, const struct stat *status, int kind,
    struct FTW *place)
{
	(void)status, (void)kind, (void)place;
	return remove(path);
}

void
people_close(struct people *people)
{
	end(people);
	arena_free(&people->worker.arena);
	free(people->memory);
	if (nftw(people->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0)
		die(people->folder, "cannot be removed");
}

void
people_damage(struct people *people, const char *text, char byte)
{
	char path[PATH_BYTES];
	char *bytes = malloc(FILE_MAX);
	char *at;
	size_t length;
	FILE *file;

	end(people);
	snprintf(path, sizeof path, "%s/current/data.mdb", people->folder);
	file = fopen(path, "r+b");
	if (file == NULL || bytes == NULL)
		die(path, "cannot be opened");
	length = fread(bytes, 1, FILE_MAX, file);
	at = memmem(bytes, length, text, strlen(text));
	if (at == NULL)
		die(text, "not in the data file");
	fseek(file, at - bytes, SEEK_SET);
	fputc(byte, file);
	if (fclose(file) != 0)
		die(path, "cannot be written");
	free(bytes);
	begin(people);
}

void
people_ruin(struct people *people)
{
	enum { HEADERS = 2, FLAGS = 10 }; /* pages of LMDB; in any other one */
	long page = sysconf(_SC_PAGESIZE);
	char path[PATH_BYTES];
	FILE *file;
	long end;

	snprintf(path, sizeof path, "%s/current/data.mdb", people->folder);
	file = fopen(path, "r+b");
	if (file == NULL || fseek(file, 0, SEEK_END) != 0)
		die(path, "cannot be opened");
	end = ftell(file);
	for (long at = HEADERS * page + FLAGS; at < end; at += page) {
		fseek(file, at, SEEK_SET);
		fputc(0, file);
	}
	if (fclose(file) != 0)
		die(path, "cannot be written");
}

/* Where a request ends is the same when more has come already. */
static void
check_framing(const struct face *face, struct span rest, enum face_frame frame,
    size_t length)
{
	size_t at_once = 0;

	if (frame != FACE_FRAME_MORE &&
	    (face->frame(rest, false, &at_once) != frame ||
	    (frame == FACE_FRAME_WHOLE && at_once != length)))
		die(face->name, "framed otherwise when it comes at once");
}

/* False: there is no other request in `*rest`. */
static bool
serve_next(struct people *people, const struct face *face, struct span *rest,
    bool ended, struct buf *out)
{
	struct face_request request = { .bytes = { rest->data, 0 },
		.session = &people->session };
	enum face_frame frame = FACE_FRAME_MORE;
	size_t length = 0;

	while (frame == FACE_FRAME_MORE && request.bytes.length < rest->length) {
		request.bytes.length++;
		frame = face->frame(request.bytes, false, &length);
	}
	check_framing(face, *rest, frame, length);
	if (frame == FACE_FRAME_MORE && ended)
		frame = face->frame(request.bytes, true, &length);
	if (frame == FACE_FRAME_MORE || frame == FACE_FRAME_EMPTY)
		return false;
	request.too_long = frame == FACE_FRAME_TOO_LONG;
	if (!request.too_long)
		request.bytes.length = length;
	*rest = span_skip(*rest, request.bytes.length);
	arena_reset(people->worker.arena);
	people->next = face->serve(&people->worker, &request, out,
	    &people->report);
	return true;
}

struct span
people_ask(struct people *people, const struct face *face, struct span bytes,
    bool ended)
{
	struct buf out;

	buf_init(&out, people->memory, FACE_OUTPUT_BYTES);
	people->next = FACE_GO_ON;
	while (people->next == FACE_GO_ON &&
	    serve_next(people, face, &bytes, ended, &out))
		;
	if (ended || people->next == FACE_CLOSE)
		people->session = (struct session){ 0 };
	return buf_span(&out);
}

static struct people people_for_any;

static void
close_people_for_any(void)
{
	people_close(&people_for_any);
}

struct span
people_ask_any(const struct face *face, struct span bytes)
{
	if (people_for_any.memory == NULL) {
		people_open(&people_for_any);
		atexit(close_people_for_any);
	}
	return people_ask(&people_for_any, face, bytes, true);
}

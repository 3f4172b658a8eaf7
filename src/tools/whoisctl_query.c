#include "tools/command.h"

#include "access/viewer.h"
#include "base/arena.h"
#include "dir/generation.h"
#include "proto/client.h"
#include "proto/face.h"
#include "server/config.h"
#include "tools/report.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { REQUEST_MAX = 4096 };

/* The words as a client would send them. */
static int
join_words(struct buf *request, char **words)
{
	for (; *words != NULL; words++) {
		if (request->length > 0)
			buf_add_char(request, ' ');
		buf_add_string(request, *words);
	}
	if (request->length == 0)
		return report(ERR_USAGE, "query wants something to ask for;"
		    " try --help");
	if (!client_query_is_safe(buf_span(request)))
		return report(ERR_USAGE,
		    "the query holds a control character");
	buf_add_string(request, "\r\n");
	if (request->overflowed)
		return report(ERR_USAGE, "the query is too long");
	return ERR_NONE;
}

static int
print_answer(struct span answer)
{
	struct client_notes notes = { 0 };
	size_t size = 3 * answer.length;
	char *memory = malloc(size + 1);
	struct buf out;

	if (memory == NULL)
		return report(ERR_WORLD, "not enough memory for the answer");
	buf_init(&out, memory, size);
	client_note(&notes, answer);
	client_add_shown(&out, answer, isatty(STDOUT_FILENO) == 1);
	fwrite(out.data, 1, out.length, stdout);
	free(memory);
	return notes.outcome == CLIENT_FOUND ? ERR_NONE : ERR_REFUSED;
}

/* One request, framed and served as a worker of the server would do it. */
static int
ask_face(const struct face *face, struct face_worker *worker,
    struct span line)
{
	struct session session = { 0 };
	struct face_request request = { line, false, &session };
	static char memory[FACE_OUTPUT_BYTES];
	struct config config;
	struct face_report served = { 0 };
	struct buf answer;
	enum face_frame frame;
	int status;

	config_set_defaults(&config);
	worker->settings = &config.face;
	worker->arena = arena_new(FACE_ARENA_BYTES);
	buf_init(&answer, memory, sizeof memory);
	frame = face->frame(line, true, &request.bytes.length);
	request.too_long = frame == FACE_FRAME_TOO_LONG;
	face->serve(worker, &request, &answer, &served);
	arena_free(&worker->arena);
	status = print_answer(buf_span(&answer));
	return served.fault.code == ERR_NONE ? status :
	    report_fault(&served.fault);
}

/* Options end at the first word: a query may hold words like -x. */
static int
take_options(const char **path, struct viewer *viewer, int argc, char **argv)
{
	static const struct option options[] = {
		{ "as", required_argument, NULL, COMMAND_OPTION_AS },
		{ NULL, 0, NULL, 0 },
	};
	int option, status = ERR_NONE;

	*path = NULL;
	while (status == ERR_NONE && (option = getopt_long(argc, argv,
	    "+:d:", options, NULL)) != -1) {
		if (option == 'd')
			*path = optarg;
		else if (option == COMMAND_OPTION_AS)
			status = command_take_viewer(viewer, optarg);
		else
			status = report_option(option, argv);
	}
	if (status == ERR_NONE && *path == NULL)
		return report(ERR_USAGE, "query wants -d DIR; try --help");
	return status;
}

int
command_query(int argc, char **argv)
{
	const struct face *face = face_find(span_from("whois"));
	char memory[REQUEST_MAX];
	struct viewer viewer = { .count = 0 };
	struct face_worker worker = { .viewer = &viewer };
	struct directory *directory;
	struct buf request;
	struct fault fault;
	const char *path;
	int status = take_options(&path, &viewer, argc, argv);

	buf_init(&request, memory, sizeof memory);
	if (status == ERR_NONE)
		status = join_words(&request, argv + optind);
	if (status != ERR_NONE)
		return status;
	if (directory_open(&directory, path, 0, &fault) != ERR_NONE)
		return report_fault(&fault);
	worker.reader = reader_new(directory);
	status = ask_face(face, &worker, buf_span(&request));
	reader_free(&worker.reader);
	directory_close(&directory);
	return report_output(status);
}

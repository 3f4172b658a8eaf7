#include "proto/ph.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/session.h"
#include "proto/answer.h"
#include "proto/ph_fields.h"
#include "proto/ph_help.h"
#include "proto/ph_login.h"
#include "proto/ph_query.h"
#include "proto/ph_reply.h"
#include "proto/ph_site.h"
#include "text/utf8.h"

#include <assert.h>
#include <string.h>

static void
quit(struct ph *ph)
{
	ph_say(ph, PH_OK, "Bye!");
	ph->next = FACE_CLOSE;
}

/* In lower case and no other, as qi wants them. */
static const struct command {
	const char *name;
	ph_command *run;
} commands[] = {
	{ "query", ph_query },
	{ "ph", ph_query },
	{ "fields", ph_fields },
	{ "status", ph_status },
	{ "siteinfo", ph_siteinfo },
	{ "id", ph_id },
	{ "set", ph_set },
	{ "help", ph_help },
	{ "login", ph_login },
	{ "xlogin", ph_xlogin },
	{ "answer", ph_answer },
	{ "clear", ph_answer },
	{ "email", ph_answer },
	{ "logout", ph_logout },
	{ "change", ph_change },
	{ "add", ph_change },
	{ "delete", ph_change },
	{ "quit", quit },
	{ "exit", quit },
	{ "stop", quit },
};

static const struct command *
find_command(struct span name)
{
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (span_is(name, commands[i].name))
			return &commands[i];
	return NULL;
}

void
ph_fail(struct ph *ph, const struct fault *fault)
{
	ph->report->fault = *fault;
	ph_say(ph, PH_UNAVAILABLE, "Database unavailable; try later.");
}

bool
ph_begin_answer(struct ph *ph, struct answer *answer)
{
	struct fault fault;

	if (answer_begin(answer, ph->worker, &fault) == ERR_NONE)
		return true;
	ph_fail(ph, &fault);
	return false;
}

static bool
begins_with(struct span text, const char *word)
{
	size_t length = strlen(word);

	return text.length >= length &&
	    span_is_nocase((struct span){ text.data, length }, word);
}

/*
 * What may be logged of a line.  Passwords stand behind answer and clear, and
 * in any command behind their name; who mistypes a command types one, too.
 */
static struct span
without_secrets(struct span text)
{
	struct span rest = text;
	struct span command = span_cut(&rest, ' ');

	if (span_is_nocase(command, "answer") ||
	    span_is_nocase(command, "clear"))
		return command;
	for (rest = text; rest.length > 0; rest = span_skip(rest, 1)) {
		size_t before = text.length - rest.length;

		if (begins_with(rest, "password"))
			return (struct span){ text.data,
				before < command.length ? before :
				command.length };
	}
	return text;
}

/* The log gets the bytes as they came, where they hold no secret. */
static void
hide_secrets(struct ph *ph, struct span text)
{
	struct span open = without_secrets(text);

	if (open.length < text.length)
		ph->report->query = open;
}

static void
echo(struct ph *ph)
{
	ph_begin_line(ph, PH_ECHO);
	ph_add_string(ph, " ");
	ph_add_text(ph, ph->line.text);
	ph_end_line(ph);
}

static void
run(struct ph *ph, const struct command *command)
{
	switch (ph_line_read(&ph->line, ph->worker->arena)) {
	case PH_LINE_READ:
		command->run(ph);
		return;
	case PH_LINE_NO_QUOTE:
		ph_say(ph, PH_SYNTAX, "A quoted string has no end.");
		return;
	case PH_LINE_NO_FIELD:
		ph_say(ph, PH_SYNTAX, "There is no field before an = sign.");
		return;
	case PH_LINE_TOO_MANY:
		ph_say(ph, PH_SYNTAX, "There are too many words.");
		return;
	case PH_LINE_NO_ROOM:
		ph->too_large = true;
		return;
	}
	assert(false && "an outcome nobody answers");
}

static void
answer_line(struct ph *ph)
{
	const struct command *command = find_command(ph->line.command);

	hide_secrets(ph, ph->line.text);
	if (command != NULL) {
		if (ph->session.options[PH_OPTION_ECHO])
			echo(ph);
		run(ph, command);
	} else if (ph->line.command.length > 0) {
		ph_say_of(ph, PH_UNKNOWN_COMMAND, ph->line.command,
		    "Command not recognized.");
	}
}

static void
answer_request(struct ph *ph, const struct face_request *request)
{
	ph_session_load(&ph->session, request->session, ph->worker->settings);
	if (request->too_long) {
		hide_secrets(ph, ph->report->query);
		ph_say(ph, PH_SYNTAX, "The command is too long.");
	} else if (!ph_line_begin(&ph->line, request->bytes,
	    ph->session.charset, ph->worker->arena)) {
		ph->too_large = true;
	} else {
		answer_line(ph);
	}
	ph_session_store(&ph->session, request->session);
}

static enum face_next
ph_serve(const struct face_worker *worker, const struct face_request *request,
    struct buf *out, struct face_report *report)
{
	size_t start = out->length;
	struct ph ph;

	/* the arguments are many, and cleared by nobody */
	ph.worker = worker;
	ph.out = out;
	ph.report = report;
	ph.next = request->too_long ? FACE_CLOSE : FACE_GO_ON;
	ph.too_large = false;
	*report = (struct face_report){ .query = span_trim(request->bytes),
		.form = "session", .rung = "" };
	answer_request(&ph, request);
	if (ph.too_large || out->overflowed) {
		/* Half an answer would read like a whole one. */
		buf_rewind(out, start);
		ph_say(&ph, PH_TOO_MANY, "The answer is too large; ask for"
		    " fewer entries or fields.");
	}
	return ph.next;
}

static void
ph_refuse(const char *sentence, struct buf *out)
{
	buf_add_number(out, PH_REFUSED);
	buf_add_char(out, ':');
	utf8_add_sanitised(out, span_from(sentence));
	buf_add_string(out, "\r\n");
}

const struct face face_ph = {
	.name = "ph",
	.service = "csnet-ns",
	.port = 105,
	.request_max = PH_LINE_MAX,
	.frame = ph_line_frame,
	.serve = ph_serve,
	.refuse = ph_refuse,
};

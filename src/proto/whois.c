/*
 * The WHOIS face (RFC 3912, RFC 954): one line in, one answer out, close.
 *
 * A request ends at its LF or at the end of the input; a LF inside a telnet
 * negotiation (RFC 854) is not one.  Nothing but blanks before the end of the
 * input is no request.  The answers are those of the seed system:
 *
 *   one hit        the long form
 *   several        the short form
 *   too many       the first of them in short form, how many there are, and how
 *                  to narrow the question
 *   none           a hint that fits the question
 *
 * and each ends with the sentence that tells how to get help.  Lines that are
 * not data begin with "% "; "% error: " and a sentence is a whole answer.
 */

#include "proto/face.h"

#include "base/arena.h"
#include "proto/answer.h"
#include "proto/form.h"
#include "proto/help.h"
#include "proto/hint.h"
#include "proto/whois_line.h"
#include "query/query.h"
#include "query/telnet.h"
#include "text/utf8.h"

#include <assert.h>
#include <inttypes.h>

static const char closing[] = "For more information try 'whois help'.\r\n";

struct reply {
	const struct face_worker *worker;
	struct buf *out;
	struct face_report *report;
	bool too_large;
};

static enum face_frame
whois_frame(struct span input, bool ended, size_t *length)
{
	bool asked = false;
	size_t at = 0;

	while (at < input.length) {
		struct span rest = span_skip(input, at);
		size_t command = telnet_command_length(rest);

		if (command > 0) {
			at += command;
			continue;
		}
		if (input.data[at] == '\n') {
			*length = at + 1;
			return *length <= QUERY_LINE_MAX ? FACE_FRAME_WHOLE :
			    FACE_FRAME_TOO_LONG;
		}
		asked |= input.data[at] != ' ' && input.data[at] != '\t' &&
		    input.data[at] != '\r';
		at++;
	}
	if (ended && input.length <= QUERY_LINE_MAX) {
		*length = input.length;
		return asked ? FACE_FRAME_WHOLE : FACE_FRAME_EMPTY;
	}
	return input.length < QUERY_LINE_MAX ? FACE_FRAME_MORE :
	    FACE_FRAME_TOO_LONG;
}

static void
whois_refuse(const char *sentence, struct buf *out)
{
	buf_add_string(out, "% error: ");
	utf8_add_sanitised(out, span_from(sentence));
	buf_add_string(out, "\r\n");
}

static void
add_error(const struct reply *reply, const char *sentence)
{
	whois_refuse(sentence, reply->out);
	reply->report->form = "error";
}

static void
add_unavailable(const struct reply *reply)
{
	add_error(reply, "The directory cannot be read at the moment; please"
	    " try again later.");
}

static void
add_help(const struct reply *reply, const struct answer *answer,
    const struct query *query)
{
	help_add(reply->out, answer, query->topic);
	buf_add_string(reply->out, "\r\n");
	buf_add_string(reply->out, closing);
	reply->report->form = "help";
}

static void
add_damaged(const struct reply *reply, uint32_t id)
{
	buf_add_string(reply->out, "% This entry is damaged and cannot be"
	    " shown.\r\n");
	reply->report->form = "error";
	fault_set(&reply->report->fault, ERR_WORLD, "entry %" PRIu32
	    " is damaged; see 'whoisctl verify'", id);
}

static void
add_entry(struct reply *reply, struct answer *answer, unsigned nth,
    bool long_form)
{
	struct answer_entry entry;

	switch (answer_fetch(answer, nth, long_form ? ANSWER_VALUES_OF_ALL :
	    ANSWER_VALUES_OF_SHORT_FORM, &entry)) {
	case ANSWER_ENTRY:
		if (long_form)
			form_add_long(reply->out, answer, &entry);
		else
			form_add_short(reply->out, answer, &entry);
		return;
	case ANSWER_DAMAGED:
		add_damaged(reply, answer->hits.ids[nth]);
		return;
	case ANSWER_NO_ROOM:
		reply->too_large = true;
		return;
	}
	assert(false && "a fetch that nobody handles");
}

static void
add_entries(struct reply *reply, struct answer *answer, bool long_form)
{
	for (unsigned i = 0; i < answer->hits.shown; i++) {
		if (i == 0 || long_form)
			buf_add_string(reply->out, "\r\n");
		add_entry(reply, answer, i, long_form);
	}
}

/* All hits are shown, and their number is not a guess. */
static bool
is_complete(const struct search_hits *hits)
{
	return hits->count == hits->shown && hits->count_is_exact;
}

static bool
wants_long_form(const struct query *query, const struct search_hits *hits)
{
	switch (query->form) {
	case QUERY_FORM_FULL:
		return true;
	case QUERY_FORM_SUMMARY:
		return false;
	case QUERY_FORM_AUTO:
		break;
	}
	return hits->count == 1 && is_complete(hits);
}

static void
report_hits(struct face_report *report, const struct search_hits *hits,
    bool long_form)
{
	report->hits = hits->count;
	report->rung = answer_rung_name(hits->rung);
	if (!is_complete(hits))
		report->form = "limit";
	else if (hits->count == 0)
		report->form = "none";
	else
		report->form = long_form ? "long" : "short";
}

static void
add_hits(struct reply *reply, struct answer *answer, const struct query *query)
{
	const struct search_hits *hits = &answer->hits;
	bool long_form = wants_long_form(query, hits);
	struct buf *out = reply->out;

	report_hits(reply->report, hits, long_form);
	buf_add_string(out, "There were ");
	buf_add_number(out, hits->count);
	buf_add_string(out, " matches on your request.\r\n");
	hint_add_rung(out, answer);
	add_entries(reply, answer, long_form);
	if (!is_complete(hits)) {
		buf_add_string(out, "\r\n");
		hint_add_narrow(out, answer, query);
	} else if (hits->count == 0) {
		hint_add_none(out, answer, query);
	}
	if (hits->rung == RUNG_HANDLE && hits->named_too > 0) {
		buf_add_string(out, "\r\n");
		hint_add_named_too(out, answer, query);
	}
	buf_add_string(out, "\r\n");
	buf_add_string(out, closing);
}

static void
answer_query(struct reply *reply, struct answer *answer,
    const struct query *query)
{
	struct fault fault;

	switch (answer_search(answer, query, &fault)) {
	case ERR_NONE:
		add_hits(reply, answer, query);
		return;
	case ERR_REFUSED:
		add_error(reply, fault.text);
		return;
	case ERR_USAGE:
	case ERR_WORLD:
		reply->report->fault = fault;
		add_unavailable(reply);
		return;
	}
	assert(false && "a code that nobody handles");
}

static void
answer_request(struct reply *reply, struct span request)
{
	const struct face_worker *worker = reply->worker;
	struct span line = query_clean(request, worker->arena);
	struct query_error error;
	struct answer answer;
	struct query query;

	reply->too_large = line.data == NULL;
	if (reply->too_large)
		return;
	if (!query_parse(&query, whois_peel(line), worker->arena, &error)) {
		add_error(reply, error.text);
		return;
	}
	if (answer_begin(&answer, worker, &reply->report->fault) != ERR_NONE) {
		add_unavailable(reply);
		return;
	}
	if (query.verb == QUERY_HELP)
		add_help(reply, &answer, &query);
	else
		answer_query(reply, &answer, &query);
	answer_end(&answer);
}

static enum face_next
whois_serve(const struct face_worker *worker,
    const struct face_request *request, struct buf *out,
    struct face_report *report)
{
	struct reply reply = { .worker = worker, .out = out,
		.report = report };
	size_t start = out->length;

	*report = (struct face_report){ .query = span_trim(request->bytes),
		.form = "error", .rung = "" };
	if (request->too_long)
		add_error(&reply, "The line is too long; ask in at most 1024"
		    " bytes.");
	else
		answer_request(&reply, request->bytes);
	if (reply.too_large || out->overflowed) {
		/* Half an answer would read like a whole one. */
		buf_rewind(out, start);
		add_error(&reply, "The answer is too large; ask for fewer"
		    " entries, or for the short form with sum.");
	}
	return FACE_CLOSE;
}

const struct face face_whois = {
	.name = "whois",
	.service = "whois",
	.port = 43,
	.request_max = QUERY_LINE_MAX,
	.frame = whois_frame,
	.serve = whois_serve,
	.refuse = whois_refuse,
};

/*
 * The WHOIS face (RFC 3912, RFC 954): one line in, one answer out, close.
 *
 * The answers are those of the seed system:
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
#include "proto/help.h"
#include "proto/hint.h"
#include "proto/line.h"
#include "proto/listing.h"
#include "proto/whois_line.h"
#include "query/query.h"
#include "text/utf8.h"

static const char closing[] = "For more information try 'whois help'.\r\n";

static enum face_frame
whois_frame(struct span input, bool ended, size_t *length)
{
	return line_frame(input, ended, QUERY_LINE_MAX, length);
}

static void
whois_refuse(const char *sentence, struct buf *out)
{
	buf_add_string(out, "% error: ");
	utf8_add_sanitised(out, span_from(sentence));
	buf_add_string(out, "\r\n");
}

static void
add_help(const struct listing *listing, const struct answer *answer,
    const struct query *query)
{
	help_add(listing->out, answer, query->topic);
	buf_add_string(listing->out, "\r\n");
	buf_add_string(listing->out, closing);
	listing->report->form = "help";
}

static void
add_hits(struct listing *listing, struct answer *answer,
    const struct query *query)
{
	const struct search_hits *hits = &answer->hits;
	struct buf *out = listing->out;

	listing_add_hits(listing, answer, query->form);
	if (!answer_is_complete(answer)) {
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
answer_query(struct listing *listing, const struct query *query)
{
	struct answer answer;

	if (!listing_open(listing, &answer))
		return;
	if (query->verb == QUERY_HELP)
		add_help(listing, &answer, query);
	else if (listing_search(listing, &answer, query))
		add_hits(listing, &answer, query);
	answer_end(&answer);
}

static void
answer_request(struct listing *listing, struct span request)
{
	struct arena *arena = listing->worker->arena;
	struct span line = query_clean(request, arena);
	struct query_error error;
	struct query query;

	listing->too_large = line.data == NULL;
	if (listing->too_large)
		return;
	if (query_parse(&query, whois_peel(line), arena, &error))
		answer_query(listing, &query);
	else
		listing_refuse(listing, error.text);
}

static enum face_next
whois_serve(const struct face_worker *worker,
    const struct face_request *request, struct buf *out,
    struct face_report *report)
{
	struct listing listing = { .face = &face_whois, .worker = worker,
		.out = out, .report = report };

	listing_begin(&listing, request);
	if (request->too_long)
		listing_refuse(&listing, "The line is too long; ask in at most"
		    " 1024 bytes.");
	else
		answer_request(&listing, request->bytes);
	listing_end(&listing, "The answer is too large; ask for fewer entries,"
	    " or for the short form with sum.");
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

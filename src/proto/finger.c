/*
 * The finger face (RFC 1288): one line in, one answer out, close.
 *
 * A line is framed as that of WHOIS is (proto/line).  In the grammar of the
 * RFC's section 2.3:
 *
 *   smith          plain words down the ladder; there are no verbs, so `help`
 *                  and `key 4` are names like others
 *   /W smith       the same, each entry in the long form
 *   smith@host     forwarding, which is denied unless every host is one of our
 *                  own domains
 *   nothing, /W    the list of those logged in, which is denied
 */

#include "proto/face.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "proto/hint.h"
#include "proto/line.h"
#include "proto/listing.h"
#include "query/query.h"
#include "text/utf8.h"

enum { LINE_MAX_BYTES = 512 };

/* A line in its parts. */
struct finger_line {
	bool verbose;      /* /W */
	struct span user;  /* empty: the list is asked for */
	struct span hosts; /* behind the first @, with an @ between them */
};

static struct finger_line
parse_line(struct span text)
{
	struct span rest = text;
	struct finger_line line;

	line.verbose = span_is_nocase(span_next_word(&rest), "/W");
	line.hosts = line.verbose ? rest : text;
	line.user = span_trim(span_cut(&line.hosts, '@'));
	return line;
}

/* A host in full may end in a full stop. */
static bool
is_own(struct span host, struct span domains)
{
	struct span domain;

	span_cut_suffix(&host, ".");
	while ((domain = span_next_word(&domains)).length > 0) {
		span_cut_suffix(&domain, ".");
		if (span_equal_nocase(host, domain))
			return true;
	}
	return false;
}

static bool
are_own(struct span hosts, struct span domains)
{
	while (hosts.length > 0)
		if (!is_own(span_trim(span_cut(&hosts, '@')), domains))
			return false;
	return true;
}

static void
add_hits(struct listing *listing, struct answer *answer, bool verbose)
{
	const struct search_hits *hits = &answer->hits;
	struct buf *out = listing->out;

	listing_add_hits(listing, answer,
	    verbose ? QUERY_FORM_FULL : QUERY_FORM_AUTO);
	if (!answer_is_complete(answer)) {
		buf_add_string(out, "\r\n");
		hint_add_count(out, answer);
		buf_add_string(out, "% Add a first name or an initial, or use"
		    " more letters.\r\n");
	} else if (hits->count == 0) {
		buf_add_string(out, "% Nobody is called so or nearly so; try"
		    " fewer words or letters.\r\n");
	}
	if (hits->rung == RUNG_HANDLE && hits->named_too > 0)
		buf_add_string(out, "\r\n% Others bear this name; with a comma"
		    " behind it they are found.\r\n");
}

static void
answer_user(struct listing *listing, const struct finger_line *line)
{
	const struct query query = { .verb = QUERY_FIND, .ladder = true,
		.count = 1, .clauses = { { .text = line->user } } };
	struct answer answer;

	if (!listing_open(listing, &answer))
		return;
	if (listing_search(listing, &answer, &query))
		add_hits(listing, &answer, line->verbose);
	answer_end(&answer);
}

static void
answer_request(struct listing *listing, struct span request)
{
	const struct face_worker *worker = listing->worker;
	struct span text = query_clean(request, worker->arena);
	struct finger_line line;

	listing->too_large = text.data == NULL;
	if (listing->too_large)
		return;
	line = parse_line(text);
	if (!are_own(line.hosts, span_from(worker->settings->finger_domains)))
		listing_refuse(listing, "Finger forwarding service denied");
	else if (line.user.length == 0)
		listing_refuse(listing, "Finger online user list denied");
	else
		answer_user(listing, &line);
}

static enum face_next
finger_serve(const struct face_worker *worker,
    const struct face_request *request, struct buf *out,
    struct face_report *report)
{
	struct listing listing = { .face = &face_finger, .worker = worker,
		.out = out, .report = report };

	listing_begin(&listing, request);
	if (request->too_long)
		listing_refuse(&listing, "The line is too long; ask in at most"
		    " 512 bytes.");
	else
		answer_request(&listing, request->bytes);
	listing_end(&listing, "The answer is too large; ask without /W, or for"
	    " fewer people.");
	return FACE_CLOSE;
}

static enum face_frame
finger_frame(struct span input, bool ended, size_t *length)
{
	return line_frame(input, ended, LINE_MAX_BYTES, length);
}

static void
finger_refuse(const char *sentence, struct buf *out)
{
	utf8_add_sanitised(out, span_from(sentence));
	buf_add_string(out, "\r\n");
}

const struct face face_finger = {
	.name = "finger",
	.service = "finger",
	.port = 79,
	.request_max = LINE_MAX_BYTES,
	.frame = finger_frame,
	.serve = finger_serve,
	.refuse = finger_refuse,
};

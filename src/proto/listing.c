#include "proto/listing.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "proto/face.h"
#include "proto/form.h"
#include "proto/hint.h"

#include <assert.h>

void
listing_begin(struct listing *listing, const struct face_request *request)
{
	listing->start = listing->out->length;
	listing->too_large = false;
	*listing->report = (struct face_report){
		.query = span_trim(request->bytes),
		.form = "error",
		.rung = "",
	};
}

void
listing_end(struct listing *listing, const char *sentence)
{
	if (!listing->too_large && !listing->out->overflowed)
		return;
	buf_rewind(listing->out, listing->start);
	listing_refuse(listing, sentence);
}

void
listing_refuse(const struct listing *listing, const char *sentence)
{
	listing->face->refuse(sentence, listing->out);
	listing->report->form = "error";
}

static void
say_unavailable(const struct listing *listing)
{
	listing_refuse(listing, "The directory cannot be read at the moment;"
	    " please try again later.");
}

bool
listing_open(const struct listing *listing, struct answer *answer)
{
	if (answer_begin(answer, listing->worker, &listing->report->fault) ==
	    ERR_NONE)
		return true;
	say_unavailable(listing);
	return false;
}

bool
listing_search(const struct listing *listing, struct answer *answer,
    const struct query *query)
{
	struct fault fault;

	switch (answer_search(answer, query, &fault)) {
	case ERR_NONE:
		return true;
	case ERR_REFUSED:
		listing_refuse(listing, fault.text);
		return false;
	case ERR_USAGE:
	case ERR_WORLD:
		listing->report->fault = fault;
		say_unavailable(listing);
		return false;
	}
	assert(false && "a code that nobody handles");
	return false;
}

static void
add_damaged(const struct listing *listing, const struct answer *answer,
    unsigned nth)
{
	buf_add_string(listing->out, "% This entry is damaged and cannot be"
	    " shown.\r\n");
	listing->report->form = "error";
	answer_blame(answer, nth, &listing->report->fault);
}

static void
add_entry(struct listing *listing, struct answer *answer, unsigned nth,
    bool long_form)
{
	struct answer_entry entry;

	switch (answer_fetch(answer, nth, long_form ? ANSWER_VALUES_OF_ALL :
	    ANSWER_VALUES_OF_SHORT_FORM, &entry)) {
	case ANSWER_ENTRY:
		if (long_form)
			form_add_long(listing->out, answer, &entry);
		else
			form_add_short(listing->out, answer, &entry);
		return;
	case ANSWER_DAMAGED:
		add_damaged(listing, answer, nth);
		return;
	case ANSWER_NO_ROOM:
		listing->too_large = true;
		return;
	}
	assert(false && "a fetch that nobody handles");
}

static void
add_entries(struct listing *listing, struct answer *answer, bool long_form)
{
	for (unsigned i = 0; i < answer->hits.shown; i++) {
		if (i == 0 || long_form)
			buf_add_string(listing->out, "\r\n");
		add_entry(listing, answer, i, long_form);
	}
}

static bool
wants_long_form(enum query_form form, const struct answer *answer)
{
	switch (form) {
	case QUERY_FORM_FULL:
		return true;
	case QUERY_FORM_SUMMARY:
		return false;
	case QUERY_FORM_AUTO:
		break;
	}
	return answer->hits.count == 1 && answer_is_complete(answer);
}

static void
report_hits(struct face_report *report, const struct answer *answer,
    bool long_form)
{
	report->hits = answer->hits.count;
	report->rung = answer_rung_name(answer->hits.rung);
	if (!answer_is_complete(answer))
		report->form = "limit";
	else if (answer->hits.count == 0)
		report->form = "none";
	else
		report->form = long_form ? "long" : "short";
}

void
listing_add_hits(struct listing *listing, struct answer *answer,
    enum query_form form)
{
	bool long_form = wants_long_form(form, answer);

	report_hits(listing->report, answer, long_form);
	buf_add_string(listing->out, "There were ");
	buf_add_number(listing->out, answer->hits.count);
	buf_add_string(listing->out, " matches on your request.\r\n");
	hint_add_rung(listing->out, answer);
	add_entries(listing, answer, long_form);
}

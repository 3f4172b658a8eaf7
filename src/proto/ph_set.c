#include "proto/ph_set.h"

#include "base/buf.h"
#include "base/session.h"
#include "proto/ph.h"
#include "proto/ph_reply.h"

#include <assert.h>
#include <limits.h>
#include <stddef.h>

/*
 * The first word of the connection, zeros for what was not set:
 *
 *   0..4    the options, each as it differs from at_first
 *   8..15   1 + the charset
 *   32..63  the limit
 */
enum { CHARSET_SHIFT = 8, CHARSET_MASK = 0xFF, LIMIT_SHIFT = 32 };

static const bool at_first[PH_OPTIONS] = { [PH_OPTION_EXTERNAL] = true };

void
ph_session_load(struct ph_session *session, const struct session *connection,
    const struct face_settings *settings)
{
	uint64_t word = connection->words[0];
	unsigned charset = word >> CHARSET_SHIFT & CHARSET_MASK;

	for (unsigned i = 0; i < PH_OPTIONS; i++)
		session->options[i] = at_first[i] != (word >> i & 1);
	session->has_charset = charset > 0;
	session->charset = charset > 0 ? (enum charset)(charset - 1) :
	    settings->ph_charset;
	session->limit = (unsigned)(word >> LIMIT_SHIFT);
}

void
ph_session_store(const struct ph_session *session, struct session *connection)
{
	uint64_t word = (uint64_t)session->limit << LIMIT_SHIFT;

	for (unsigned i = 0; i < PH_OPTIONS; i++)
		word |= (uint64_t)(session->options[i] != at_first[i]) << i;
	if (session->has_charset)
		word |= (session->charset + UINT64_C(1)) << CHARSET_SHIFT;
	connection->words[0] = word;
}

unsigned
ph_limit(const struct ph *ph)
{
	unsigned most = ph->worker->settings->ph_shown_max;

	return ph->session.limit > 0 && ph->session.limit < most ?
	    ph->session.limit : most;
}

/* Each setter gives false for a value that the option cannot have. */
static bool
set_switch(struct ph_session *session, enum ph_option option,
    struct span value)
{
	bool is_on = span_is(value, "on");

	if (!is_on && !span_is(value, "off"))
		return false;
	session->options[option] = is_on;
	return true;
}

static bool
set_limit(struct ph_session *session, struct span value)
{
	unsigned limit = 0;

	if (!span_is(value, "off") &&
	    (!span_read_number(value, INT_MAX, &limit) || limit == 0))
		return false;
	session->limit = limit;
	return true;
}

static bool
set_charset(struct ph_session *session, struct span value)
{
	if (!charset_find(value, &session->charset))
		return false;
	session->has_charset = true;
	return true;
}

enum kind { KIND_SWITCH, KIND_LIMIT, KIND_CHARSET };

/* In the order of qi. */
static const struct setting {
	const char *name;
	enum kind kind;
	enum ph_option option; /* of a switch */
} settings[] = {
	{ "echo", KIND_SWITCH, PH_OPTION_ECHO },
	{ "limit", .kind = KIND_LIMIT },
	{ "verbose", KIND_SWITCH, PH_OPTION_VERBOSE },
	{ "addonly", KIND_SWITCH, PH_OPTION_ADDONLY },
	{ "nolog", KIND_SWITCH, PH_OPTION_NOLOG },
	{ "external", KIND_SWITCH, PH_OPTION_EXTERNAL },
	{ "charset", .kind = KIND_CHARSET },
};

enum { SETTINGS = sizeof settings / sizeof settings[0] };

static const struct setting *
find_setting(struct span name)
{
	for (unsigned i = 0; i < SETTINGS; i++)
		if (span_is(name, settings[i].name))
			return &settings[i];
	return NULL;
}

/* False: the option cannot have this value, and has what it had. */
static bool
apply(struct ph_session *session, const struct setting *setting,
    struct span value)
{
	switch (setting->kind) {
	case KIND_SWITCH:
		return set_switch(session, setting->option, value);
	case KIND_LIMIT:
		return set_limit(session, value);
	case KIND_CHARSET:
		return set_charset(session, value);
	}
	assert(false && "a kind that nobody sets");
	return false;
}

static void
add_setting(struct ph *ph, int code, const struct setting *setting, char mark)
{
	ph_begin_line(ph, code);
	ph_add_string(ph, setting->name);
	buf_add_char(ph->out, mark);
	switch (setting->kind) {
	case KIND_SWITCH:
		ph_add_string(ph, ph->session.options[setting->option] ?
		    "on" : "off");
		break;
	case KIND_LIMIT:
		buf_add_number(ph->out, ph_limit(ph));
		break;
	case KIND_CHARSET:
		ph_add_string(ph, charset_name(ph->session.charset));
		break;
	}
	ph_end_line(ph);
}

/* `name` alone turns it on, `name=` off.  Gives the code of the outcome. */
static int
set_one(struct ph *ph, const struct ph_argument *argument)
{
	bool is_pair = argument->kind == PH_PAIR;
	struct span name = is_pair ? argument->field : argument->value;
	struct span value = is_pair ? argument->value : span_from("on");
	const struct setting *setting = find_setting(name);

	if (is_pair && value.length == 0)
		value = span_from("off");
	if (setting == NULL) {
		ph_say_of(ph, -PH_UNKNOWN_OPTION, name, "unknown option");
		return PH_UNKNOWN_OPTION;
	}
	if (!apply(&ph->session, setting, value)) {
		ph_say_of(ph, -PH_ILLEGAL_VALUE, name, "illegal value.");
		return PH_ILLEGAL_VALUE;
	}
	if (ph->session.options[PH_OPTION_VERBOSE])
		add_setting(ph, -PH_PROGRESS, setting, '=');
	return PH_OK;
}

void
ph_set(struct ph *ph)
{
	unsigned successes = 0;
	int code = PH_OK;

	for (unsigned i = 0; ph->line.count == 0 && i < SETTINGS; i++)
		add_setting(ph, -PH_OK, &settings[i], ':');
	for (unsigned i = 0; i < ph->line.count; i++) {
		code = set_one(ph, &ph->line.arguments[i]);
		successes += code == PH_OK;
	}
	if (successes > 0 || ph->line.count == 0)
		ph_say(ph, PH_OK, "Done.");
	else if (code == PH_UNKNOWN_OPTION)
		ph_say(ph, PH_UNKNOWN_OPTION, "No option recognized.");
	else
		ph_say(ph, PH_ILLEGAL_VALUE, "No option changed.");
}

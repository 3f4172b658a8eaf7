#include "proto/ph_login.h"

#include "base/buf.h"
#include "proto/ph.h"
#include "proto/ph_reply.h"

#include <limits.h>

void
ph_login(struct ph *ph)
{
	const struct ph_line *line = &ph->line;

	if (line->count == 0)
		ph_say_of(ph, PH_SYNTAX, line->command, "no name given.");
	else if (line->arguments[0].kind != PH_VALUE)
		ph_say_of(ph, PH_SYNTAX, line->command, "argument invalid.");
	else if (line->count > 1)
		ph_say_of(ph, PH_SYNTAX, line->command, "extra arguments.");
	else
		ph_say(ph, PH_ERROR, "Login failed.");
}

/* As in qi, a method that is no number is 0. */
static void
refuse_method(struct ph *ph, struct span name)
{
	unsigned method;

	if (!span_read_number(name, INT_MAX, &method))
		method = 0;
	ph_begin_line(ph, PH_NO_METHOD);
	ph_add_text(ph, ph->line.command);
	ph_add_string(ph, ":Authentication method ");
	buf_add_number(ph->out, method);
	ph_add_string(ph, " unavailable.");
	ph_end_line(ph);
}

void
ph_xlogin(struct ph *ph)
{
	const struct ph_line *line = &ph->line;

	if (line->count == 0)
		ph_say_of(ph, PH_SYNTAX, line->command,
		    " No authentication method selected.");
	else if (line->count == 1)
		ph_say_of(ph, PH_SYNTAX, line->command,
		    " No login alias specified.");
	else if (line->count > 2)
		ph_say_of(ph, PH_SYNTAX, line->command,
		    " Too many arguments.");
	else
		refuse_method(ph, line->arguments[0].value);
}

void
ph_answer(struct ph *ph)
{
	ph_say_of(ph, PH_SYNTAX, ph->line.command,
	    "there is no outstanding login.");
}

void
ph_logout(struct ph *ph)
{
	if (ph->line.count > 0)
		ph_say(ph, PH_SYNTAX, "argument given on logout command.");
	else
		ph_say(ph, PH_ERROR, "Not logged in.");
}

void
ph_change(struct ph *ph)
{
	ph_say(ph, PH_CHANGES_NOT_ALLOWED,
	    "changes not allowed to read-only database.");
}

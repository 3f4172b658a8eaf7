/*
 * The lines of a PH answer (RFC 2378, section 2.2): code:[index:][field:]text.
 *
 * A code with a minus says that more lines follow.  Text goes out in the
 * charset of the session; what these functions are handed as a span must be
 * valid UTF-8 without control characters.
 */

#ifndef PROTO_PH_REPLY_H
#define PROTO_PH_REPLY_H

#include "base/span.h"

struct ph;

enum ph_code {
	PH_PROGRESS = 100,
	PH_ECHO = 101,
	PH_MATCHES = 102,
	PH_OK = 200,
	PH_READ_ONLY = 201,
	PH_REFUSED = 400,
	PH_DAMAGED = 401,
	PH_UNAVAILABLE = 475,
	PH_ERROR = 500,
	PH_NO_MATCHES = 501,
	PH_TOO_MANY = 502,
	PH_UNKNOWN_FIELD = 507,
	PH_NOT_PRESENT = 508,
	PH_ILLEGAL_VALUE = 512,
	PH_UNKNOWN_OPTION = 513,
	PH_NO_KEY = 515,
	PH_CHANGES_NOT_ALLOWED = 517,
	PH_LIMIT_REACHED = 520,
	PH_BAD_TOPIC = 524,
	PH_NO_METHOD = 529,
	PH_UNKNOWN_COMMAND = 598,
	PH_SYNTAX = 599,
};

/*
 * A whole line, "code:sentence".  A final code of 400 and more makes the
 * report's form "error"; who means another sets it afterwards.
 */
void ph_say(struct ph *ph, int code, const char *sentence);

/*
 * "code:subject:sentence", the subject being the client's own words, of which
 * long ones are cut.
 */
void ph_say_of(struct ph *ph, int code, struct span subject,
    const char *sentence);

/* In pieces: "code:", then "number:" and "text" as needed, then the end. */
void ph_begin_line(struct ph *ph, int code);
void ph_add_number(struct ph *ph, unsigned number);
void ph_add_text(struct ph *ph, struct span text);
void ph_add_string(struct ph *ph, const char *text);
void ph_end_line(struct ph *ph);

#endif

/*
 * Inside the PH face (RFC 2378, after UIUC's qi): one command being answered.
 *
 * ph.c takes the line apart, finds the command in its table and calls it.  A
 * command reads ph->line.arguments, writes its lines with proto/ph_reply and
 * says in ph->report what the log is to say.  It is finished by its only line
 * with a code of 200 or more and no minus before it.
 *
 * Adding a command is one function and one line in the table of ph.c.
 */

#ifndef PROTO_PH_H
#define PROTO_PH_H

#include "base/attr.h"
#include "proto/face.h"
#include "proto/ph_line.h"
#include "proto/ph_set.h"

#include <stdbool.h>

struct answer;
struct buf;

struct ph {
	const struct face_worker *worker;
	struct ph_session session; /* kept for the next command */
	struct ph_line line;
	struct buf *out;
	struct face_report *report;
	enum face_next next; /* FACE_GO_ON at first */
	bool too_large; /* set: the answer so far becomes a refusal */
};

/* One command; ph->line is read, and the report's form is "session". */
typedef void ph_command(struct ph *ph);

/*
 * Begin reading (proto/answer).  False: the client was told that the directory
 * cannot be read, 475, and there is nothing to end.
 */
bool ph_begin_answer(struct ph *ph, struct answer *answer) MUST_CHECK;

/* The same refusal, for what fails later; `fault` is for the administrator. */
void ph_fail(struct ph *ph, const struct fault *fault);

#endif

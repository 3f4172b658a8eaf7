/*
 * Transcripts: what a client sends and what it must be answered.
 *
 *   # a comment
 *   C: smith*          this line, then CR LF
 *   C| smith           these bytes and the end of the input
 *   --                 the client hangs up, perhaps because the server has
 *   S: text            a line of the answer, exactly
 *   S~ regex           a line that matches, a POSIX extended expression
 *   S...               any number of lines
 *
 * The expected lines are the whole answer: the end of it is the end of the
 * connection, or of a command's answer in a session.  A session goes on until
 * the client hangs up, which it does at the end of the file.  \xNN, \r, \n, \t
 * and \\ stand for bytes in C and S: lines.
 *
 * Every answer must also be valid UTF-8 without control characters, in lines
 * that end in CR LF, and one that is not an error end as those of its face do;
 * and the word HIDDEN, which the data keep for nobody, must not be in it.  In a
 * session it may be ISO-8859-1 too, and each line must begin with a code.
 */

#ifndef TESTS_PROTO_SCRIPT_H
#define TESTS_PROTO_SCRIPT_H

#include "base/span.h"

#include <stdbool.h>

/* The whole answer, valid until the next question. */
typedef struct span script_ask(void *context, struct span bytes, bool ended);

/* Who answers. */
struct script_server {
	script_ask *ask;
	void (*hang_up)(void *context);
	void *context;
	const char *closing; /* what every answer ends with; or NULL */
	bool has_codes;      /* each line begins with one, as in PH */
};

struct script_result {
	unsigned passed;
	unsigned failed; /* each told on standard error with file and line */
};

/* A file that cannot be read, or that asks nothing, counts as failed. */
void script_run(const char *path, const struct script_server *server,
    struct script_result *result);

#endif

/*
 * The directory that the tests of this floor ask, made of
 * tests/transcripts/people.csv in a temporary folder.
 */

#ifndef TESTS_PROTO_PEOPLE_H
#define TESTS_PROTO_PEOPLE_H

#include "base/span.h"
#include "proto/face.h"

#include <stdbool.h>

struct directory;

struct people {
	char folder[256];
	struct directory *directory;
	struct face_settings settings;
	struct face_worker worker;
	struct face_report report; /* of the last question */
	struct session session; /* zeros when a connection begins */
	enum face_next next; /* what the last answer said */
	char *memory;
};

/* Dies with a message when the directory cannot be made. */
void people_open(struct people *people);

/* The same with a CSV file and a schema of one's own, as texts. */
void people_open_text(struct people *people, const char *csv,
    const char *schema);

void people_close(struct people *people);

/* Put `byte` over the first one of `text` in the data file. */
void people_damage(struct people *people, const char *text, char byte);

/*
 * Make no page of the data file one that can be read, under whoever has it open
 * and has not asked yet.
 */
void people_ruin(struct people *people);

/*
 * Ask the face as a server would, the bytes coming one by one: frame until
 * there is a request, serve it, and go on with what is left until the face
 * closes.  With `ended` the client has closed its side behind the last byte.
 * The next question is of the same session, unless one of them has closed.
 *
 * All answers, one after the other; empty: the face gave none.  Valid until the
 * next.  Dies when a request would have ended elsewhere had all come at once.
 */
struct span people_ask(struct people *people, const struct face *face,
    struct span bytes, bool ended);

/*
 * For fuzz targets: a whole connection, to people who are there from the first
 * time to the end of the program.
 */
struct span people_ask_any(const struct face *face, struct span bytes);

#endif

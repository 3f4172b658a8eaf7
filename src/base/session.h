/*
 * What a face remembers of one connection from one request to the next.
 *
 * It lies in the table of connections and so is a few words: a silent client
 * costs no more memory in a session than elsewhere.  All zeros when the
 * connection begins; what the words mean only the face knows.
 */

#ifndef BASE_SESSION_H
#define BASE_SESSION_H

#include <stdint.h>

struct session {
	uint64_t words[2];
};

#endif

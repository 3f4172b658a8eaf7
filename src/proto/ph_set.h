/*
 * What a PH session remembers: the options of the command `set`.
 *
 * They fit into a few bits of the connection (base/session.h), so that a silent
 * session costs nothing more.  What the client has not set is what the
 * administrator has, even after a reload.
 */

#ifndef PROTO_PH_SET_H
#define PROTO_PH_SET_H

#include "text/charset.h"

#include <stdbool.h>

struct face_settings;
struct ph;
struct session;

enum ph_option {
	PH_OPTION_ECHO,     /* repeat each command before its answer */
	PH_OPTION_VERBOSE,  /* tell what `set` does */
	PH_OPTION_ADDONLY,  /* these three change nothing here: nothing can */
	PH_OPTION_NOLOG,    /* be changed, the log is the administrator's, */
	PH_OPTION_EXTERNAL, /* and nobody else is asked */
	PH_OPTIONS,
};

struct ph_session {
	bool options[PH_OPTIONS];
	unsigned limit; /* as set; 0: it was not */
	enum charset charset;
	bool has_charset; /* it was set */
};

void ph_session_load(struct ph_session *session,
    const struct session *connection, const struct face_settings *settings);
void ph_session_store(const struct ph_session *session,
    struct session *connection);

/* Entries that may be shown: a client may only lower what the server allows. */
unsigned ph_limit(const struct ph *ph);

/* The command. */
void ph_set(struct ph *ph);

#endif

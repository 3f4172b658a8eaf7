/*
 * A face: one protocol, as bytes in and bytes out.
 *
 * A face does no I/O and knows no socket.  It is asked two things: where a
 * request ends, and what to answer.  Adding a face is one file, which defines
 * `face_NAME`, and one line in face_list.h.
 */

#ifndef PROTO_FACE_H
#define PROTO_FACE_H

#include "base/addr.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/session.h"
#include "base/span.h"
#include "proto/face_list.h"
#include "text/charset.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct reader;
struct viewer;

/* Bytes of a text that the administrator chose, with its NUL. */
enum { FACE_TEXT_MAX = 128, FACE_DOMAINS_MAX = 256 };

/*
 * The same for all requests; read by every worker, changed by none.  Texts are
 * valid UTF-8 without control characters, and may be empty.
 */
struct face_settings {
	unsigned shown_max;        /* short forms in one answer: 50 */
	uint64_t postings_max;     /* budget of one search */
	const char *version;

	unsigned ph_shown_max;     /* entries in one answer of PH: 25 */
	enum charset ph_charset;   /* of sessions that ask for none */
	char maildomain[FACE_TEXT_MAX]; /* where logins are mailboxes */
	char administrator[FACE_TEXT_MAX]; /* mailbox of who can help */

	char finger_domains[FACE_DOMAINS_MAX]; /* our own, blanks between */
};

/* What one worker lends to the request it is serving. */
struct face_worker {
	const struct face_settings *settings;
	struct reader *reader;
	struct arena *arena; /* reset by the caller before each request */
	const struct viewer *viewer; /* who asks */
};

/*
 * For the log: one transaction.  Its form is "long", "short", "none" (no hits),
 * "limit" (more hits than are shown), "help", "session" (nobody was asked for)
 * or "error".
 */
struct face_report {
	struct span query;  /* as received; in the input, or the arena */
	const char *form;
	uint64_t hits;
	const char *rung;   /* "" when no search was made */
	struct fault fault; /* the directory failed: not told to the client */
};

struct face_request {
	struct span bytes;       /* as framed */
	bool too_long;           /* `bytes` is what has come so far */
	struct session *session; /* of this connection; zeros at first */
};

enum face_next {
	FACE_CLOSE, /* the answer is complete: close when it is sent */
	FACE_GO_ON, /* a session: more requests may follow */
};

/* Where a request ends in what has come so far. */
enum face_frame {
	FACE_FRAME_MORE,     /* not yet */
	FACE_FRAME_WHOLE,    /* `*length` bytes are a request */
	FACE_FRAME_TOO_LONG, /* it will never be one: serve() refuses it */
	FACE_FRAME_EMPTY,    /* the client ended without asking: close */
};

struct face {
	const char *name;     /* "whois" in LISTEN and in the log */
	const char *service;  /* for getservbyname(), with `port` as fallback */
	uint16_t port;
	size_t request_max;   /* bytes of one request */

	/* Pure and cheap: called in the listener's thread. */
	enum face_frame (*frame)(struct span input, bool ended,
	    size_t *length);

	/*
	 * Answer one request as framed, or the too long one.  Opens and ends
	 * the read transaction itself, writes into `out` only and fills in
	 * the whole report.
	 */
	enum face_next (*serve)(const struct face_worker *worker,
	    const struct face_request *request, struct buf *out,
	    struct face_report *report);

	/*
	 * A whole answer that says no more than this sentence, to a client
	 * that is not served.  Pure and cheap, as above.  What is safe to send
	 * becomes at most FACE_REFUSAL_EXTRA bytes longer.
	 */
	void (*refuse)(const char *sentence, struct buf *out);
};

/* NULL: there is no such face. */
const struct face *face_find(struct span name);

/* The same for a name that somebody chose; the fault says what he could have. */
enum err face_choose(const struct face **face, struct span name,
    struct fault *fault) MUST_CHECK;

/* "whois, ph and finger": those that there are, for people. */
void face_add_names(struct buf *out);

#define FACE_DECLARE(name) extern const struct face face_##name;
FACE_LIST(FACE_DECLARE)
#undef FACE_DECLARE

/* All of them, ended by NULL. */
extern const struct face *const faces[];

/* Worker memory that every face can rely on. */
enum { FACE_ARENA_BYTES = 4 << 20, FACE_OUTPUT_BYTES = 1 << 20 };

enum { FACE_REFUSAL_EXTRA = 64 };

#endif

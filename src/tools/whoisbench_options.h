/* The command line of whoisbench. */

#ifndef TOOLS_WHOISBENCH_OPTIONS_H
#define TOOLS_WHOISBENCH_OPTIONS_H

#include "base/attr.h"
#include "base/err.h"
#include "bench/mix.h"
#include "bench/protocol.h"
#include "bench/summary.h"

#include <stdbool.h>
#include <stdint.h>

struct whoisbench_options {
	const char *host;
	const char *port; /* of the protocol, where nothing else is said */
	enum protocol_name protocol;
	const char *questions; /* the path of a file, or NULL */
	char **words;          /* a question, up to NULL; perhaps none */
	const char *check;     /* a regular expression, or NULL */
	bool at_random;

	const char *from; /* the directory that the questions are about */
	struct mix mix;
	double skew;
	bool verified;
	uint64_t question_count; /* that are made before they are asked */
	uint64_t print_count;    /* 0: they are asked, not printed */
	const char *about_from;  /* the last option that is nothing without */

	uint64_t seed;
	uint64_t clients;
	uint64_t session;  /* questions a connection; 0: as many as there are */
	bool has_session;  /* it was said how many */
	uint64_t pipeline; /* of them, that wait for answers */
	uint64_t threads;
	uint64_t rate;
	uint64_t count;
	uint64_t period_ms;
	uint64_t warm_up_ms;
	uint64_t patience_ms;
	uint64_t idle;
	uint64_t slow;
	uint64_t sources; /* 0: as it comes */
	uint64_t pid;     /* 0: to be found */
	enum summary_form form;
	bool wants_help;
	bool wants_version;
};

/*
 * ERR_USAGE, with a sentence, when it is at fault.  The options borrow from
 * argv, which is put in another order.
 */
enum err whoisbench_options_read(struct whoisbench_options *options, int argc,
    char **argv, struct fault *fault) MUST_CHECK;

#endif

/* The client: options and query, then one call. */

#include <config.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"
#include "proto/client.h"
#include "sys/clock.h"
#include "sys/standard.h"
#include "tools/follow.h"
#include "tools/report.h"

#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	QUERY_MAX = 2048,
	SECONDS = 60,
	SECONDS_MAX = 24 * 60 * 60,
};

struct request {
	struct server_name server;
	bool is_named; /* by -h */
	const char *port; /* -p, for a server without one */
	uint64_t seconds;
	char query_memory[QUERY_MAX];
	struct buf query;
};

static int
print_help(void)
{
	puts("usage: whois [-h HOST[:PORT]] [-p PORT] [-t SECONDS] QUERY...\n"
	    "\n"
	    "  -h HOST[:PORT]  the server to ask; else $WHOIS_SERVER, else "
	    "localhost\n"
	    "  -p PORT         its port, a number or a service: whois\n"
	    "  -t SECONDS      how long all of it may take: 60\n"
	    "\n"
	    "The manual is whois(1).");
	return report_output(ERR_NONE);
}

static int
print_version(void)
{
	puts("whois (whoisd) " PACKAGE_VERSION);
	return report_output(ERR_NONE);
}

/* This and those below: ERR_NONE, or the exit status with the reason said. */
static int
set_server(struct request *request, const char *name, const char *whose)
{
	if (server_name_parse(&request->server, span_from(name)))
		return ERR_NONE;
	return report(ERR_USAGE, "%s is not HOST or HOST:PORT: \"%s\"", whose,
	    name);
}

static int
set_default_server(struct request *request)
{
	const char *name = getenv("WHOIS_SERVER");

	return set_server(request,
	    name != NULL && name[0] != '\0' ? name : "localhost",
	    "WHOIS_SERVER");
}

/* Cut short it would be another port. */
static int
set_port(struct request *request, const char *port)
{
	if (port[0] == '\0' || strlen(port) >= SERVER_PORT_MAX)
		return report(ERR_USAGE, "-p is not a port: \"%s\"", port);
	request->port = port;
	return ERR_NONE;
}

static int
take_option(struct request *request, int option, char **argv)
{
	switch (option) {
	case 'h':
		request->is_named = true;
		return set_server(request, optarg, "-h");
	case 'p':
		return set_port(request, optarg);
	case 't':
		if (parse_number(&request->seconds, optarg, 1, SECONDS_MAX))
			return ERR_NONE;
		return report(ERR_USAGE, "-t wants a number of seconds from 1"
		    " to %d", SECONDS_MAX);
	default:
		return report_option(option, argv);
	}
}

/* The words that are left, joined by one blank. */
static int
take_query(struct request *request, char **words)
{
	buf_init(&request->query, request->query_memory,
	    sizeof request->query_memory);
	for (char **word = words; *word != NULL; word++) {
		if (word != words)
			buf_add_char(&request->query, ' ');
		buf_add_string(&request->query, *word);
	}
	if (request->query.overflowed)
		return report(ERR_USAGE, "the query is longer than %d bytes",
		    QUERY_MAX);
	if (!client_query_is_safe(buf_span(&request->query)))
		return report(ERR_USAGE,
		    "the query holds a control character");
	if (span_trim(buf_span(&request->query)).length == 0)
		return report(ERR_USAGE, "what to ask for is missing; "
		    "try --help");
	return ERR_NONE;
}

static int
read_command_line(struct request *request, int argc, char **argv)
{
	int option, status = ERR_NONE;

	opterr = 0;
	/* Options end where the query begins: it may hold words like -x. */
	while (status == ERR_NONE &&
	    (option = getopt(argc, argv, "+:h:p:t:")) != -1)
		status = take_option(request, option, argv);
	if (status == ERR_NONE && !request->is_named)
		status = set_default_server(request);
	return status == ERR_NONE ? take_query(request, argv + optind) :
	    status;
}

/* Behind the deadline of the sockets: the resolver has none of its own. */
static void
give_up(int number)
{
	static const char sentence[] = "whois: no answer in time\n";

	(void)number;
	(void)!write(STDERR_FILENO, sentence, sizeof sentence - 1);
	_exit(ERR_WORLD);
}

int
main(int argc, char **argv)
{
	struct request request = { .seconds = SECONDS };
	struct server_name *server = &request.server;
	int status;

	standard_fill();
	setlocale(LC_CTYPE, ""); /* for host names that are not ASCII */
	signal(SIGPIPE, SIG_DFL);
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return print_help();
	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return print_version();
	status = read_command_line(&request, argc, argv);
	if (status != ERR_NONE)
		return status;
	if (server->port[0] == '\0' && request.port != NULL)
		snprintf(server->port, sizeof server->port, "%s", request.port);
	signal(SIGALRM, give_up);
	alarm((unsigned)request.seconds + 1);
	return report_output(follow(server, request.is_named,
	    buf_span(&request.query),
	    clock_monotonic_ms() + 1000 * request.seconds));
}

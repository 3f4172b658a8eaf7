/* whoisd(8): options, then one call. */

#include <config.h>

#include "proto/face.h"
#include "server/check.h"
#include "server/config.h"
#include "server/daemon.h"
#include "server/inetd.h"
#include "server/server.h"
#include "sys/standard.h"
#include "tools/report.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct options {
	struct config_source source;
	const char *inetd_face;
	bool inetd, test, detach, check;
	bool done; /* --help or --version was answered */
	char folder[4096]; /* that `source` borrows */
};

enum {
	OPTION_CHECK = 256,
	OPTION_TEST,
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_CONTROL,
};

static const struct option long_options[] = {
	{ "check-config", no_argument, NULL, OPTION_CHECK },
	{ "control", required_argument, NULL, OPTION_CONTROL },
	{ "test", no_argument, NULL, OPTION_TEST },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ "version", no_argument, NULL, OPTION_VERSION },
	{ NULL, 0, NULL, 0 },
};

static const char usage[] =
    "usage: whoisd [-D] [-d DIR] [-c FILE] [-l FACE:ADDRESS:PORT]... "
    "[-w WORKERS]\n"
    "              [--control PATH]\n"
    "       whoisd -i [-d DIR] [-c FILE] [-l FACE] [--test]\n"
    "       whoisd --check-config [-d DIR] [-c FILE] "
    "[-l FACE:ADDRESS:PORT]...\n"
    "       whoisd --help | --version\n"
    "  -d DIR   the directory, as `whoisctl load` makes it\n"
    "  -c FILE  the configuration, see whoisd.conf(5)\n"
    "  -l ...   listen here; again for more; -i: the face to show\n"
    "  -w N     threads that answer\n"
    "  --control PATH\n"
    "           the socket that whoisctl stats asks; empty: none\n"
    "  -D       detach from the terminal\n"
    "  -i       serve the connection on standard input, for inetd\n"
    "  --test   let -i take a pipe or a terminal\n";

static void
print_usage(void)
{
	char memory[256];
	struct buf faces_there_are;

	buf_init(&faces_there_are, memory, sizeof memory);
	face_add_names(&faces_there_are);
	printf("%s  FACE     %.*s\n", usage, (int)faces_there_are.length,
	    faces_there_are.data);
}

static enum err
take_workers(struct options *options, const char *text, struct fault *fault)
{
	uint64_t count;

	if (!parse_number(&count, text, 1, CONFIG_WORKERS_MAX))
		return fault_set(fault, ERR_USAGE,
		    "-w: workers must be between 1 and %d, not \"%s\"",
		    CONFIG_WORKERS_MAX, text);
	options->source.workers = (unsigned)count;
	return ERR_NONE;
}

static enum err
take_listen(struct options *options, const char *text, struct fault *fault)
{
	struct config_source *source = &options->source;

	if (source->listen_count == CONFIG_LISTENS_MAX)
		return fault_set(fault, ERR_USAGE,
		    "-l: there may be at most %d", CONFIG_LISTENS_MAX);
	source->listens[source->listen_count++] = text;
	return ERR_NONE;
}

static enum err
take_option(struct options *options, int option, char **argv,
    struct fault *fault)
{
	switch (option) {
	case 'd':
		options->source.directory = optarg;
		return ERR_NONE;
	case 'c':
		options->source.path = optarg;
		return ERR_NONE;
	case 'l':
		return take_listen(options, optarg, fault);
	case 'w':
		return take_workers(options, optarg, fault);
	case 'D':
		options->detach = true;
		return ERR_NONE;
	case 'i':
		options->inetd = true;
		return ERR_NONE;
	case OPTION_TEST:
		options->test = true;
		return ERR_NONE;
	case OPTION_CHECK:
		options->check = true;
		return ERR_NONE;
	case OPTION_CONTROL:
		options->source.control = optarg;
		return ERR_NONE;
	case OPTION_HELP:
		options->done = true;
		print_usage();
		return ERR_NONE;
	case OPTION_VERSION:
		options->done = true;
		puts("whoisd " PACKAGE_VERSION);
		return ERR_NONE;
	default:
		return refuse_option(option, argv, fault);
	}
}

/* With -i the one -l is a face; it must not be taken for an address. */
static enum err
settle_options(struct options *options, struct fault *fault)
{
	struct config_source *source = &options->source;

	if (options->inetd && options->detach)
		return fault_set(fault, ERR_USAGE, "-i and -D exclude "
		    "each other: inetd waits for nobody");
	if (options->test && !options->inetd)
		return fault_set(fault, ERR_USAGE, "--test belongs to -i");
	if (!options->inetd)
		return ERR_NONE;
	if (source->listen_count > 1)
		return fault_set(fault, ERR_USAGE,
		    "-i serves one face: give one -l FACE");
	options->inetd_face = source->listen_count ? source->listens[0] :
	    "whois";
	source->listen_count = 0;
	return ERR_NONE;
}

static enum err
parse_options(struct options *options, int argc, char **argv,
    struct fault *fault)
{
	enum err err = ERR_NONE;
	int option;

	opterr = 0;
	while (err == ERR_NONE && !options->done &&
	    (option = getopt_long(argc, argv, ":d:c:l:w:Di", long_options,
	    NULL)) != -1)
		err = take_option(options, option, argv, fault);
	if (err != ERR_NONE || options->done)
		return err;
	if (optind < argc)
		return fault_set(fault, ERR_USAGE,
		    "\"%s\" is not an option; try --help",
		    argv[optind]);
	return settle_options(options, fault);
}

static enum err
run_inetd(const struct options *options, const struct config *config,
    struct fault *fault)
{
	const struct face *face;

	if (face_choose(&face, span_from(options->inetd_face), fault) !=
	    ERR_NONE) {
		fault->code = ERR_USAGE;
		return fault_prefix(fault, "-l");
	}
	return inetd_run(config, face, options->test, fault);
}

/* The parent's exit status is the child's, which has said why. */
static enum err
run_detached(const struct options *options, const struct config *config,
    struct fault *fault)
{
	struct daemon daemon;
	int status = ERR_WORLD;
	enum err err;

	switch (daemon_detach(&daemon, &status, fault)) {
	case DAEMON_FAILED:
		return ERR_WORLD;
	case DAEMON_PARENT:
		exit(status);
	case DAEMON_CHILD:
		break;
	}
	err = server_run(config, &options->source, &daemon, fault);
	if (err != ERR_NONE)
		report_fault(fault);
	daemon_failed(&daemon, (int)err);
	exit((int)err);
}

static enum err
run(struct options *options, struct config *config, struct fault *fault)
{
	enum err err;

	/* Detached we stand in "/", and SIGHUP reads the file again. */
	if (options->detach &&
	    getcwd(options->folder, sizeof options->folder) != NULL)
		options->source.folder = options->folder;
	err = config_gather(config, &options->source, fault);
	if (err != ERR_NONE)
		return err;
	if (options->check)
		return check_start(config, &options->source, fault);
	if (options->inetd)
		return run_inetd(options, config, fault);
	if (options->detach)
		return run_detached(options, config, fault);
	return server_run(config, &options->source, NULL, fault);
}

/* NULL: there is none of that name, or the command line has not been read. */
static const struct face *
find_inetd_face(const struct options *options)
{
	return options->inetd_face == NULL ? NULL :
	    face_find(span_from(options->inetd_face));
}

int
main(int argc, char **argv)
{
	static struct config config;
	struct options options = { 0 };
	struct fault fault;
	enum err err;

	standard_fill();
	err = parse_options(&options, argc, argv, &fault);
	if (err == ERR_NONE && !options.done)
		err = run(&options, &config, &fault);
	if (err != ERR_NONE && options.inetd)
		inetd_report(find_inetd_face(&options), &fault);
	else if (err != ERR_NONE)
		report_fault(&fault);
	return (int)err;
}

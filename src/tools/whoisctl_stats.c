/* What a running server has counted. */

#include "tools/command.h"

#include "tools/page.h"
#include "tools/report.h"

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>

enum { OPTION_CONTROL = 256, OPTION_PROMETHEUS };

static const struct option long_options[] = {
	{ "control", required_argument, NULL, OPTION_CONTROL },
	{ "prometheus", no_argument, NULL, OPTION_PROMETHEUS },
	{ NULL, 0, NULL, 0 },
};

struct stats_options {
	struct page_source source;
	bool prometheus;
};

static enum err
read_options(struct stats_options *options, int argc, char **argv,
    struct fault *fault)
{
	int option;

	while ((option = getopt_long(argc, argv, ":d:", long_options,
	    NULL)) != -1) {
		switch (option) {
		case 'd':
			options->source.directory = optarg;
			break;
		case OPTION_CONTROL:
			options->source.control = optarg;
			break;
		case OPTION_PROMETHEUS:
			options->prometheus = true;
			break;
		default:
			return refuse_option(option, argv, fault);
		}
	}
	if (optind == argc)
		return ERR_NONE;
	return fault_set(fault, ERR_USAGE, "stats wants no \"%s\"; try --help",
	    argv[optind]);
}

int
command_stats(int argc, char **argv)
{
	static struct page page;
	struct stats_options options = { 0 };
	char path[PAGE_PATH_MAX];
	struct fault fault;
	enum err err = read_options(&options, argc, argv, &fault);

	if (err == ERR_NONE)
		err = page_find(path, &options.source, &fault);
	if (err == ERR_NONE)
		err = page_ask(&page, path,
		    options.prometheus ? "stats prometheus" : "stats", &fault);
	if (err != ERR_NONE)
		return report_fault(&fault);
	page_show((struct span){ page.text, page.length });
	return report_output(ERR_NONE);
}

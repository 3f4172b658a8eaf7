#include "tools/command.h"

#include "dir/load.h"
#include "tools/report.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	MEMORY_MB = 512,
	MEMORY_MB_MAX = 1 << 24,
	OPTION_MEMORY = 256,
	OPTION_SKIP_BAD,
	OPTION_TIMINGS,
};

struct command {
	struct load_settings settings;
	bool timings; /* of the phases are printed */
};

static int
take_format(struct load_settings *settings, const char *name)
{
	if (strcmp(name, "csv") == 0)
		settings->format = LOAD_CSV;
	else if (strcmp(name, "ldif") == 0)
		settings->format = LOAD_LDIF;
	else
		return report(ERR_USAGE, "-f wants csv or ldif, not \"%s\"",
		    name);
	return ERR_NONE;
}

static int
take_memory(struct load_settings *settings, const char *text)
{
	const uint64_t least = LOAD_MEMORY_MIN >> 20;
	uint64_t megabytes;

	if (!parse_number(&megabytes, text, least, MEMORY_MB_MAX))
		return report(ERR_USAGE, "--memory wants a number of MB from"
		    " %" PRIu64 " to %d, not \"%s\"", least, MEMORY_MB_MAX,
		    text);
	settings->memory_bytes = (size_t)megabytes << 20;
	return ERR_NONE;
}

static int
take_option(struct command *command, int option, char **argv)
{
	struct load_settings *settings = &command->settings;

	switch (option) {
	case 'd':
		settings->directory = optarg;
		return ERR_NONE;
	case 'f':
		return take_format(settings, optarg);
	case 's':
		settings->schema_path = optarg;
		return ERR_NONE;
	case OPTION_MEMORY:
		return take_memory(settings, optarg);
	case OPTION_SKIP_BAD:
		settings->skip_bad = true;
		return ERR_NONE;
	case OPTION_TIMINGS:
		command->timings = true;
		return ERR_NONE;
	default:
		return report_option(option, argv);
	}
}

static int
take_options(struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "memory", required_argument, NULL, OPTION_MEMORY },
		{ "skip-bad", no_argument, NULL, OPTION_SKIP_BAD },
		{ "timings", no_argument, NULL, OPTION_TIMINGS },
		{ NULL, 0, NULL, 0 },
	};
	struct load_settings *settings = &command->settings;
	int option, status = ERR_NONE;

	while (status == ERR_NONE && (option = getopt_long(argc, argv,
	    ":d:f:s:", options, NULL)) != -1)
		status = take_option(command, option, argv);
	if (status != ERR_NONE)
		return status;
	if (settings->directory == NULL)
		return report(ERR_USAGE, "load wants -d DIR; try --help");
	if (optind == argc)
		return report(ERR_USAGE, "load wants a FILE, or - for standard"
		    " input; try --help");
	settings->files = (const char *const *)argv + optind;
	settings->file_count = (size_t)(argc - optind);
	return ERR_NONE;
}

static void
print_summary(const struct load_summary *summary)
{
	double rate = summary->seconds > 0 ?
	    (double)summary->entries / summary->seconds : 0;

	printf("generation: %s\n", summary->generation);
	printf("entries: %" PRIu64 "\n", summary->entries);
	printf("skipped: %" PRIu64 " (not people %" PRIu64 ", bad %" PRIu64
	    ")\n", summary->not_people + summary->bad, summary->not_people,
	    summary->bad);
	printf("taken as ISO-8859-1: %" PRIu64 "\n", summary->latin1);
	printf("generated keys: %" PRIu64 "\n", summary->generated_keys);
	printf("hiding unknown attributes: %" PRIu64 "\n",
	    summary->hides_unknown);
	printf("terms: %" PRIu64 "\n", summary->terms);
	printf("bytes: %" PRIu64 "\n", summary->size_bytes);
	printf("seconds: %.2f\n", summary->seconds);
	printf("rate: %.0f\n", rate);
}

static void
print_timings(const struct load_summary *summary)
{
	for (unsigned i = 0; i < summary->phase_count; i++) {
		const struct load_phase *phase = &summary->phases[i];

		printf("%s: %.2f seconds, %.2f of processors\n", phase->name,
		    phase->seconds, phase->processor_seconds);
	}
}

int
command_load(int argc, char **argv)
{
	struct command command = { .settings = {
		.memory_bytes = (size_t)MEMORY_MB << 20,
		.progress = isatty(STDERR_FILENO) == 1 ? stderr : NULL,
		.messages = stderr,
	} };
	struct load_summary summary;
	struct fault fault;
	int status = take_options(&command, argc, argv);

	if (status != ERR_NONE)
		return status;
	if (load_run(&command.settings, &summary, &fault) != ERR_NONE)
		return report_fault(&fault);
	print_summary(&summary);
	if (command.timings)
		print_timings(&summary);
	return report_output(ERR_NONE);
}

#include "tools/command.h"

#include "base/buf.h"
#include "sample/sample.h"
#include "tools/report.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { OUTPUT_BYTES = 256 * 1024, DEFAULT_SEED = 1, OPTION_SEED = 256 };

static int
put(struct buf *out)
{
	size_t written = 0;

	while (written < out->length) {
		ssize_t n = write(STDOUT_FILENO, out->data + written,
		    out->length - written);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return report(ERR_WORLD, "standard output: %s",
			    strerror(errno));
		written += (size_t)n;
	}
	buf_rewind(out, 0);
	return ERR_NONE;
}

static int
put_people(struct sample *sample, uint64_t count)
{
	static char memory[OUTPUT_BYTES];
	struct buf out;
	int status = ERR_NONE;

	buf_init(&out, memory, sizeof memory);
	sample_add_header(&out);
	for (uint64_t i = 0; i < count && status == ERR_NONE; i++) {
		if (sizeof memory - out.length < SAMPLE_ROW_MAX)
			status = put(&out);
		sample_add_person(sample, &out);
	}
	return status == ERR_NONE ? put(&out) : status;
}

int
command_sample(int argc, char **argv)
{
	static const struct option options[] = {
		{ "seed", required_argument, NULL, OPTION_SEED }, { 0 },
	};
	uint64_t seed = DEFAULT_SEED, count;
	struct sample *sample;
	int option, status;

	while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (option != OPTION_SEED)
			return report_option(option, argv);
		if (!parse_number(&seed, optarg, 0, UINT64_MAX))
			return report(ERR_USAGE, "%s is not a seed: a number "
			    "below 2^64 is wanted", optarg);
	}
	if (argc - optind != 1)
		return report(ERR_USAGE, "sample wants how many people to make"
		    " up; try --help");
	if (!parse_number(&count, argv[optind], 0, SAMPLE_PEOPLE_MAX))
		return report(ERR_USAGE, "%s is not a number of people from 0"
		    " to %d", argv[optind], SAMPLE_PEOPLE_MAX);
	sample = sample_new(seed);
	status = put_people(sample, count);
	sample_free(&sample);
	return status;
}

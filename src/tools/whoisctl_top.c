/* What a running server is doing, again and again. */

#include "tools/command.h"

#include "sys/clock.h"
#include "sys/samples.h"
#include "tools/page.h"
#include "tools/report.h"

#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { OPTION_CONTROL = 256, OPTION_COUNT };

static const struct option long_options[] = {
	{ "control", required_argument, NULL, OPTION_CONTROL },
	{ "count", required_argument, NULL, OPTION_COUNT },
	{ NULL, 0, NULL, 0 },
};

struct top_options {
	struct page_source source;
	uint64_t interval_s;
	uint64_t count; /* of pictures; 0: without end */
};

static enum err
take_number(uint64_t *number, const char *name, uint64_t most,
    struct fault *fault)
{
	if (parse_number(number, optarg, 1, most))
		return ERR_NONE;
	return fault_set(fault, ERR_USAGE, "%s must be between 1 and %ju, "
	    "not \"%s\"", name, (uintmax_t)most, optarg);
}

static enum err
take_option(struct top_options *options, int option, char **argv,
    struct fault *fault)
{
	switch (option) {
	case 'd':
		options->source.directory = optarg;
		return ERR_NONE;
	case 'n':
		return take_number(&options->interval_s, "-n", 3600, fault);
	case OPTION_CONTROL:
		options->source.control = optarg;
		return ERR_NONE;
	case OPTION_COUNT:
		return take_number(&options->count, "--count", 1000000, fault);
	default:
		return refuse_option(option, argv, fault);
	}
}

static enum err
read_options(struct top_options *options, int argc, char **argv,
    struct fault *fault)
{
	enum err err = ERR_NONE;
	int option;

	while (err == ERR_NONE && (option = getopt_long(argc, argv, ":d:n:",
	    long_options, NULL)) != -1)
		err = take_option(options, option, argv, fault);
	if (err == ERR_NONE && optind < argc)
		return fault_set(fault, ERR_USAGE,
		    "top wants no \"%s\"; try --help", argv[optind]);
	return err;
}

/* What was read at one moment. */
struct moment {
	uint64_t read_ms;
	struct samples samples;
};

/* The picture: what came between two moments. */
struct picture {
	const struct samples *before, *now;
	double seconds;
	bool on_terminal;
	unsigned lines_left; /* on the screen */
};

/* The rest of what stood in the line goes away. */
static void
end_line(struct picture *picture)
{
	fputs(picture->on_terminal ? "\033[K\n" : "\n", stdout);
	if (picture->lines_left > 0)
		picture->lines_left--;
}

/* "# serving ..." and "# stale ..." */
static void
show_notes(struct picture *picture, const struct page *page)
{
	struct span rest = { page->text, page->length };

	while (rest.length > 0) {
		struct span line = span_cut(&rest, '\n');

		if (!span_starts_with(line, span_from("# serving ")) &&
		    !span_starts_with(line, span_from("# stale ")))
			continue;
		page_show(span_skip(line, 2));
		end_line(picture);
	}
}

static void
show_times(struct picture *picture)
{
	double half, most;

	if (samples_quantile(picture->before, picture->now, 0.5, &half) &&
	    samples_quantile(picture->before, picture->now, 0.99, &most)) {
		printf("half of the answers within %.3f ms, 99 %% within "
		    "%.3f ms", half * 1e3, most * 1e3);
		end_line(picture);
	}
}

static void
show_sample(struct picture *picture, unsigned index)
{
	const struct sample *sample = &picture->now->samples[index];
	double growth = samples_growth(picture->before, picture->now, index);

	if (sample->kind == COUNTER_KIND_COUNTER)
		printf("%-20s %12.1f %16.0f", sample->name,
		    growth / picture->seconds, sample->value);
	else
		printf("%-20s %12s %16.0f", sample->name, "", sample->value);
	end_line(picture);
}

/* Only what ever happened: the rest would hide it. */
static void
show_samples(struct picture *picture)
{
	printf("%-20s %12s %16s", "", "per second", "total or now");
	end_line(picture);
	for (unsigned i = 0; i < picture->now->count; i++)
		if (picture->now->samples[i].value > 0 &&
		    picture->lines_left > 1)
			show_sample(picture, i);
}

static void
show_picture(struct picture *picture, const struct page *page)
{
	if (picture->on_terminal)
		fputs("\033[H", stdout);
	show_notes(picture, page);
	show_times(picture);
	show_samples(picture);
	fputs(picture->on_terminal ? "\033[J" : "\n", stdout);
}

static unsigned
count_lines(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row < 5)
		return SAMPLES_MAX;
	return size.ws_row;
}

/* Since the moment before; the first time, since the server began. */
static double
seconds_between(const struct moment *before, const struct moment *now)
{
	const struct sample *up = samples_find(&now->samples, "uptime_s");
	double seconds = (double)(now->read_ms - before->read_ms) / 1e3;

	if (before->read_ms == 0)
		seconds = up != NULL ? up->value : 0;
	return seconds > 0.001 ? seconds : 1;
}

static enum err
look(struct moment *now, const struct moment *before, const char *path,
    struct fault *fault)
{
	static struct page page;
	struct picture picture = {
		.before = &before->samples,
		.now = &now->samples,
		.on_terminal = isatty(STDOUT_FILENO) == 1,
		.lines_left = count_lines(),
	};
	enum err err = page_ask(&page, path, "stats prometheus", fault);

	if (err != ERR_NONE)
		return err;
	now->read_ms = clock_monotonic_ms();
	samples_read(&now->samples, (struct span){ page.text, page.length });
	picture.seconds = seconds_between(before, now);
	show_picture(&picture, &page);
	if (fflush(stdout) != 0 || ferror(stdout))
		return fault_set(fault, ERR_WORLD, "standard output: %s",
		    strerror(errno));
	return ERR_NONE;
}

static enum err
look_again(const struct top_options *options, const char *path,
    struct fault *fault)
{
	static struct moment moments[2];
	const struct timespec interval = { (time_t)options->interval_s, 0 };
	enum err err = look(&moments[0], &moments[1], path, fault);

	for (uint64_t i = 1; err == ERR_NONE &&
	    (options->count == 0 || i < options->count); i++) {
		nanosleep(&interval, NULL);
		err = look(&moments[i % 2], &moments[(i + 1) % 2], path,
		    fault);
	}
	return err;
}

int
command_top(int argc, char **argv)
{
	struct top_options options = { .interval_s = 2 };
	char path[PAGE_PATH_MAX];
	struct fault fault;
	enum err err = read_options(&options, argc, argv, &fault);

	if (err == ERR_NONE)
		err = page_find(path, &options.source, &fault);
	if (err == ERR_NONE && isatty(STDOUT_FILENO) == 1)
		fputs("\033[2J", stdout);
	if (err == ERR_NONE)
		err = look_again(&options, path, &fault);
	return err == ERR_NONE ? ERR_NONE : report_fault(&fault);
}

#include "server/inquiry.h"

#include "base/buf.h"
#include "server/statistics.h"
#include "server/watch.h"

static void
answer_stats(const struct inquiry *inquiry, struct buf *out)
{
	watch_describe(inquiry->watch, out);
	statistics_print(inquiry->statistics, COUNTERS_FORM_TEXT, out);
}

static void
answer_prometheus(const struct inquiry *inquiry, struct buf *out)
{
	watch_describe(inquiry->watch, out);
	statistics_print(inquiry->statistics, COUNTERS_FORM_PROMETHEUS, out);
}

static void answer_help(const struct inquiry *inquiry, struct buf *out);

static const struct {
	const char *name, *purpose;
	void (*answer)(const struct inquiry *inquiry, struct buf *out);
} commands[] = {
	{ "stats", "all counters, with what they mean", answer_stats },
	{ "stats prometheus", "the same as Prometheus reads it",
	    answer_prometheus },
	{ "help", "these commands", answer_help },
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static void
answer_help(const struct inquiry *inquiry, struct buf *out)
{
	(void)inquiry;
	for (unsigned i = 0; i < COMMANDS; i++)
		buf_add_format(out, "%-20s %s\n", commands[i].name,
		    commands[i].purpose);
}

static void
refuse(struct span command, struct buf *out)
{
	buf_add_string(out, "error: there is no command \"");
	buf_add_escaped(out, command);
	buf_add_string(out, "\"; try help\n");
}

void
inquiry_answer(void *context, struct span command, struct buf *out)
{
	const struct inquiry *inquiry = context;
	unsigned i = 0;

	while (i < COMMANDS && !span_is(command, commands[i].name))
		i++;
	if (i < COMMANDS)
		commands[i].answer(inquiry, out);
	else
		refuse(command, out);
}

/*
 * Two servers on this machine, asked in turn in short slices that lie close
 * together: whatever else the machine does then, it does to both.
 *
 * bench_pair TURNS SLICE_MS WARM_UP_MS SIDE SIDE
 *
 * A SIDE is PORT:PID:CLIENTS:PROTOCOL:SESSION:PIPELINE:QUESTIONS, as whoisbench
 * takes them.  In each turn both are asked, and who is first changes; each
 * slice begins with a warm-up, and those who then still wait get their answers
 * before the other side is asked.
 *
 * Prints lines "MEASURE RATIO" of the first side to the second: for each turn
 * of the rate and of the 99th percentile, and for all of them of the server's
 * processor time, which the kernel adds up in steps that are long beside a
 * slice.  Then for each side a line of names and a line of values, as
 * whoisbench --csv does, of all slices together.
 */

#include <config.h>

#include "base/buf.h"
#include "bench/latency.h"
#include "bench/processes.h"
#include "bench/protocol.h"
#include "bench/question_list.h"
#include "bench/questions.h"
#include "bench/route.h"
#include "bench/summary.h"
#include "bench/trial.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum { SIDES = 2, TURNS_MAX = 10000, PATIENCE_MS = 10000 };

struct side {
	struct route route;
	struct processes server;
	struct question_list *list;
	struct questions *questions;
	struct trial_settings settings;
	struct trial_result sum, slice;
};

struct pair {
	unsigned turns;
	struct side sides[SIDES];
	struct fault fault;
};

static enum err
read_questions(struct side *side, const char *path, struct fault *fault)
{
	enum err err = question_list_read(&side->list, path, fault);

	if (err == ERR_NONE)
		side->questions = question_list_in_turn(side->list, 0);
	return err;
}

static enum err
read_side(struct side *side, const char *text, struct fault *fault)
{
	char port[8], protocol[8];
	enum protocol_name name;
	struct trial_settings *settings = &side->settings;
	int pid, end = 0;
	enum err err;

	if (sscanf(text, "%7[0-9]:%d:%u:%7[a-z]:%u:%u:%n", port, &pid,
		&settings->clients, protocol, &settings->session,
		&settings->pipeline, &end) != 6 ||
	    end == 0 || settings->clients == 0 || settings->pipeline == 0 ||
	    !protocol_find(&name, protocol))
		return fault_set(fault, ERR_USAGE, "%s is no side", text);
	err = route_find(&side->route, "127.0.0.1", port, fault);
	if (err == ERR_NONE)
		err = read_questions(side, text + end, fault);
	side->server = (struct processes){ 1, { pid } };
	settings->route = &side->route;
	settings->protocol = &protocols[name];
	settings->questions = &side->questions;
	settings->server = &side->server;
	settings->threads = 1;
	settings->patience_ms = PATIENCE_MS;
	return err;
}

static enum err
ask(struct side *side, struct fault *fault)
{
	struct trial_progress progress;
	struct trial *trial;
	enum err err = trial_begin(&trial, &side->settings, fault);

	if (err != ERR_NONE)
		return err;
	while (trial_wait(trial, &progress))
		;
	return trial_end(&trial, &side->slice, fault);
}

/* As if all slices had been one. */
static void
add_slice(struct trial_result *sum, const struct trial_result *slice)
{
	double seconds = sum->seconds + slice->seconds;

	sum->busy =
	    (sum->busy * sum->seconds + slice->busy * slice->seconds) / seconds;
	sum->knows_server =
	    slice->knows_server && (sum->seconds == 0 || sum->knows_server);
	sum->seconds = seconds;
	sum->clients = slice->clients;
	sum->threads = slice->threads;
	sum->offered += slice->offered;
	sum->answered_in_time += slice->answered_in_time;
	for (unsigned i = 0; i < OUTCOMES; i++)
		sum->outcomes[i] += slice->outcomes[i];
	sum->bytes += slice->bytes;
	latency_add_all(&sum->us, &slice->us);
	sum->own_us += slice->own_us;
	sum->server_us += slice->server_us;
	sum->server_user_us += slice->server_user_us;
	sum->server_system_us += slice->server_system_us;
}

static void
print_ratio(const char *measure, double first, double second)
{
	if (second > 0)
		printf("%s %.4f\n", measure, first / second);
}

static double
rate(const struct trial_result *result)
{
	return (double)result->answered_in_time / result->seconds;
}

static void
print_slice_ratios(
    const struct trial_result *first, const struct trial_result *second)
{
	print_ratio("rate", rate(first), rate(second));
	print_ratio("p99_us", (double)latency_permille(&first->us, 990),
	    (double)latency_permille(&second->us, 990));
}

static void
print_processor_ratio(
    const struct trial_result *first, const struct trial_result *second)
{
	print_ratio("server_cpu_us",
	    (double)first->server_us * (double)second->answered_in_time,
	    (double)second->server_us * (double)first->answered_in_time);
}

static void
print_sum(const struct trial_result *sum)
{
	char memory[SUMMARY_BYTES_MAX];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	summary_print(&out, SUMMARY_FORM_CSV, sum);
	assert(!out.overflowed);
	fwrite(out.data, 1, out.length, stdout);
}

static enum err
take_turn(struct pair *pair, unsigned turn)
{
	enum err err = ERR_NONE;

	for (unsigned i = 0; i < SIDES && err == ERR_NONE; i++) {
		struct side *side = &pair->sides[(turn + i) % SIDES];

		err = ask(side, &pair->fault);
		if (err == ERR_NONE)
			add_slice(&side->sum, &side->slice);
	}
	return err;
}

static enum err
run(struct pair *pair)
{
	const struct side *sides = pair->sides;

	for (unsigned i = 0; i < pair->turns; i++) {
		enum err err = take_turn(pair, i);

		if (err != ERR_NONE)
			return err;
		print_slice_ratios(&sides[0].slice, &sides[1].slice);
	}
	print_processor_ratio(&sides[0].sum, &sides[1].sum);
	for (unsigned i = 0; i < SIDES; i++)
		print_sum(&sides[i].sum);
	return ERR_NONE;
}

static enum err
read_pair(struct pair *pair, char **arguments)
{
	unsigned slice_ms = (unsigned)atoi(arguments[1]);
	unsigned warm_up_ms = (unsigned)atoi(arguments[2]);
	enum err err = ERR_NONE;

	pair->turns = (unsigned)atoi(arguments[0]);
	if (pair->turns == 0 || pair->turns > TURNS_MAX || slice_ms == 0)
		return fault_set(&pair->fault, ERR_USAGE,
		    "there is no such number of turns, or of milliseconds");
	for (unsigned i = 0; i < SIDES && err == ERR_NONE; i++) {
		struct side *side = &pair->sides[i];

		err = read_side(side, arguments[3 + i], &pair->fault);
		side->settings.period_ms = slice_ms;
		side->settings.warm_up_ms = warm_up_ms;
	}
	return err;
}

static void
free_pair(struct pair *pair)
{
	for (unsigned i = 0; i < SIDES; i++) {
		questions_free(&pair->sides[i].questions);
		question_list_free(&pair->sides[i].list);
	}
}

int
main(int argc, char **argv)
{
	static struct pair pair;
	enum err err;

	if (argc != 6) {
		fprintf(stderr, "usage: bench_pair TURNS SLICE_MS WARM_UP_MS "
		    "SIDE SIDE\n");
		return ERR_USAGE;
	}
	err = read_pair(&pair, argv + 1);
	if (err == ERR_NONE)
		err = run(&pair);
	free_pair(&pair);
	if (err != ERR_NONE)
		fprintf(stderr, "%s\n", pair.fault.text);
	return (int)err;
}

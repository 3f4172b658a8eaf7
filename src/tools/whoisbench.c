/* The benchmark: options, a trial, and what it found. */

#include <config.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"
#include "bench/latency.h"
#include "bench/processes.h"
#include "bench/question_list.h"
#include "bench/questions.h"
#include "bench/route.h"
#include "bench/summary.h"
#include "bench/trial.h"
#include "sys/standard.h"
#include "tools/report.h"
#include "tools/whoisbench_options.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	QUESTION_MAX = 2048,
	DESCRIPTORS_BESIDE = 64, /* what we need but for clients */
};

static const char default_question[] = "help";

struct bench {
	struct whoisbench_options options;
	struct route route;
	struct processes server;
	struct question_list *list;
	struct questions *questions[TRIAL_THREADS_MAX];
	struct trial_settings settings;
	struct fault fault;
};

static int
print_help(void)
{
	puts("usage: whoisbench [OPTION]... [-q FILE | QUESTION]\n"
	    "\n"
	    "  -h HOST           the server: localhost\n"
	    "  -p PORT           its port, a number or a service: whois\n"
	    "  -q FILE           ask the lines of a file, in turn\n"
	    "  -c CLIENTS        how many at once: 8, or 1000 at a rate\n"
	    "  -n COUNT          stop after so many questions\n"
	    "  -t SECONDS        stop after this time: 10\n"
	    "  --rate N          N questions arrive each second, answered or"
	    " not\n"
	    "  --random          ask the lines of a file in any order\n"
	    "  --seed N          in which one: 1\n"
	    "  --threads N       how many threads share the clients: 1\n"
	    "  --warm-up SECONDS ask before measuring\n"
	    "  --patience SECONDS  after which a client gives up: 10\n"
	    "  --check REGEX     count answers as wrong that do not match\n"
	    "  --idle N          attach N clients that say nothing\n"
	    "  --slow N          attach N clients that say a byte a second\n"
	    "  --sources N       come from N addresses of 127.0.0.0/8\n"
	    "  --pid PID         the server's process: it is looked for\n"
	    "  --csv, --json     for programs\n"
	    "\n"
	    "The manual is whoisbench(1).");
	return report_output(ERR_NONE);
}

static int
print_version(void)
{
	puts("whoisbench (whoisd) " PACKAGE_VERSION);
	return report_output(ERR_NONE);
}

/* As many descriptors as there are clients. */
static enum err
raise_descriptors(struct bench *bench)
{
	const struct whoisbench_options *o = &bench->options;
	uint64_t wanted = o->clients + o->idle + o->slow + DESCRIPTORS_BESIDE;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && wanted > limit.rlim_cur) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
	}
	if (wanted <= limit.rlim_cur)
		return ERR_NONE;
	return fault_set(&bench->fault, ERR_WORLD, "%" PRIu64 " descriptors are"
	    " needed, and %" PRIu64 " allowed: see ulimit -n", wanted,
	    (uint64_t)limit.rlim_cur);
}

static enum err
find_server(struct bench *bench)
{
	const struct whoisbench_options *o = &bench->options;
	enum err err =
	    route_find(&bench->route, o->host, o->port, &bench->fault);

	if (err != ERR_NONE)
		return err;
	if (o->sources > 0 && !route_is_loopback(&bench->route))
		return fault_set(&bench->fault, ERR_USAGE, "--sources is for"
		    " servers on 127.0.0.0/8 only");
	if (o->sources > 0) {
		bench->route.source_count = (unsigned)o->sources;
		bench->route.spreads_at_once = true;
	}
	if (o->pid > 0)
		bench->server =
		    (struct processes){ 1, { (pid_t)o->pid } };
	else
		processes_find(&bench->server, &bench->route);
	return ERR_NONE;
}

/* The words of the command line, as one. */
static enum err
take_words(struct bench *bench)
{
	char memory[QUESTION_MAX];
	struct buf question;

	buf_init(&question, memory, sizeof memory);
	for (char **word = bench->options.words; *word != NULL; word++) {
		if (question.length > 0)
			buf_add_char(&question, ' ');
		buf_add_string(&question, *word);
	}
	if (question.overflowed)
		return fault_set(&bench->fault, ERR_USAGE,
		    "the question is longer than %d bytes", QUESTION_MAX);
	if (question.length == 0)
		buf_add_string(&question, default_question);
	bench->list = question_list_of(buf_span(&question));
	return ERR_NONE;
}

/* Each thread begins somewhere else, so that they do not ask in step. */
static void
share_questions(struct bench *bench)
{
	const struct whoisbench_options *o = &bench->options;
	size_t count = question_list_count(bench->list);

	for (size_t i = 0; i < o->threads; i++)
		bench->questions[i] = o->at_random ?
		    question_list_at_random(bench->list, o->seed + i) :
		    question_list_in_turn(bench->list, i * count / o->threads);
}

static enum err
take_questions(struct bench *bench)
{
	const char *path = bench->options.questions;
	enum err err = path != NULL ?
	    question_list_read(&bench->list, path, &bench->fault) :
	    take_words(bench);

	if (err == ERR_NONE)
		share_questions(bench);
	return err;
}

static void
make_settings(struct bench *bench)
{
	const struct whoisbench_options *o = &bench->options;

	bench->settings = (struct trial_settings){
		.route = &bench->route,
		.questions = bench->questions,
		.check = o->check,
		.server = &bench->server,
		.threads = (unsigned)o->threads,
		.clients = (unsigned)o->clients,
		.idle = (unsigned)o->idle,
		.slow = (unsigned)o->slow,
		.patience_ms = (unsigned)o->patience_ms,
		.rate = (unsigned)o->rate,
		.count = o->count,
		.period_ms = o->period_ms,
		.warm_up_ms = o->warm_up_ms,
	};
}

/* A line that the next one replaces. */
static void
show(const struct trial_progress *progress, uint64_t answered_before)
{
	fprintf(stderr, "\r%5" PRIu64 " s  %8" PRIu64 " answers/s  %10" PRIu64
	    " answers  %" PRIu64 " errors\033[K", progress->elapsed_ms / 1000,
	    progress->answered - answered_before, progress->answered,
	    progress->errors);
}

static void
watch(struct trial *trial)
{
	bool is_terminal = isatty(STDERR_FILENO) != 0;
	struct trial_progress progress = { 0 };
	uint64_t answered = 0;

	while (trial_wait(trial, &progress)) {
		if (is_terminal)
			show(&progress, answered);
		answered = progress.answered;
	}
	if (is_terminal && progress.elapsed_ms > 0)
		fputs("\r\033[K", stderr);
}

static enum err
print_result(const struct bench *bench, const struct trial_result *result)
{
	char memory[SUMMARY_BYTES_MAX];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	summary_print(&out, bench->options.form, result);
	assert(!out.overflowed);
	fwrite(out.data, 1, out.length, stdout);
	return trial_errors(result->outcomes) == 0 ? ERR_NONE : ERR_REFUSED;
}

static enum err
measure(struct bench *bench, struct trial_result *result)
{
	struct trial *trial;
	enum err err = trial_begin(&trial, &bench->settings, &bench->fault);

	if (err != ERR_NONE)
		return err;
	watch(trial);
	return trial_end(&trial, result, &bench->fault);
}

static void
free_questions(struct bench *bench)
{
	for (unsigned i = 0; i < TRIAL_THREADS_MAX; i++)
		questions_free(&bench->questions[i]);
	question_list_free(&bench->list);
}

static int
run(struct bench *bench)
{
	static struct trial_result result;
	enum err err = raise_descriptors(bench);

	if (err == ERR_NONE)
		err = take_questions(bench);
	if (err == ERR_NONE)
		err = find_server(bench);
	if (err == ERR_NONE) {
		make_settings(bench);
		err = measure(bench, &result);
	}
	free_questions(bench);
	if (err != ERR_NONE)
		return report_fault(&bench->fault);
	return report_output(print_result(bench, &result));
}

int
main(int argc, char **argv)
{
	static struct bench bench;

	standard_fill();
	if (whoisbench_options_read(&bench.options, argc, argv,
		&bench.fault) != ERR_NONE)
		return report_fault(&bench.fault);
	if (bench.options.wants_help)
		return print_help();
	if (bench.options.wants_version)
		return print_version();
	return run(&bench);
}

/* The benchmark: options, a trial, and what it found. */

#include <config.h>

#include "base/buf.h"
#include "base/err.h"
#include "bench/latency.h"
#include "bench/processes.h"
#include "bench/protocol.h"
#include "bench/route.h"
#include "bench/summary.h"
#include "bench/trial.h"
#include "sys/mapped.h"
#include "sys/standard.h"
#include "tools/report.h"
#include "tools/whoisbench_options.h"
#include "tools/whoisbench_questions.h"

#include <assert.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { DESCRIPTORS_BESIDE = 64 }; /* what we need but for clients */

struct bench {
	struct whoisbench_options options;
	struct route route;
	struct processes server;
	struct whoisbench_questions questions;
	struct trial_settings settings;
	struct fault fault;
};

/* By the signal handler, for the trial. */
static _Atomic bool is_interrupted;

static int
print_help(void)
{
	puts("usage: whoisbench [OPTION]... [-q FILE | QUESTION]\n"
	    "\n"
	    "  -h HOST             the server: localhost\n"
	    "  -p PORT             its port, a number or a service: the"
	    " protocol's\n"
	    "  --protocol NAME     whois, finger or ph: whois\n"
	    "  -q FILE             ask the lines of a file, in turn\n"
	    "  -c CLIENTS          how many at once: 8, or 1000 at a rate\n"
	    "  --session N         ask N questions on a connection, 0 any: 1\n"
	    "  --pipeline N        so many of them before there are answers: 1\n"
	    "  -n COUNT            stop after so many questions\n"
	    "  -t SECONDS          stop after this time: 10\n"
	    "  --rate N            N questions arrive each second, answered or"
	    " not\n"
	    "  --random            ask the lines of a file in any order\n"
	    "  --from DIR          ask for people of a directory\n"
	    "  --mix SPEC          how: key=60,name=30,prefix=8,typo=2\n"
	    "  --skew S            some far more often than others, 0 evenly:"
	    " 0.99\n"
	    "  --questions N       how many questions are made: 100000\n"
	    "  --verify            count answers as wrong that lack the person\n"
	    "  --print N           print the first N questions, and ask nobody\n"
	    "  --seed N            which are drawn, and in which order: 1\n"
	    "  --threads N         how many threads share the clients: 1\n"
	    "  --warm-up SECONDS   ask before measuring\n"
	    "  --patience SECONDS  after which a client gives up: 10\n"
	    "  --check REGEX       count answers as wrong that do not match\n"
	    "  --idle N            attach N clients that say nothing\n"
	    "  --slow N            attach N clients that say a byte a second\n"
	    "  --sources N         come from N addresses of 127.0.0.0/8\n"
	    "  --pid PID           the server's process: it is looked for\n"
	    "  --csv, --json       for programs\n"
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
spread(struct bench *bench)
{
	const struct whoisbench_options *o = &bench->options;
	struct route *route = &bench->route;

	if (o->sources > 0 && !route_is_loopback(route))
		return fault_set(&bench->fault, ERR_USAGE, "--sources is for"
		    " servers on 127.0.0.0/8 only");
	if (o->sources > 0) {
		route->source_count = (unsigned)o->sources;
		route->spread = ROUTE_SPREAD_EACH;
	} else if (route_is_loopback(route) &&
	    o->clients + o->idle + o->slow > ROUTE_CONNECTIONS_MAX)
		route->spread = ROUTE_SPREAD_ONCE;
	return ERR_NONE;
}

/* The one that it is told, or those that listen there. */
static enum err
find_processes(struct bench *bench)
{
	uint64_t pid = bench->options.pid;
	struct processor_time time;

	if (pid == 0) {
		processes_find(&bench->server, &bench->route);
		return ERR_NONE;
	}
	bench->server = (struct processes){ 1, { (pid_t)pid } };
	if (processes_time(&bench->server, &time))
		return ERR_NONE;
	return fault_set(&bench->fault, ERR_WORLD, "there is no process %"
	    PRIu64, pid);
}

static enum err
find_server(struct bench *bench)
{
	const struct whoisbench_options *o = &bench->options;
	enum err err =
	    route_find(&bench->route, o->host, o->port, &bench->fault);

	if (err == ERR_NONE)
		err = spread(bench);
	if (err == ERR_NONE)
		err = find_processes(bench);
	return err;
}

static void
make_settings(struct bench *bench)
{
	const struct whoisbench_options *o = &bench->options;

	bench->settings = (struct trial_settings){
		.route = &bench->route,
		.protocol = &protocols[o->protocol],
		.questions = bench->questions.sources,
		.check = o->check,
		.server = &bench->server,
		.threads = (unsigned)o->threads,
		.clients = (unsigned)o->clients,
		.idle = (unsigned)o->idle,
		.slow = (unsigned)o->slow,
		.session = (unsigned)o->session,
		.pipeline = (unsigned)o->pipeline,
		.patience_ms = (unsigned)o->patience_ms,
		.rate = (unsigned)o->rate,
		.count = o->count,
		.period_ms = o->period_ms,
		.warm_up_ms = o->warm_up_ms,
		.is_interrupted = &is_interrupted,
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

/* The exit status: whether all was answered as it must be. */
static int
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

static void
interrupt(int signal)
{
	(void)signal;
	is_interrupted = true;
}

static void
on_interrupt(void (*handler)(int signal))
{
	const struct sigaction action = {
		.sa_handler = handler,
		.sa_flags = SA_RESTART,
	};

	sigaction(SIGINT, &action, NULL);
}

static enum err
measure(struct bench *bench, struct trial_result *result)
{
	struct trial *trial;
	enum err err = trial_begin(&trial, &bench->settings, &bench->fault);

	if (err != ERR_NONE)
		return err;
	/* It ends the measurement, and then the wait for those under way. */
	on_interrupt(interrupt);
	watch(trial);
	on_interrupt(SIG_DFL);
	if (trial_end(&trial, result, &bench->fault) == ERR_NONE)
		return ERR_NONE;
	return fault_prefix(&bench->fault, "%s, port %s", bench->options.host,
	    bench->options.port);
}

static int
run(struct bench *bench)
{
	static struct trial_result result;
	enum err err = raise_descriptors(bench);

	if (err == ERR_NONE)
		err = whoisbench_questions_take(&bench->questions,
		    &bench->options, &bench->fault);
	if (err == ERR_NONE)
		err = find_server(bench);
	if (err == ERR_NONE) {
		make_settings(bench);
		err = measure(bench, &result);
	}
	whoisbench_questions_free(&bench->questions);
	if (err != ERR_NONE)
		return report_fault(&bench->fault);
	return report_output(print_result(bench, &result));
}

/* For other tools, so that they can ask the same. */
static int
print_questions(struct bench *bench)
{
	enum err err = whoisbench_questions_take(&bench->questions,
	    &bench->options, &bench->fault);

	if (err == ERR_NONE)
		whoisbench_questions_print(&bench->questions,
		    bench->options.print_count, stdout);
	whoisbench_questions_free(&bench->questions);
	return err == ERR_NONE ? report_output(ERR_NONE) :
	    report_fault(&bench->fault);
}

int
main(int argc, char **argv)
{
	static struct bench bench;

	standard_fill();
	mapped_guard(ERR_WORLD);
	if (whoisbench_options_read(&bench.options, argc, argv,
		&bench.fault) != ERR_NONE)
		return report_fault(&bench.fault);
	if (bench.options.wants_help)
		return print_help();
	if (bench.options.wants_version)
		return print_version();
	if (bench.options.print_count > 0)
		return print_questions(&bench);
	return run(&bench);
}

#include <config.h>

#include "tools/whoisbench_options.h"

#include "base/span.h"
#include "bench/mixed.h"
#include "bench/route.h"
#include "bench/trial.h"
#include "bench/zipf.h"
#include "tools/report.h"

#include <getopt.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

enum {
	CLIENTS = 8,
	CLIENTS_AT_A_RATE = 1000,
	CLIENTS_MAX = 1000000,
	PERIOD_MS = 10000,
	PATIENCE_MS = 10000,
	RATE_MAX = 100000000,
	DAY_MS = 24 * 60 * 60 * 1000,
	PID_MAX = 1 << 22,
	PIPELINE_MAX = 10000,
};

/* What is asked for in the well-known benchmarks of key-value stores. */
#define SKEW 0.99

/* What getopt_long() gives for options without a letter. */
enum {
	OPTION_CHECK = 256,
	OPTION_CSV,
	OPTION_FROM,
	OPTION_HELP,
	OPTION_IDLE,
	OPTION_JSON,
	OPTION_MIX,
	OPTION_PATIENCE,
	OPTION_PID,
	OPTION_PIPELINE,
	OPTION_PRINT,
	OPTION_PROTOCOL,
	OPTION_QUESTIONS,
	OPTION_RANDOM,
	OPTION_RATE,
	OPTION_SEED,
	OPTION_SESSION,
	OPTION_SKEW,
	OPTION_SLOW,
	OPTION_SOURCES,
	OPTION_THREADS,
	OPTION_VERIFY,
	OPTION_VERSION,
	OPTION_WARM_UP,
};

static const char letters[] = ":h:p:q:c:n:t:";

static const struct option long_options[] = {
	{ "check", required_argument, NULL, OPTION_CHECK },
	{ "csv", no_argument, NULL, OPTION_CSV },
	{ "from", required_argument, NULL, OPTION_FROM },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ "idle", required_argument, NULL, OPTION_IDLE },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "mix", required_argument, NULL, OPTION_MIX },
	{ "patience", required_argument, NULL, OPTION_PATIENCE },
	{ "pid", required_argument, NULL, OPTION_PID },
	{ "pipeline", required_argument, NULL, OPTION_PIPELINE },
	{ "print", required_argument, NULL, OPTION_PRINT },
	{ "protocol", required_argument, NULL, OPTION_PROTOCOL },
	{ "questions", required_argument, NULL, OPTION_QUESTIONS },
	{ "random", no_argument, NULL, OPTION_RANDOM },
	{ "rate", required_argument, NULL, OPTION_RATE },
	{ "seed", required_argument, NULL, OPTION_SEED },
	{ "session", required_argument, NULL, OPTION_SESSION },
	{ "skew", required_argument, NULL, OPTION_SKEW },
	{ "slow", required_argument, NULL, OPTION_SLOW },
	{ "sources", required_argument, NULL, OPTION_SOURCES },
	{ "threads", required_argument, NULL, OPTION_THREADS },
	{ "verify", no_argument, NULL, OPTION_VERIFY },
	{ "version", no_argument, NULL, OPTION_VERSION },
	{ "warm-up", required_argument, NULL, OPTION_WARM_UP },
	{ NULL, 0, NULL, 0 },
};

/* Options whose value is a whole number, and where it goes. */
static const struct {
	int option;
	const char *name;
	size_t offset;
	uint64_t least, most;
} numbers[] = {
#define TO(field) offsetof(struct whoisbench_options, field)
	{ 'c', "-c", TO(clients), 1, CLIENTS_MAX },
	{ 'n', "-n", TO(count), 1, UINT32_MAX },
	{ OPTION_IDLE, "--idle", TO(idle), 0, CLIENTS_MAX },
	{ OPTION_PID, "--pid", TO(pid), 1, PID_MAX },
	{ OPTION_PIPELINE, "--pipeline", TO(pipeline), 1, PIPELINE_MAX },
	{ OPTION_PRINT, "--print", TO(print_count), 1, MIXED_COUNT_MAX },
	{ OPTION_QUESTIONS, "--questions", TO(question_count), 1,
	    MIXED_COUNT_MAX },
	{ OPTION_RATE, "--rate", TO(rate), 1, RATE_MAX },
	{ OPTION_SEED, "--seed", TO(seed), 0, UINT64_MAX },
	{ OPTION_SLOW, "--slow", TO(slow), 0, CLIENTS_MAX },
	{ OPTION_SOURCES, "--sources", TO(sources), 1, ROUTE_SOURCES_MAX },
	{ OPTION_THREADS, "--threads", TO(threads), 1, TRIAL_THREADS_MAX },
#undef TO
};

enum { NUMBERS = sizeof numbers / sizeof numbers[0] };

static enum err
take_number(struct whoisbench_options *options, unsigned which,
    struct fault *fault)
{
	char *field = (char *)options + numbers[which].offset;

	if (parse_number((uint64_t *)(void *)field, optarg,
		numbers[which].least, numbers[which].most))
		return ERR_NONE;
	return fault_set(fault, ERR_USAGE, "%s wants a number from %llu to"
	    " %llu", numbers[which].name,
	    (unsigned long long)numbers[which].least,
	    (unsigned long long)numbers[which].most);
}

/* Seconds, perhaps with a fraction, up to a day. */
static enum err
take_seconds(uint64_t *ms, const char *name, struct fault *fault)
{
	char *end;
	double seconds = strtod(optarg, &end);

	if (end == optarg || *end != '\0' || !isfinite(seconds) ||
	    seconds < 0.001 || seconds * 1000 > DAY_MS)
		return fault_set(fault, ERR_USAGE, "%s wants seconds, from"
		    " 0.001 to %d", name, DAY_MS / 1000);
	*ms = (uint64_t)(seconds * 1000 + 0.5);
	return ERR_NONE;
}

static enum err
take_skew(struct whoisbench_options *options, struct fault *fault)
{
	char *end;

	options->about_from = "--skew";
	options->skew = strtod(optarg, &end);
	if (end != optarg && *end == '\0' && options->skew >= 0 &&
	    options->skew <= ZIPF_SKEW_MAX)
		return ERR_NONE;
	return fault_set(fault, ERR_USAGE, "--skew wants a number from 0 to"
	    " %.0f", ZIPF_SKEW_MAX);
}

static enum err
take_mix(struct whoisbench_options *options, struct fault *fault)
{
	options->about_from = "--mix";
	if (mix_parse(&options->mix, span_from(optarg), fault) == ERR_NONE)
		return ERR_NONE;
	return fault_prefix(fault, "--mix");
}

static enum err
take_protocol(struct whoisbench_options *options, struct fault *fault)
{
	if (protocol_find(&options->protocol, optarg))
		return ERR_NONE;
	return fault_set(fault, ERR_USAGE, "--protocol wants whois, finger or"
	    " ph");
}

static enum err
take_session(struct whoisbench_options *options, struct fault *fault)
{
	options->has_session = true;
	if (parse_number(&options->session, optarg, 0, UINT32_MAX))
		return ERR_NONE;
	return fault_set(fault, ERR_USAGE, "--session wants a number from 0 to"
	    " %llu", (unsigned long long)UINT32_MAX);
}

static enum err
take_other(struct whoisbench_options *options, int option, char **argv,
    struct fault *fault)
{
	switch (option) {
	case 't':
		return take_seconds(&options->period_ms, "-t", fault);
	case OPTION_PATIENCE:
		return take_seconds(&options->patience_ms, "--patience",
		    fault);
	case OPTION_MIX:
		return take_mix(options, fault);
	case OPTION_PROTOCOL:
		return take_protocol(options, fault);
	case OPTION_SESSION:
		return take_session(options, fault);
	case OPTION_SKEW:
		return take_skew(options, fault);
	case OPTION_WARM_UP:
		return take_seconds(&options->warm_up_ms, "--warm-up", fault);
	case 'h':
		options->host = optarg;
		break;
	case 'p':
		options->port = optarg;
		break;
	case 'q':
		options->questions = optarg;
		break;
	case OPTION_CHECK:
		options->check = optarg;
		break;
	case OPTION_CSV:
		options->form = SUMMARY_FORM_CSV;
		break;
	case OPTION_FROM:
		options->from = optarg;
		break;
	case OPTION_VERIFY:
		options->about_from = "--verify";
		options->verified = true;
		break;
	case OPTION_JSON:
		options->form = SUMMARY_FORM_JSON;
		break;
	case OPTION_RANDOM:
		options->at_random = true;
		break;
	case OPTION_HELP:
		options->wants_help = true;
		break;
	case OPTION_VERSION:
		options->wants_version = true;
		break;
	default:
		return refuse_option(option, argv, fault);
	}
	return ERR_NONE;
}

static enum err
take(struct whoisbench_options *options, int option, char **argv,
    struct fault *fault)
{
	for (unsigned i = 0; i < NUMBERS; i++)
		if (numbers[i].option == option)
			return take_number(options, i, fault);
	return take_other(options, option, argv, fault);
}

/* There is one place where the questions come from. */
static enum err
settle_questions(struct whoisbench_options *options, struct fault *fault)
{
	const char *source = options->from != NULL ? "--from" : "-q";
	const char *about = options->question_count > 0 ? "--questions" :
	    options->about_from;

	if (options->from == NULL && about != NULL)
		return fault_set(fault, ERR_USAGE, "%s is about the questions"
		    " of --from", about);
	if (options->from != NULL && options->at_random)
		return fault_set(fault, ERR_USAGE,
		    "--random is about the questions of -q");
	if (options->from != NULL && options->questions != NULL)
		return fault_set(fault, ERR_USAGE,
		    "the questions come from --from or from -q");
	if ((options->from != NULL || options->questions != NULL) &&
	    options->words[0] != NULL)
		return fault_set(fault, ERR_USAGE, "%s has the questions,"
		    " and \"%s\" is one more", source, options->words[0]);
	if (options->question_count == 0)
		options->question_count = MIXED_COUNT_DEFAULT;
	if (options->print_count > 0)
		options->question_count = options->print_count;
	return ERR_NONE;
}

/* Without a word about it each question has a connection of its own. */
static enum err
settle_session(struct whoisbench_options *options, struct fault *fault)
{
	const struct protocol *protocol = &protocols[options->protocol];
	bool wants_session = options->has_session || options->pipeline > 0;

	if (wants_session && !protocol->has_sessions)
		return fault_set(fault, ERR_USAGE, "%s answers one question on"
		    " a connection: %s is for ph", protocol->name,
		    options->has_session ? "--session" : "--pipeline");
	if (!wants_session)
		options->session = 1;
	if (options->pipeline == 0)
		options->pipeline = 1;
	return ERR_NONE;
}

static enum err
settle(struct whoisbench_options *options, struct fault *fault)
{
	if (options->port == NULL)
		options->port = protocols[options->protocol].service;
	if (options->clients == 0)
		options->clients =
		    options->rate > 0 ? CLIENTS_AT_A_RATE : CLIENTS;
	if (options->clients < options->threads)
		return fault_set(fault, ERR_USAGE,
		    "there are more threads than clients");
	if (options->count == 0 && options->period_ms == 0)
		options->period_ms = PERIOD_MS;
	if (settle_session(options, fault) != ERR_NONE)
		return fault->code;
	return settle_questions(options, fault);
}

enum err
whoisbench_options_read(struct whoisbench_options *options, int argc,
    char **argv, struct fault *fault)
{
	enum err err = ERR_NONE;
	int option;

	*options = (struct whoisbench_options){
		.host = "localhost",
		.protocol = PROTOCOL_WHOIS,
		.threads = 1,
		.patience_ms = PATIENCE_MS,
		.seed = 1,
		.mix = { .shares = { [MIX_KEY] = 60, [MIX_NAME] = 30,
		    [MIX_PREFIX] = 8, [MIX_TYPO] = 2 }, .total = 100 },
		.skew = SKEW,
	};
	opterr = 0;
	optind = 0; /* from the beginning, whoever has used it before */
	while (err == ERR_NONE && (option = getopt_long(argc, argv, letters,
	    long_options, NULL)) != -1)
		err = take(options, option, argv, fault);
	options->words = argv + optind;
	if (err != ERR_NONE || options->wants_help || options->wants_version)
		return err;
	return settle(options, fault);
}

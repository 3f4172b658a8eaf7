#include "server/config.h"

#include "base/buf.h"
#include "server/config_access.h"
#include "server/config_option.h"
#include "server/config_text.h"

#include <assert.h>
#include <confuse.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONFIG_FILE_MAX = 64 << 10 };

#define FIELD(member)                                                          \
	offsetof(struct config, member), sizeof(((struct config *)0)->member)

/* Every option. */
static const struct option options[] = {
	{ "directory", KIND_TEXT, FIELD(directory) },
	{ "listen", KIND_LISTENS, FIELD(listens) },
	{ "workers", KIND_NUMBER, FIELD(limits.workers),
	    1, CONFIG_WORKERS_MAX },
	{ "queue", KIND_NUMBER, FIELD(limits.queue), 1, 1 << 20 },
	{ "queue_ms", KIND_NUMBER, FIELD(limits.queue_ms), 1, 3600000 },
	{ "connections", KIND_NUMBER, FIELD(limits.connections), 1, 1 << 20 },
	{ "request_ms", KIND_NUMBER, FIELD(limits.request_ms), 10, 3600000 },
	{ "write_ms", KIND_NUMBER, FIELD(limits.write_ms), 10, 3600000 },
	{ "total_ms", KIND_NUMBER, FIELD(limits.total_ms), 0, 86400000 },
	{ "idle_ms", KIND_NUMBER, FIELD(limits.idle_ms), 10, 86400000 },
	{ "linger_ms", KIND_NUMBER, FIELD(limits.linger_ms), 0, 60000 },
	{ "output_bytes", KIND_NUMBER, FIELD(limits.output_bytes),
	    FACE_OUTPUT_BYTES, 1 << 30 },
	{ "buffer_bytes", KIND_NUMBER, FIELD(limits.buffer_bytes),
	    FACE_OUTPUT_BYTES, 1L << 40 },
	{ "shown_max", KIND_NUMBER, FIELD(face.shown_max), 1,
	    CONFIG_SHOWN_MAX, true },
	{ "postings_max", KIND_NUMBER, FIELD(face.postings_max), 1000,
	    1000000000, true },
	{ "ph_shown_max", KIND_NUMBER, FIELD(face.ph_shown_max), 1,
	    CONFIG_SHOWN_MAX, true },
	{ "ph_charset", KIND_CHARSET, FIELD(face.ph_charset),
	    .is_live = true },
	{ "maildomain", KIND_LINE, FIELD(face.maildomain), .is_live = true },
	{ "administrator", KIND_LINE, FIELD(face.administrator),
	    .is_live = true },
	{ "finger_domains", KIND_DOMAINS, FIELD(face.finger_domains),
	    .is_live = true },
	{ "class", KIND_CLASSES, FIELD(policy.classes), .is_live = true },
	{ "access", KIND_RULES, FIELD(policy.rules), .is_live = true },
	{ "proxies", KIND_NETWORKS, FIELD(policy.proxies), .is_live = true },
	{ "source_connections", KIND_NUMBER, FIELD(policy.limits.connections),
	    0, 1 << 20, true },
	{ "source_rate", KIND_NUMBER, FIELD(policy.limits.rate), 0, 1000000,
	    true },
	{ "source_burst", KIND_NUMBER, FIELD(policy.limits.burst), 1, 1000000,
	    true },
	{ "source_daily", KIND_NUMBER, FIELD(policy.limits.daily), 0,
	    1000000000, true },
	{ "source_v4_bits", KIND_NUMBER, FIELD(policy.limits.v4_bits), 1, 32,
	    true },
	{ "source_v6_bits", KIND_NUMBER, FIELD(policy.limits.v6_bits), 1, 64,
	    true },
	{ "sources", KIND_NUMBER, FIELD(policy.limits.sources),
	    SOURCES_PLACES, 1 << 24, true },
	{ "exempt", KIND_NETWORKS, FIELD(policy.limits.exempt),
	    .is_live = true },
	{ "log", KIND_LOG, FIELD(log), .is_live = true },
	{ "log_queries", KIND_BOOL, FIELD(log_queries), .is_live = true },
	{ "pidfile", KIND_TEXT, FIELD(pidfile) },
	{ "control", KIND_TEXT, FIELD(control) },
	{ "user", KIND_TEXT, FIELD(user) },
	{ "group", KIND_TEXT, FIELD(group) },
	{ "sandbox", KIND_SANDBOX, FIELD(sandbox) },
};

enum { OPTIONS = sizeof options / sizeof options[0] };

_Static_assert((int)OPTIONS <= (int)CONFIG_OPTIONS_MAX,
    "a line for each option");

static const struct option_table table = { options, OPTIONS };

/* More than any section has. */
enum { SECTION_OPTIONS_MAX = 8 };

/*
 * What is being read, for the callbacks: libconfuse gives them no argument of
 * ours.  Only the first complaint counts, the others follow from it.
 */
static _Thread_local struct {
	const char *name;
	struct config *config;
	struct fault *fault;
	bool failed;
} reading;

const char *
config_option_name(size_t index)
{
	return index < OPTIONS ? options[index].name : NULL;
}

/* The message may quote the file, whose bytes may harm a terminal. */
static void
replace_controls(char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			*text = '?';
}

static void complain(cfg_t *cfg, const char *format, va_list values)
    __attribute__((format(printf, 2, 0)));

static void
complain(cfg_t *cfg, const char *format, va_list values)
{
	char sentence[FAULT_TEXT_MAX];

	if (reading.failed)
		return;
	reading.failed = true;
	vsnprintf(sentence, sizeof sentence, format, values);
	replace_controls(sentence);
	fault_set(reading.fault, ERR_REFUSED, "%s", sentence);
	fault_prefix(reading.fault, "%s:%d", reading.name, cfg->line);
}

/* libconfuse asks after each value, while it still knows the line. */
static int
check_value(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct option *option = option_find(&table, opt->name);

	assert(option != NULL);
	reading.config->lines[option - options] = (unsigned)cfg->line;
	return option_check(option, cfg, opt) ? 0 : -1;
}

static int
check_class_value(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct option *option = option_find(&config_class_table,
	    opt->name);

	assert(option != NULL);
	return option_check(option, cfg, opt) ? 0 : -1;
}

/* What the file may hold; libconfuse keeps a copy. */
static cfg_t *
describe_file(void)
{
	cfg_opt_t opts[OPTIONS + 1] = { 0 };
	cfg_opt_t class_opts[SECTION_OPTIONS_MAX + 1] = { 0 };
	cfg_t *cfg;

	assert(config_class_table.count <= SECTION_OPTIONS_MAX);
	for (unsigned i = 0; i < config_class_table.count; i++)
		class_opts[i] = option_describe(
		    &config_class_table.options[i], check_class_value);
	for (size_t i = 0; i < OPTIONS; i++) {
		opts[i] = option_describe(&options[i], check_value);
		if (options[i].kind == KIND_CLASSES)
			opts[i].subopts = class_opts;
	}
	cfg = cfg_init(opts, CFGF_NONE);
	assert(cfg != NULL);
	return cfg;
}

static enum err
parse_string(struct config *config, const char *text)
{
	cfg_t *cfg = describe_file();
	int outcome;

	cfg_set_error_function(cfg, complain);
	outcome = cfg_parse_buf(cfg, text);
	if (outcome == CFG_SUCCESS && !reading.failed)
		option_take_all(&table, config, cfg);
	else if (!reading.failed)
		fault_set(reading.fault, ERR_REFUSED,
		    "%s cannot be read as a configuration", reading.name);
	cfg_free(cfg);
	return outcome == CFG_SUCCESS && !reading.failed ? ERR_NONE :
	    reading.fault->code;
}

enum err
config_parse(struct config *config, struct span text, const char *name,
    struct fault *fault)
{
	char *string = config_text_prepare(text, name, fault);
	enum err err;

	if (string == NULL)
		return fault->code;
	reading.name = name;
	reading.config = config;
	reading.fault = fault;
	reading.failed = false;
	snprintf(config->file, sizeof config->file, "%s", name);
	err = parse_string(config, string);
	free(string);
	return err;
}

enum err
config_read(struct config *config, const char *path, struct fault *fault)
{
	char *text = malloc(CONFIG_FILE_MAX + 1);
	FILE *file = fopen(path, "re");
	size_t length = 0;
	enum err err = ERR_NONE;

	assert(text != NULL);
	errno = file ? 0 : errno;
	if (file != NULL)
		length = fread(text, 1, CONFIG_FILE_MAX + 1, file);
	if (file == NULL || ferror(file))
		err = fault_set(fault, ERR_WORLD,
		    "the configuration %s cannot be read: %s", path,
		    strerror(errno));
	else if (length > CONFIG_FILE_MAX)
		err = fault_set(fault, ERR_REFUSED,
		    "the configuration %s is larger than %d bytes", path,
		    CONFIG_FILE_MAX);
	if (file != NULL)
		fclose(file);
	if (err == ERR_NONE)
		err = config_parse(config, (struct span){ text, length }, path,
		    fault);
	free(text);
	return err;
}

enum err
config_blame(const struct config *config, const char *option,
    struct fault *fault)
{
	unsigned line = config->lines[option_find(&table, option) - options];

	return line == 0 ? fault->code :
	    fault_prefix(fault, "%s:%u", config->file, line);
}

void
config_list_fixed(const struct config *old, const struct config *new,
    struct buf *names)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		const struct option *option = &options[i];

		if (option->is_live || !option_differs(option, old, new))
			continue;
		buf_add_char(names, ' ');
		buf_add_string(names, option->name);
	}
}

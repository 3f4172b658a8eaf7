#include "server/config.h"

#include "base/buf.h"
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
	{ "shown_max", KIND_NUMBER, FIELD(face.shown_max), 1, 1000,
	    true },
	{ "postings_max", KIND_NUMBER, FIELD(face.postings_max), 1000,
	    1000000000, true },
	{ "log", KIND_LOG, FIELD(log), .is_live = true },
	{ "log_queries", KIND_BOOL, FIELD(log_queries), .is_live = true },
	{ "pidfile", KIND_TEXT, FIELD(pidfile) },
	{ "control", KIND_TEXT, FIELD(control) },
	{ "user", KIND_TEXT, FIELD(user) },
	{ "group", KIND_TEXT, FIELD(group) },
	{ "sandbox", KIND_SANDBOX, FIELD(sandbox) },
};

enum { OPTIONS = sizeof options / sizeof options[0] };

/*
 * What is being read, for the callbacks: libconfuse gives them no argument of
 * ours.  Only the first complaint counts, the others follow from it.
 */
static _Thread_local struct {
	const char *name;
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

static const struct option *
find_option(const char *name)
{
	for (size_t i = 0; i < OPTIONS; i++)
		if (strcmp(options[i].name, name) == 0)
			return &options[i];
	return NULL;
}

/* libconfuse asks after each value, while it still knows the line. */
static int
check_value(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct option *option = find_option(opt->name);

	assert(option != NULL);
	return option_check(option, cfg, opt) ? 0 : -1;
}

static void
take_values(struct config *config, cfg_t *cfg)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		cfg_opt_t *opt = cfg_getopt(cfg, options[i].name);

		/* An empty list is a value, too. */
		if (opt->flags & CFGF_MODIFIED)
			option_take(&options[i], config, opt);
	}
}

static enum err
parse_string(struct config *config, const char *text)
{
	cfg_opt_t opts[OPTIONS + 1] = { 0 };
	cfg_t *cfg;
	int outcome;

	for (size_t i = 0; i < OPTIONS; i++)
		opts[i] = option_describe(&options[i], check_value);
	cfg = cfg_init(opts, CFGF_NONE);
	assert(cfg != NULL);
	cfg_set_error_function(cfg, complain);
	outcome = cfg_parse_buf(cfg, text);
	if (outcome == CFG_SUCCESS && !reading.failed)
		take_values(config, cfg);
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
	reading.fault = fault;
	reading.failed = false;
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

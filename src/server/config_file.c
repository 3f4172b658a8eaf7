#include "server/config.h"

#include "base/buf.h"

#include <assert.h>
#include <confuse.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONFIG_FILE_MAX = 64 << 10 };

enum kind { KIND_NUMBER, KIND_TEXT, KIND_LISTENS, KIND_LOG, KIND_BOOL };

/*
 * Every option: where its value goes in struct config and how large that is,
 * and for numbers what is allowed.
 */
struct option {
	const char *name;
	enum kind kind;
	size_t offset;
	size_t size;
	long min;
	long max;
	bool is_live; /* may change while serving */
};

#define FIELD(member)                                                          \
	offsetof(struct config, member), sizeof(((struct config *)0)->member)

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
	{ "unsent_bytes", KIND_NUMBER, FIELD(limits.unsent_bytes),
	    FACE_OUTPUT_BYTES, 1L << 40 },
	{ "shown_max", KIND_NUMBER, FIELD(face.shown_max), 1, 1000,
	    true },
	{ "postings_max", KIND_NUMBER, FIELD(face.postings_max), 1000,
	    1000000000, true },
	{ "log", KIND_LOG, FIELD(log), .is_live = true },
	{ "log_queries", KIND_BOOL, FIELD(log_queries), .is_live = true },
	{ "pidfile", KIND_TEXT, FIELD(pidfile) },
	{ "user", KIND_TEXT, FIELD(user) },
	{ "group", KIND_TEXT, FIELD(group) },
};

enum { OPTIONS = sizeof options / sizeof options[0] };

static const char *const log_names[] = {
	[LOG_TO_STDERR] = "stderr",
	[LOG_TO_SYSLOG] = "syslog",
};

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

static bool
check_number(cfg_t *cfg, cfg_opt_t *opt, const struct option *option)
{
	long value = cfg_opt_getnint(opt, 0);

	if (value >= option->min && value <= option->max)
		return true;
	cfg_error(cfg, "%s must be between %ld and %ld, not %ld", option->name,
	    option->min, option->max, value);
	return false;
}

static bool
check_text(cfg_t *cfg, const char *value, const struct option *option)
{
	if (strlen(value) < CONFIG_TEXT_MAX)
		return true;
	cfg_error(cfg, "%s is longer than %d bytes", option->name,
	    CONFIG_TEXT_MAX - 1);
	return false;
}

static bool
check_listens(cfg_t *cfg, cfg_opt_t *opt, const struct option *option)
{
	unsigned count = cfg_opt_size(opt);

	if (count > CONFIG_LISTENS_MAX) {
		cfg_error(cfg, "%s may hold at most %d addresses",
		    option->name, CONFIG_LISTENS_MAX);
		return false;
	}
	for (unsigned i = 0; i < count; i++) {
		const char *value = cfg_opt_getnstr(opt, i);
		const struct face *face;
		struct span address;
		struct fault fault;

		if (!check_text(cfg, value, option))
			return false;
		if (config_cut_listen(value, &face, &address, &fault)) {
			cfg_error(cfg, "%s: %s", option->name, fault.text);
			return false;
		}
	}
	return true;
}

static bool
find_log(const char *name, enum log_destination *log)
{
	for (size_t i = 0; i < sizeof log_names / sizeof log_names[0]; i++) {
		if (strcmp(log_names[i], name) == 0) {
			*log = (enum log_destination)i;
			return true;
		}
	}
	return false;
}

static bool
check_log(cfg_t *cfg, const char *value, const struct option *option)
{
	enum log_destination log;

	if (find_log(value, &log))
		return true;
	cfg_error(cfg, "%s must be \"stderr\" or \"syslog\", not \"%s\"",
	    option->name, value);
	return false;
}

/* libconfuse asks after each value, while it still knows the line. */
static int
check_value(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct option *option = find_option(opt->name);
	bool good = true;

	assert(option != NULL);
	switch (option->kind) {
	case KIND_NUMBER:
		good = check_number(cfg, opt, option);
		break;
	case KIND_TEXT:
		good = check_text(cfg, cfg_opt_getnstr(opt, 0), option);
		break;
	case KIND_LISTENS:
		good = check_listens(cfg, opt, option);
		break;
	case KIND_LOG:
		good = check_log(cfg, cfg_opt_getnstr(opt, 0), option);
		break;
	case KIND_BOOL:
		break;
	}
	return good ? 0 : -1;
}

/* The option as libconfuse wants it: no default, so that ours stay. */
static cfg_opt_t
describe_option(const struct option *option)
{
	cfg_opt_t opt = {
		.name = option->name,
		.flags = CFGF_NODEFAULT,
		.validcb = check_value,
	};

	switch (option->kind) {
	case KIND_NUMBER:
		opt.type = CFGT_INT;
		break;
	case KIND_BOOL:
		opt.type = CFGT_BOOL;
		break;
	case KIND_LISTENS:
		opt.flags |= CFGF_LIST;
		opt.type = CFGT_STR;
		break;
	case KIND_TEXT:
	case KIND_LOG:
		opt.type = CFGT_STR;
		break;
	}
	return opt;
}

static void
take_number(void *to, size_t size, long value)
{
	uint64_t wide = (uint64_t)value;
	uint32_t narrow = (uint32_t)value;

	assert(size == sizeof wide || size == sizeof narrow);
	memcpy(to, size == sizeof wide ? (void *)&wide : (void *)&narrow, size);
}

static void
take_listens(struct config *config, cfg_opt_t *opt)
{
	config->listen_count = cfg_opt_size(opt);
	for (unsigned i = 0; i < config->listen_count; i++)
		snprintf(config->listens[i], CONFIG_TEXT_MAX, "%s",
		    cfg_opt_getnstr(opt, i));
}

static void
take_value(struct config *config, cfg_opt_t *opt, const struct option *option)
{
	char *to = (char *)config + option->offset;

	switch (option->kind) {
	case KIND_NUMBER:
		take_number(to, option->size, cfg_opt_getnint(opt, 0));
		break;
	case KIND_TEXT:
		snprintf(to, option->size, "%s", cfg_opt_getnstr(opt, 0));
		break;
	case KIND_LISTENS:
		take_listens(config, opt);
		break;
	case KIND_LOG:
		(void)find_log(cfg_opt_getnstr(opt, 0), &config->log);
		break;
	case KIND_BOOL:
		config->log_queries = cfg_opt_getnbool(opt, 0);
		break;
	}
}

static void
take_values(struct config *config, cfg_t *cfg)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		cfg_opt_t *opt = cfg_getopt(cfg, options[i].name);

		if (cfg_opt_size(opt) > 0)
			take_value(config, opt, &options[i]);
	}
}

static unsigned
line_of(const char *text, const char *at)
{
	unsigned line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

/* libconfuse takes a C string, so a NUL would hide what follows it. */
static enum err
refuse_nul(struct span text, const char *name, struct fault *fault)
{
	const char *nul = text.length ?
	    memchr(text.data, '\0', text.length) : NULL;

	if (nul == NULL)
		return ERR_NONE;
	return fault_set(fault, ERR_REFUSED, "%s:%u: there is a NUL byte", name,
	    line_of(text.data, nul));
}

/*
 * The text as a string that ends in a newline: of a backslash at the very end
 * libconfuse's scanner knows nothing better than to print it.
 */
static char *
make_lines(struct span text)
{
	char *string = malloc(text.length + 2);

	assert(string != NULL);
	if (text.length > 0)
		memcpy(string, text.data, text.length);
	memcpy(string + text.length, "\n", 2);
	return string;
}

/* Behind a comment that begins at `text`; `text` when none does, or no end. */
static char *
skip_comment(char *text)
{
	char *end;

	if (text[0] == '#' || strncmp(text, "//", 2) == 0)
		return text + strcspn(text, "\n");
	if (strncmp(text, "/*", 2) != 0)
		return text;
	end = strstr(text + 2, "*/");
	return end ? end + 2 : text;
}

/* Behind the word or the text in quotes at `text`, at least one byte. */
static char *
skip_word(char *text)
{
	const char quote = *text++;

	if (quote != '"' && quote != '\'')
		/* Where a word may not go on, a comment may begin. */
		return strchr(" \t\r\n={}()+,", quote) ? text :
		    text + strcspn(text, " \t\r\n={}()+,\"'#");
	while (*text != '\0' && *text != quote)
		text += text[0] == '\\' && text[1] != '\0' ? 2 : 1;
	return *text == quote ? text + 1 : text;
}

/*
 * Comments become blanks before libconfuse sees them: it counts too many lines
 * for each, takes `//word` for a value, and one that is never closed for the
 * end of the file.
 */
static enum err
blank_comments(char *text, const char *name, struct fault *fault)
{
	char *at = text;

	while (*at != '\0') {
		char *end = skip_comment(at);

		if (end == at && strncmp(at, "/*", 2) == 0)
			return fault_set(fault, ERR_REFUSED, "%s:%u: a comment"
			    " that begins here is never closed", name,
			    line_of(text, at));
		if (end == at)
			at = skip_word(at);
		for (; at < end; at++)
			if (*at != '\n')
				*at = ' ';
	}
	return ERR_NONE;
}

static enum err
parse_string(struct config *config, const char *text)
{
	cfg_opt_t opts[OPTIONS + 1] = { 0 };
	cfg_t *cfg;
	int outcome;

	for (size_t i = 0; i < OPTIONS; i++)
		opts[i] = describe_option(&options[i]);
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
	enum err err = refuse_nul(text, name, fault);
	char *string;

	if (err != ERR_NONE)
		return err;
	string = make_lines(text);
	reading.name = name;
	reading.fault = fault;
	reading.failed = false;
	err = blank_comments(string, name, fault);
	if (err == ERR_NONE)
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

static bool
listens_differ(const struct config *a, const struct config *b)
{
	if (a->listen_count != b->listen_count)
		return true;
	for (unsigned i = 0; i < a->listen_count; i++)
		if (strcmp(a->listens[i], b->listens[i]) != 0)
			return true;
	return false;
}

static bool
option_differs(const struct option *option, const struct config *a,
    const struct config *b)
{
	const char *in_a = (const char *)a + option->offset;
	const char *in_b = (const char *)b + option->offset;

	if (option->kind == KIND_LISTENS)
		return listens_differ(a, b);
	if (option->kind == KIND_TEXT)
		return strcmp(in_a, in_b) != 0;
	return memcmp(in_a, in_b, option->size) != 0;
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

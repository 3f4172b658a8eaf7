#include "server/config_option.h"

#include "server/config.h"
#include "server/config_access.h"
#include "server/sandbox.h"
#include "text/charset.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char *const log_names[] = {
	[LOG_TO_STDERR] = "stderr",
	[LOG_TO_SYSLOG] = "syslog",
};

static bool
check_number(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	long value = cfg_opt_getnint(opt, 0);

	if (value >= option->min && value <= option->max)
		return true;
	cfg_error(cfg, "%s must be between %ld and %ld, not %ld", option->name,
	    option->min, option->max, value);
	return false;
}

/* `size` with the NUL. */
static bool
is_short(const struct option *option, cfg_t *cfg, const char *value,
    size_t size)
{
	if (strlen(value) < size)
		return true;
	cfg_error(cfg, "%s is longer than %zu bytes", option->name, size - 1);
	return false;
}

static bool
check_text(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	return is_short(option, cfg, cfg_opt_getnstr(opt, 0), option->size);
}

static bool
is_safe_to_send(struct span value)
{
	char memory[3 * CONFIG_TEXT_MAX];
	struct buf safe;

	buf_init(&safe, memory, sizeof memory);
	utf8_add_sanitised(&safe, value);
	return span_equal(buf_span(&safe), value);
}

static bool
check_line(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	const char *value = cfg_opt_getnstr(opt, 0);

	if (!is_short(option, cfg, value, option->size))
		return false;
	if (is_safe_to_send(span_from(value)))
		return true;
	cfg_error(cfg, "%s must be UTF-8 without control characters",
	    option->name);
	return false;
}

static bool
check_charset(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	const char *value = cfg_opt_getnstr(opt, 0);
	enum charset charset;

	if (charset_find(span_from(value), &charset))
		return true;
	cfg_error(cfg, "%s must be \"utf-8\", \"iso-8859-1\" or \"us-ascii\", "
	    "not \"%s\"", option->name, value);
	return false;
}

static bool
is_domain(const char *text)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";

	return text[0] != '\0' && text[0] != '.' &&
	    text[strspn(text, allowed)] == '\0';
}

static bool
check_domains(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	size_t size = 0;

	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		const char *value = cfg_opt_getnstr(opt, i);

		size += strlen(value) + 1;
		if (is_domain(value))
			continue;
		cfg_error(cfg, "%s: \"%s\" is no domain; one is written "
		    "example.org", option->name, value);
		return false;
	}
	if (size <= option->size)
		return true;
	cfg_error(cfg, "%s are longer than %zu bytes", option->name,
	    option->size - 1);
	return false;
}

static bool
check_listens(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	unsigned count = cfg_opt_size(opt);

	if (count > CONFIG_LISTENS_MAX) {
		cfg_error(cfg, "%s may hold at most %d addresses",
		    option->name, CONFIG_LISTENS_MAX);
		return false;
	}
	for (unsigned i = 0; i < count; i++) {
		const char *value = cfg_opt_getnstr(opt, i);
		struct config_listen unused;
		struct fault fault;

		if (!is_short(option, cfg, value, CONFIG_TEXT_MAX))
			return false;
		if (config_cut_listen(&unused, value, &fault)) {
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
check_log(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	const char *value = cfg_opt_getnstr(opt, 0);
	enum log_destination log;

	if (find_log(value, &log))
		return true;
	cfg_error(cfg, "%s must be \"stderr\" or \"syslog\", not \"%s\"",
	    option->name, value);
	return false;
}

/* 0: there is no such part. */
static unsigned
find_part(const char *name)
{
	if (strcmp(name, "landlock") == 0)
		return SANDBOX_LANDLOCK;
	return strcmp(name, "seccomp") == 0 ? SANDBOX_SECCOMP : 0;
}

static bool
check_sandbox(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		const char *value = cfg_opt_getnstr(opt, i);

		if (find_part(value) != 0)
			continue;
		cfg_error(cfg, "%s may hold \"landlock\" and \"seccomp\", "
		    "not \"%s\"", option->name, value);
		return false;
	}
	return true;
}

static void
take_number(const struct option *option, void *settings, cfg_opt_t *opt)
{
	long value = cfg_opt_getnint(opt, 0);
	uint64_t wide = (uint64_t)value;
	uint32_t narrow = (uint32_t)value;
	bool is_wide = option->size == sizeof wide;

	assert(is_wide || option->size == sizeof narrow);
	memcpy(option_place(option, settings), is_wide ? (void *)&wide :
	    (void *)&narrow, option->size);
}

static void
take_text(const struct option *option, void *settings, cfg_opt_t *opt)
{
	snprintf(option_place(option, settings), option->size, "%s",
	    cfg_opt_getnstr(opt, 0));
}

static void
take_charset(const struct option *option, void *settings, cfg_opt_t *opt)
{
	bool found = charset_find(span_from(cfg_opt_getnstr(opt, 0)),
	    option_place(option, settings));

	assert(found);
}

static void
take_domains(const struct option *option, void *settings, cfg_opt_t *opt)
{
	struct buf text;

	buf_init(&text, option_place(option, settings), option->size);
	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		if (i > 0)
			buf_add_char(&text, ' ');
		buf_add_string(&text, cfg_opt_getnstr(opt, i));
	}
	buf_add_char(&text, '\0');
	assert(!text.overflowed);
}

static void
take_listens(const struct option *option, void *settings, cfg_opt_t *opt)
{
	struct config *config = settings;

	(void)option;
	config->listen_count = cfg_opt_size(opt);
	for (unsigned i = 0; i < config->listen_count; i++)
		snprintf(config->listens[i], CONFIG_TEXT_MAX, "%s",
		    cfg_opt_getnstr(opt, i));
}

static void
take_log(const struct option *option, void *settings, cfg_opt_t *opt)
{
	(void)find_log(cfg_opt_getnstr(opt, 0), option_place(option, settings));
}

static void
take_bool(const struct option *option, void *settings, cfg_opt_t *opt)
{
	bool value = cfg_opt_getnbool(opt, 0);

	assert(option->size == sizeof value);
	memcpy(option_place(option, settings), &value, sizeof value);
}

static void
take_sandbox(const struct option *option, void *settings, cfg_opt_t *opt)
{
	unsigned parts = 0;

	for (unsigned i = 0; i < cfg_opt_size(opt); i++)
		parts |= find_part(cfg_opt_getnstr(opt, i));
	memcpy(option_place(option, settings), &parts, sizeof parts);
}

bool
option_bytes_differ(const struct option *option, const void *a, const void *b)
{
	return memcmp((const char *)a + option->offset,
	    (const char *)b + option->offset, option->size) != 0;
}

static bool
texts_differ(const struct option *option, const void *a, const void *b)
{
	return strcmp((const char *)a + option->offset,
	    (const char *)b + option->offset) != 0;
}

static bool
listens_differ(const struct option *option, const void *a, const void *b)
{
	const struct config *old = a;
	const struct config *new = b;

	(void)option;
	if (old->listen_count != new->listen_count)
		return true;
	for (unsigned i = 0; i < old->listen_count; i++)
		if (strcmp(old->listens[i], new->listens[i]) != 0)
			return true;
	return false;
}

static const struct kind_functions number = { CFGT_INT, CFGF_NONE,
	check_number, take_number, option_bytes_differ };
static const struct kind_functions text = { CFGT_STR, CFGF_NONE,
	check_text, take_text, texts_differ };
static const struct kind_functions line = { CFGT_STR, CFGF_NONE,
	check_line, take_text, texts_differ };
static const struct kind_functions charset = { CFGT_STR, CFGF_NONE,
	check_charset, take_charset, option_bytes_differ };
static const struct kind_functions domains = { CFGT_STR, CFGF_LIST,
	check_domains, take_domains, texts_differ };
static const struct kind_functions listens = { CFGT_STR, CFGF_LIST,
	check_listens, take_listens, listens_differ };
static const struct kind_functions log_name = { CFGT_STR, CFGF_NONE,
	check_log, take_log, option_bytes_differ };
static const struct kind_functions sandbox = { CFGT_STR, CFGF_LIST,
	check_sandbox, take_sandbox, option_bytes_differ };
static const struct kind_functions boolean = { CFGT_BOOL, CFGF_NONE,
	NULL, take_bool, option_bytes_differ };

static const struct kind_functions *const kinds[] = {
	[KIND_NUMBER] = &number,
	[KIND_TEXT] = &text,
	[KIND_LINE] = &line,
	[KIND_CHARSET] = &charset,
	[KIND_DOMAINS] = &domains,
	[KIND_LISTENS] = &listens,
	[KIND_LOG] = &log_name,
	[KIND_BOOL] = &boolean,
	[KIND_SANDBOX] = &sandbox,
	[KIND_NETWORKS] = &config_networks_kind,
	[KIND_RULES] = &config_rules_kind,
	[KIND_CLASSES] = &config_classes_kind,
};

const struct option *
option_find(const struct option_table *table, const char *name)
{
	for (unsigned i = 0; i < table->count; i++)
		if (strcmp(table->options[i].name, name) == 0)
			return &table->options[i];
	return NULL;
}

cfg_opt_t
option_describe(const struct option *option, cfg_validate_callback_t check)
{
	const struct kind_functions *kind = kinds[option->kind];

	return (cfg_opt_t){
		.name = option->name,
		.type = kind->type,
		.flags = kind->flags | CFGF_NODEFAULT,
		.validcb = check,
	};
}

bool
option_check(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	const struct kind_functions *kind = kinds[option->kind];

	return kind->check == NULL || kind->check(option, cfg, opt);
}

void
option_take_all(const struct option_table *table, void *settings, cfg_t *cfg)
{
	for (unsigned i = 0; i < table->count; i++) {
		const struct option *option = &table->options[i];
		cfg_opt_t *opt = cfg_getopt(cfg, option->name);

		/* An empty list is a value, too. */
		if (opt->flags & CFGF_MODIFIED)
			kinds[option->kind]->take(option, settings, opt);
	}
}

bool
option_differs(const struct option *option, const void *a, const void *b)
{
	return kinds[option->kind]->differs(option, a, b);
}

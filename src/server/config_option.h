/*
 * Options of the configuration: what kinds of them there are, how each kind is
 * described to libconfuse, checked, taken over and compared.
 */

#ifndef SERVER_CONFIG_OPTION_H
#define SERVER_CONFIG_OPTION_H

#include <confuse.h>
#include <stdbool.h>
#include <stddef.h>

enum kind {
	KIND_NUMBER,
	KIND_TEXT,
	KIND_LINE,     /* a text that clients are sent */
	KIND_CHARSET,
	KIND_DOMAINS,  /* a list, kept as one text with blanks between */
	KIND_LISTENS,
	KIND_LOG,
	KIND_BOOL,
	KIND_SANDBOX,
	KIND_NETWORKS, /* these three: server/config_access */
	KIND_RULES,
	KIND_CLASSES,
};

/*
 * Where a value goes in the struct of settings and how large that is, and for
 * numbers what is allowed.
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

/* All that may stand in a file, or in one kind of section. */
struct option_table {
	const struct option *options;
	unsigned count;
};

/* What one kind of option is like.  No check: every value will do. */
struct kind_functions {
	cfg_type_t type;
	cfg_flag_t flags;
	bool (*check)(const struct option *option, cfg_t *cfg, cfg_opt_t *opt);
	void (*take)(const struct option *option, void *settings,
	    cfg_opt_t *opt);
	bool (*differs)(const struct option *option, const void *a,
	    const void *b);
};

/* NULL: there is no such option. */
const struct option *option_find(const struct option_table *table,
    const char *name);

/*
 * The option as libconfuse wants it; `check` is called after each value.  It
 * has no default, so that what the settings hold stays.
 */
cfg_opt_t option_describe(const struct option *option,
    cfg_validate_callback_t check);

/*
 * False: the value is not allowed, and cfg_error() has said why.  Of a list the
 * last one is asked about, those before it were.
 */
bool option_check(const struct option *option, cfg_t *cfg, cfg_opt_t *opt);

/* Put all values that were set, and checked, where they belong. */
void option_take_all(const struct option_table *table, void *settings,
    cfg_t *cfg);

bool option_differs(const struct option *option, const void *a, const void *b);

/* How values differ that are nothing but their bytes. */
bool option_bytes_differ(const struct option *option, const void *a,
    const void *b);

/* Where the value is. */
static inline void *
option_place(const struct option *option, void *settings)
{
	return (char *)settings + option->offset;
}

#endif

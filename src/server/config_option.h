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
	KIND_LISTENS,
	KIND_LOG,
	KIND_BOOL,
	KIND_SANDBOX,
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

/*
 * The option as libconfuse wants it; `check` is called after each value.  It
 * has no default, so that what the settings hold stays.
 */
cfg_opt_t option_describe(const struct option *option,
    cfg_validate_callback_t check);

/* False: the value is not allowed, and cfg_error() has said why. */
bool option_check(const struct option *option, cfg_t *cfg, cfg_opt_t *opt);

/* Put a value that was checked where it belongs in `settings`. */
void option_take(const struct option *option, void *settings, cfg_opt_t *opt);

bool option_differs(const struct option *option, const void *a, const void *b);

#endif

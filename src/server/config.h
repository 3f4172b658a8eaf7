/*
 * The configuration: the defaults, over them a file (read by libconfuse), over
 * that the command line.  Settings are handed on as structs; no other file
 * knows there is a configuration file.
 */

#ifndef SERVER_CONFIG_H
#define SERVER_CONFIG_H

#include "access/policy.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"
#include "net/net.h"
#include "proto/face.h"
#include "sys/log.h"

#include <stdbool.h>

enum {
	CONFIG_LISTENS_MAX = 32,
	CONFIG_TEXT_MAX = 256,
	CONFIG_PATH_MAX = CONFIG_TEXT_MAX + 16, /* a file in directory */
	CONFIG_WORKERS_MAX = 1024,
	CONFIG_SHOWN_MAX = 1000, /* what shown_max may be */
	CONFIG_OPTIONS_MAX = 64, /* more than there are */
};

struct buf;

struct config {
	char directory[CONFIG_TEXT_MAX];
	char listens[CONFIG_LISTENS_MAX][CONFIG_TEXT_MAX]; /* FACE:WHERE */
	unsigned listen_count;
	struct net_limits limits;
	struct face_settings face;
	struct policy policy; /* who may see, come and take how much */
	enum log_destination log;
	bool log_queries;
	char pidfile[CONFIG_TEXT_MAX]; /* empty: none */
	char control[CONFIG_TEXT_MAX]; /* "auto": in directory; empty: none */
	char user[CONFIG_TEXT_MAX];    /* whom to become; empty: nobody else */
	char group[CONFIG_TEXT_MAX];   /* empty: the user's own */
	unsigned sandbox;              /* of enum sandbox_part */

	/* for config_blame(): the file, and the line of each option it sets */
	char file[CONFIG_TEXT_MAX];
	unsigned lines[CONFIG_OPTIONS_MAX];
};

/* Every default, as whoisd.conf(5) and dist/whoisd.conf show them. */
void config_set_defaults(struct config *config);

/*
 * The text of a configuration file, over what `config` holds.  The fault says
 * "NAME:LINE: ...".  After a failure `config` is not to be used.  One thread
 * at a time: libconfuse's scanner is a global.
 */
enum err config_parse(struct config *config, struct span text,
    const char *name, struct fault *fault) MUST_CHECK;

/* The same for the file `path`, whose name the fault gives. */
enum err config_read(struct config *config, const char *path,
    struct fault *fault) MUST_CHECK;

/* What the command line said; NULL and 0 where it said nothing. */
struct config_source {
	const char *folder; /* relative names start here; NULL: leave them */
	const char *path;
	const char *directory;
	const char *listens[CONFIG_LISTENS_MAX];
	unsigned listen_count;
	unsigned workers;
	const char *control;
};

/* Defaults, file and command line together: at start and at every reload. */
enum err config_gather(struct config *config,
    const struct config_source *source, struct fault *fault) MUST_CHECK;

#define CONFIG_PROXY_SUFFIX ",proxy" /* of LISTEN, and of sockets' names */

/* A LISTEN in its parts: FACE:ADDRESS, and perhaps the suffix. */
struct config_listen {
	const struct face *face;
	struct span address; /* borrowed from the text */
	bool wants_proxy;
};

/* Refused: no such face, no address, or what is none. */
enum err config_cut_listen(struct config_listen *listen, const char *text,
    struct fault *fault) MUST_CHECK;

/*
 * Where the control socket goes; false: nowhere.  With "auto" it is in the
 * directory, and one that cannot be made is no reason not to serve.
 */
bool config_find_control(const struct config *config,
    char path[CONFIG_PATH_MAX], bool *is_auto) MUST_CHECK;

/* Names of the options whose change takes a restart, each after a blank. */
void config_list_fixed(const struct config *old, const struct config *new,
    struct buf *names);

/*
 * What `fault` says is for this option to mend: put the file and the line that
 * set it in front, "FILE:LINE: ", or nothing where no file did.  Gives the
 * code.
 */
enum err config_blame(const struct config *config, const char *option,
    struct fault *fault);

/* The name of option `index`, or NULL behind the last. */
const char *config_option_name(size_t index);

#endif

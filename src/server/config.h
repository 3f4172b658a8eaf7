/*
 * The configuration file, by libconfuse.  Settings are handed on as structs;
 * no other file knows there is a configuration file.
 */

#ifndef SERVER_CONFIG_H
#define SERVER_CONFIG_H

#include "base/attr.h"
#include "base/err.h"
#include "net/net.h"
#include "proto/face.h"
#include "sys/log.h"

#include <stdbool.h>

enum { CONFIG_LISTENS_MAX = 32, CONFIG_TEXT_MAX = 256 };

struct config {
	char directory[CONFIG_TEXT_MAX];
	char listens[CONFIG_LISTENS_MAX][CONFIG_TEXT_MAX]; /* FACE:ADDRESS:PORT */
	unsigned listen_count;
	struct net_limits limits;
	struct face_settings face;
	enum log_destination log;
	bool log_queries;
};

/* Every default, as whoisd.conf(5) and dist/whoisd.conf show them. */
void config_set_defaults(struct config *config);

/* `path` over the defaults.  The fault says "FILE:LINE: ...". */
enum err config_read(struct config *config, const char *path,
    struct fault *fault) MUST_CHECK;

#endif

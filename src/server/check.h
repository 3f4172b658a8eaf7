/*
 * Whether the server would start, found out without taking a port, writing a
 * file or disturbing a server that runs: what `whoisd --check-config` does once
 * the configuration has been read.
 */

#ifndef SERVER_CHECK_H
#define SERVER_CHECK_H

#include "base/attr.h"
#include "base/err.h"

struct config;
struct config_source;

/*
 * User and group are known, this machine has the addresses, the folders of the
 * pid file and the control socket are there, and the directory can be opened.
 * The first thing that is wrong is said, with the file and line that set it.
 *
 * Root becomes the user before the directory is opened, for good: the process
 * is to end after this.
 */
enum err check_start(const struct config *config,
    const struct config_source *source, struct fault *fault) MUST_CHECK;

#endif

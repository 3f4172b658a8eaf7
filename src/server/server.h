/*
 * The composition root: configuration, directory, network and signals, put
 * together in one order and taken apart in its exact reverse.
 *
 * Signals: SIGHUP reads configuration and directory again, SIGUSR1 logs the
 * counters, SIGTERM and SIGINT drain and end it.
 */

#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "base/attr.h"
#include "base/err.h"

struct config;
struct config_source;
struct daemon;

/*
 * Serve until told to stop.  `source` is asked again at each SIGHUP; `daemon`
 * is NULL in the foreground.  The fault is set when nothing was ever served.
 */
enum err server_run(const struct config *config,
    const struct config_source *source, struct daemon *daemon,
    struct fault *fault) MUST_CHECK;

#endif

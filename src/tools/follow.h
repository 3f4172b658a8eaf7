/* Ask a WHOIS server, and then the servers it refers to. */

#ifndef TOOLS_FOLLOW_H
#define TOOLS_FOLLOW_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct server_name;

enum { FOLLOW_HOPS_MAX = 4 };

/*
 * Print the answer of `first` and of at most FOLLOW_HOPS_MAX more servers, none
 * twice; returns the exit status, which the last answer decides.  Only who
 * `named` a loopback or private server as the first may be referred to others.
 * `deadline_ms` (CLOCK_MONOTONIC) is for all of them.
 */
int follow(const struct server_name *first, bool named, struct span query,
    uint64_t deadline_ms);

#endif

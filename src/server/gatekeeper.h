/*
 * The gatekeeper: net/gate filled in with what is configured about who asks
 * (access/policy).  Access rules say who may come in and, in a session, go on;
 * limits what a source may take, question by question in a session too; and who
 * is refused is told so by the face he came to.  A proxy that asks for itself
 * is no source: its health checks would use up a day's answers, and who is
 * refused then is taken for dead.
 *
 * All of it happens at the desk (net/io), which alone has the table of sources;
 * a policy that changes is taken over at the next caller, and until then costs
 * one load of an atomic.
 *
 * The log has one line for a source that meets a limit, the first time and then
 * once an hour, and never more than one a second of all of them.  Who is turned
 * away by a rule is only counted: that is as it was meant.
 */

#ifndef SERVER_GATEKEEPER_H
#define SERVER_GATEKEEPER_H

struct counter_set;
struct gate;
struct gatekeeper;
struct policy;

struct gatekeeper *gatekeeper_new(const struct policy *policy);

/* The net must be gone. */
void gatekeeper_free(struct gatekeeper **gatekeeper);

/* Another policy, for every caller from now on.  Any thread. */
void gatekeeper_change(struct gatekeeper *gatekeeper,
    const struct policy *policy);

/* For net_set_gate(); lives as long as the gatekeeper. */
const struct gate *gatekeeper_gate(const struct gatekeeper *gatekeeper);

struct counter_set gatekeeper_counters(const struct gatekeeper *gatekeeper);

#endif

#include <config.h>

#include "server/server.h"

#include "base/buf.h"
#include "dir/generation.h"
#include "net/net.h"
#include "server/config.h"
#include "server/control.h"
#include "server/daemon.h"
#include "server/gatekeeper.h"
#include "server/inquiry.h"
#include "server/listening.h"
#include "server/notify.h"
#include "server/process.h"
#include "server/sandbox.h"
#include "server/serving.h"
#include "server/statistics.h"
#include "server/watch.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/mapped.h"

#include <assert.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
	WATCH_MS = 500, /* how often we look for a new generation */
	DRAIN_MS = 5000,
	LOG_MS = 1000,

	/* A request may wait that long for a disk; behind it is a fault. */
	STALLED_MS = 20000,

	/* Descriptors beside connections: generations, epoll, log, library. */
	DESCRIPTORS_SPARE = 64,
};

struct server {
	struct config config;
	const struct config_source *source;
	struct daemon *daemon; /* NULL: in the foreground */

	sigset_t signals;
	struct notify notify;
	struct listening listening;
	struct net_limits limits; /* as the system allows */
	unsigned descriptors;     /* that may be open */
	struct pidfile pidfile;
	struct watch *watch;
	struct serving *serving;
	struct gatekeeper *gatekeeper;
	struct net *net;
	bool is_logging;
	struct buf confinement; /* the sentence about the sandbox */
	char confinement_text[256];
	bool is_serving; /* net runs */
	struct statistics statistics;
	struct inquiry inquiry;
	struct control *control; /* NULL: there is none */
	struct fault uncontrolled; /* why not */
};

/* Before any thread, so that all of them leave the signals to us. */
static void
take_signals(struct server *s)
{
	sigemptyset(&s->signals);
	sigaddset(&s->signals, SIGHUP);
	sigaddset(&s->signals, SIGTERM);
	sigaddset(&s->signals, SIGINT);
	sigaddset(&s->signals, SIGUSR1);
	sigprocmask(SIG_BLOCK, &s->signals, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static enum log_destination
choose_log(const struct server *s, const struct config *config)
{
	/* Detached, standard error leads nowhere. */
	return s->daemon != NULL ? LOG_TO_SYSLOG : config->log;
}

/* How many connections fit; say_limits() says what they are lowered to. */
static void
fit_limits(struct server *s)
{
	struct net_limits *limits = &s->limits;
	unsigned others;

	*limits = s->config.limits;
	others = DESCRIPTORS_SPARE + s->listening.count + limits->workers;
	s->descriptors = process_raise_descriptors(
	    limits->connections + others);
	/* Fewer connections rather than EMFILE in the middle of a busy day. */
	if (s->descriptors < limits->connections + others)
		limits->connections = s->descriptors > others ?
		    s->descriptors - others : 1;
}

static void
say_limits(const struct server *s)
{
	unsigned wanted = s->config.limits.connections;

	if (s->limits.connections < wanted)
		log_line(LOG_LEVEL_NOTICE, "connections lowered from %u to "
		    "%u: the system allows %u open descriptors", wanted,
		    s->limits.connections, s->descriptors);
}

/* What needed root or a capability is done. */
static enum err
become_user(const struct server *s, struct fault *fault)
{
	struct identity identity;
	enum err err = process_find(&identity, s->config.user,
	    s->config.group, fault);

	if (err == ERR_NONE && s->control != NULL && s->config.user[0] != '\0')
		err = control_give(s->control, identity.uid, identity.gid,
		    fault);
	if (err == ERR_NONE)
		err = process_become(&identity, fault);
	process_drop_capabilities();
	return err;
}

static enum err
open_directory(struct server *s, struct fault *fault)
{
	struct watch_start start = {
		.path = s->config.directory,
		.wall_s = clock_wall_s(),
	};
	enum err err = watch_open(&s->watch, &start, fault);
	unsigned dead;

	if (err != ERR_NONE)
		return err;
	dead = directory_clear_dead_readers(watch_directory(s->watch));
	if (dead > 0)
		log_line(LOG_LEVEL_NOTICE, "cleared %u dead readers", dead);
	s->serving = serving_new(watch_directory(s->watch), &s->config.face,
	    &s->config.policy.classes, s->config.log_queries);
	return ERR_NONE;
}

static enum err
start_net(struct server *s, struct fault *fault)
{
	struct worker_maker workers = serving_workers(s->serving);
	enum err err = net_new(&s->net, &s->limits,
	    s->listening.listeners, s->listening.count, &workers, fault);

	if (err != ERR_NONE)
		return err;
	s->gatekeeper = gatekeeper_new(&s->config.policy);
	net_set_gate(s->net, gatekeeper_gate(s->gatekeeper));
	err = net_start(s->net, fault);
	s->is_serving = err == ERR_NONE;
	return err;
}

static void
gather_statistics(struct server *s)
{
	struct counter_set net = net_counters(s->net);
	struct counter_set gauges = net_gauges(s->net);
	struct counter_set gatekeeper = gatekeeper_counters(s->gatekeeper);
	struct counter_set serving = serving_counters(s->serving);
	struct counter_set watch = watch_counters(s->watch);
	struct histogram_set times = serving_times(s->serving);

	statistics_init(&s->statistics, clock_monotonic_ms());
	statistics_add(&s->statistics, &gauges);
	statistics_add(&s->statistics, &net);
	statistics_add(&s->statistics, &gatekeeper);
	statistics_add(&s->statistics, &serving);
	statistics_add(&s->statistics, &watch);
	statistics_set_times(&s->statistics, &times);
}

/* The server does without one that nobody asked for. */
static enum err
open_control(struct server *s, struct fault *fault)
{
	char path[CONFIG_PATH_MAX];
	bool is_auto;
	enum err err;

	if (!config_find_control(&s->config, path, &is_auto))
		return ERR_NONE;
	err = control_open(&s->control, path,
	    is_auto ? &s->uncontrolled : fault);
	return is_auto ? ERR_NONE : err;
}

static enum err
start_control(struct server *s, struct fault *fault)
{
	const struct control_service service = { &s->inquiry, inquiry_answer };

	gather_statistics(s);
	s->inquiry = (struct inquiry){ &s->statistics, s->watch };
	return s->control == NULL ? ERR_NONE :
	    control_start(s->control, &service, fault);
}

/* All that takes more than is left to us afterwards. */
static enum err
take_hold(struct server *s, struct fault *fault)
{
	enum err err = listening_open(&s->listening, &s->config, fault);

	if (err == ERR_NONE)
		err = pidfile_open(&s->pidfile, s->config.pidfile, fault);
	if (err == ERR_NONE)
		err = open_control(s, fault);
	fit_limits(s);
	if (err == ERR_NONE)
		err = become_user(s, fault);
	return err;
}

/* The sandbox before any thread, the log's among them: see there. */
static enum err
confine(struct server *s, struct fault *fault)
{
	enum err err;

	buf_init(&s->confinement, s->confinement_text,
	    sizeof s->confinement_text);
	sandbox_enter(&s->config, s->source, &s->confinement);
	err = log_start(choose_log(s, &s->config), "whoisd", fault);
	s->is_logging = err == ERR_NONE;
	return err;
}

static enum err
serve(struct server *s, struct fault *fault)
{
	enum err err = open_directory(s, fault);

	if (err == ERR_NONE)
		err = start_net(s, fault);
	if (err == ERR_NONE)
		err = start_control(s, fault);
	return err;
}

static void
say_status(struct server *s)
{
	char text[NOTIFY_TEXT_MAX];
	struct buf out;

	buf_init(&out, text, sizeof text - 1);
	watch_summarise(s->watch, &out);
	text[out.length] = '\0';
	notify_status(&s->notify, text);
}

/* It serves: the log, scripts, and who waits for a detached server want it. */
static void
announce(struct server *s)
{
	log_text(LOG_LEVEL_NOTICE, buf_span(&s->confinement));
	say_limits(s);
	if (s->listening.is_inherited)
		log_line(LOG_LEVEL_NOTICE, "listening on what was handed "
		    "over, not on what is configured");
	if (s->uncontrolled.code != ERR_NONE)
		log_line(LOG_LEVEL_NOTICE, "nobody can ask for statistics: %s",
		    s->uncontrolled.text);
	watch_announce(s->watch);
	listening_announce(&s->listening);
	say_status(s);
	notify_ready(&s->notify);
	if (s->daemon != NULL)
		daemon_ready(s->daemon);
}

/* What server_stop() undoes in reverse, however far this came. */
static enum err
server_start(struct server *s, struct fault *fault)
{
	enum err err;

	mapped_guard(ERR_WORLD);
	take_signals(s);
	notify_open(&s->notify);
	err = take_hold(s, fault);
	if (err == ERR_NONE)
		err = confine(s, fault);
	if (err == ERR_NONE)
		err = serve(s, fault);
	if (err == ERR_NONE)
		announce(s);
	return err;
}

static void
server_stop(struct server *s)
{
	notify_stopping(&s->notify);
	if (s->is_serving && !net_drain(s->net, DRAIN_MS))
		log_line(LOG_LEVEL_NOTICE, "some connections were cut off "
		    "after %d ms", DRAIN_MS);
	control_close(&s->control);
	if (s->net != NULL)
		net_free(&s->net);
	if (s->gatekeeper != NULL)
		gatekeeper_free(&s->gatekeeper);
	if (s->serving != NULL)
		serving_free(&s->serving);
	watch_close(&s->watch);
	pidfile_close(&s->pidfile);
	listening_close(&s->listening);
	if (s->is_logging)
		log_stop(LOG_MS);
	notify_close(&s->notify);
}

/* Take over what may change while serving; say what has to wait. */
static void
apply_config(struct server *s, const struct config *new)
{
	char names[512];
	struct buf fixed;

	buf_init(&fixed, names, sizeof names - 1);
	config_list_fixed(&s->config, new, &fixed);
	names[fixed.length] = '\0';
	log_redirect(choose_log(s, new));
	s->config.log = new->log;
	s->config.log_queries = new->log_queries;
	s->config.face = new->face;
	s->config.policy = new->policy;
	gatekeeper_change(s->gatekeeper, &new->policy);
	serving_change(s->serving, &new->face, &new->policy.classes,
	    new->log_queries);
	if (fixed.length == 0)
		log_line(LOG_LEVEL_NOTICE, "reloaded");
	else
		log_line(LOG_LEVEL_NOTICE,
		    "reloaded, but these take a restart:%s", names);
}

static void
reload(struct server *s)
{
	struct config *new = malloc(sizeof *new);
	struct fault fault;

	assert(new != NULL);
	notify_reloading(&s->notify, clock_monotonic_us());
	if (config_gather(new, s->source, &fault) == ERR_NONE)
		apply_config(s, new);
	else
		log_line(LOG_LEVEL_ERROR,
		    "not reloaded, the old settings stay: %s", fault.text);
	free(new);
	watch_look(s->watch, clock_wall_s(), true);
	notify_ready(&s->notify);
}

/* One line of the log for each counter. */
static void
log_counters(struct server *s)
{
	static char text[STATISTICS_TEXT_MAX];
	struct span rest;
	struct buf out;

	buf_init(&out, text, sizeof text);
	statistics_print(&s->statistics, COUNTERS_FORM_TEXT, &out);
	rest = buf_span(&out);
	while (rest.length > 0)
		log_text(LOG_LEVEL_NOTICE, span_cut(&rest, '\n'));
}

/* The next signal, or 0 when it is time to look at the directory. */
static int
await_signal(const struct server *s)
{
	static const struct timespec watch = { 0, WATCH_MS * 1000000L };
	int signal_number = sigtimedwait(&s->signals, NULL, &watch);

	return signal_number > 0 ? signal_number : 0;
}

static void
give_sign_of_life(struct server *s)
{
	uint64_t now_ms = clock_monotonic_ms();

	notify_watchdog(&s->notify, now_ms,
	    net_stalled_ms(s->net, now_ms) < STALLED_MS);
}

static void
server_loop(struct server *s)
{
	for (;;) {
		int signal_number = await_signal(s);

		say_status(s);
		give_sign_of_life(s);
		switch (signal_number) {
		case SIGHUP:
			reload(s);
			break;
		case SIGUSR1:
			log_counters(s);
			break;
		case SIGTERM:
		case SIGINT:
			log_line(LOG_LEVEL_NOTICE, "stopping on %s",
			    signal_number == SIGTERM ? "SIGTERM" : "SIGINT");
			return;
		default:
			watch_look(s->watch, clock_wall_s(), false);
		}
	}
}

enum err
server_run(const struct config *config, const struct config_source *source,
    struct daemon *daemon, struct fault *fault)
{
	struct server *s = calloc(1, sizeof *s);
	enum err err;

	assert(s != NULL);
	s->config = *config;
	s->source = source;
	s->daemon = daemon;
	err = server_start(s, fault);
	if (err == ERR_NONE)
		server_loop(s);
	server_stop(s);
	free(s);
	return err;
}

#include <config.h>

#include "server/sandbox.h"

#include "base/buf.h"
#include "server/config.h"
#include "server/landlock.h"
#include "server/seccomp.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

/* What the C library and the sanitizers read while we serve. */
static const struct landlock_reach system_files[] = {
	{ "/dev/null", LANDLOCK_WRITE },
	{ "/etc/group", LANDLOCK_READ },
	{ "/etc/localtime", LANDLOCK_READ },
	{ "/etc/nsswitch.conf", LANDLOCK_READ },
	{ "/etc/passwd", LANDLOCK_READ },
	{ "/etc/services", LANDLOCK_READ },
	{ "/sys/devices/system/cpu", LANDLOCK_READ },
	{ "/usr/share/zoneinfo", LANDLOCK_READ },
#ifdef WITH_SANITIZER
	{ "/proc", LANDLOCK_READ },
#endif
};

enum {
	SYSTEM_FILES = sizeof system_files / sizeof system_files[0],
	/* directory, configuration (two), pid file, control socket, listens */
	REACH_MAX = SYSTEM_FILES + 5 + CONFIG_LISTENS_MAX,
};

/* The list, and the memory of the paths that were made for it. */
struct plan {
	struct landlock_reach reach[REACH_MAX];
	char *made[REACH_MAX];
	unsigned count;
};

/* `made` is the plan's from now on; NULL adds nothing. */
static void
add_made(struct plan *plan, char *made, enum landlock_use use)
{
	plan->made[plan->count] = made;
	plan->reach[plan->count++] = (struct landlock_reach){ made, use };
}

/* The folder in which `path` is, of which a copy is made. */
static void
add_folder(struct plan *plan, const char *path, enum landlock_use use)
{
	char *copy = strdup(path);
	char *folder = copy != NULL ? strdup(dirname(copy)) : NULL;

	free(copy);
	add_made(plan, folder, use);
}

/*
 * An editor replaces the file, so its folder is needed; where the name is a
 * link, the folder of what it leads to as well.
 */
static void
add_configuration(struct plan *plan, const struct config_source *source)
{
	char path[PATH_MAX];
	char *target;

	if (source->path == NULL)
		return;
	if (source->folder != NULL && source->path[0] != '/')
		snprintf(path, sizeof path, "%s/%s", source->folder,
		    source->path);
	else
		snprintf(path, sizeof path, "%s", source->path);
	add_folder(plan, path, LANDLOCK_READ);
	target = realpath(path, NULL);
	if (target != NULL)
		add_folder(plan, target, LANDLOCK_READ);
	free(target);
}

static void
add_listens(struct plan *plan, const struct config *config)
{
	for (unsigned i = 0; i < config->listen_count; i++) {
		const char *path = strstr(config->listens[i], ":unix:/");

		if (path != NULL)
			add_folder(plan, path + strlen(":unix:"),
			    LANDLOCK_REMOVE);
	}
}

static void
add_control(struct plan *plan, const struct config *config)
{
	char path[CONFIG_PATH_MAX];
	bool is_auto;

	if (config_find_control(config, path, &is_auto))
		add_folder(plan, path, LANDLOCK_REMOVE);
}

static void
make_plan(struct plan *plan, const struct config *config,
    const struct config_source *source)
{
	memcpy(plan->reach, system_files, sizeof system_files);
	plan->count = SYSTEM_FILES;
	add_made(plan, strdup(config->directory), LANDLOCK_WRITE);
	add_configuration(plan, source);
	if (config->pidfile[0] != '\0')
		add_folder(plan, config->pidfile, LANDLOCK_REMOVE);
	add_control(plan, config);
	add_listens(plan, config);
}

static void
clear_plan(struct plan *plan)
{
	for (unsigned i = 0; i < plan->count; i++)
		free(plan->made[i]);
}

static const char *
enter_landlock(const struct config *config, const struct config_source *source)
{
	struct plan plan = { 0 };
	const char *why;

	make_plan(&plan, config, source);
	why = landlock_enter(plan.reach, plan.count);
	clear_plan(&plan);
	return why;
}

/* ", landlock" now or "; no landlock: why" later, at the end. */
static void
say(struct buf *done, struct buf *missing, const char *name, const char *why)
{
	if (why == NULL)
		buf_add_format(done, ", %s", name);
	else
		buf_add_format(missing, "; no %s: %s", name, why);
}

void
sandbox_enter(const struct config *config, const struct config_source *source,
    struct buf *said)
{
	char memory[160];
	struct buf missing;

	tzset(); /* while every time zone can be read */
	buf_init(&missing, memory, sizeof memory);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		buf_add_string(said, "sandbox: none, the kernel is too old");
		return;
	}
	buf_add_string(said, "sandbox: no new privileges");
	if (config->sandbox & SANDBOX_LANDLOCK)
		say(said, &missing, "landlock", enter_landlock(config, source));
	if (config->sandbox & SANDBOX_SECCOMP)
		say(said, &missing, "seccomp", seccomp_enter());
	buf_add(said, buf_span(&missing));
}

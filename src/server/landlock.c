#include <config.h>

#include "server/landlock.h"

#ifdef WITH_LANDLOCK

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * The kernel says which version of Landlock it has, and refuses what it does
 * not know.  The header we are built with may be older than the kernel we run
 * on, so what came after the first version is written out here.
 */
enum {
	VERSION_REFER = 2,
	VERSION_TRUNCATE = 3,
	VERSION_NETWORK = 4,
	VERSION_DEVICES = 5,
	VERSION_SCOPES = 6,
};

#define FIRST_FILE_RIGHTS ((UINT64_C(1) << 13) - 1)
#define RIGHT_REFER (UINT64_C(1) << 13)
#define RIGHT_TRUNCATE (UINT64_C(1) << 14)
#define RIGHT_DEVICES (UINT64_C(1) << 15)
#define NETWORK_BIND_AND_CONNECT UINT64_C(3)
#define SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS UINT64_C(3)

#define READ_RIGHTS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

static const uint64_t use_rights[] = {
	[LANDLOCK_READ] = READ_RIGHTS,
	[LANDLOCK_WRITE] = READ_RIGHTS | LANDLOCK_ACCESS_FS_WRITE_FILE |
	    LANDLOCK_ACCESS_FS_MAKE_REG | RIGHT_TRUNCATE,
	[LANDLOCK_REMOVE] = LANDLOCK_ACCESS_FS_REMOVE_FILE,
};

/* Those that make sense for what is no folder. */
#define FILE_RIGHTS (LANDLOCK_ACCESS_FS_READ_FILE |                            \
	LANDLOCK_ACCESS_FS_WRITE_FILE | RIGHT_TRUNCATE)

/* struct landlock_ruleset_attr as version 6 has it. */
struct ruleset {
	uint64_t files;
	uint64_t network;
	uint64_t scopes;
};

static struct ruleset
choose_ruleset(long version)
{
	struct ruleset all = { .files = FIRST_FILE_RIGHTS };

	if (version >= VERSION_REFER)
		all.files |= RIGHT_REFER;
	if (version >= VERSION_TRUNCATE)
		all.files |= RIGHT_TRUNCATE;
	if (version >= VERSION_DEVICES)
		all.files |= RIGHT_DEVICES;
	if (version >= VERSION_NETWORK)
		all.network = NETWORK_BIND_AND_CONNECT;
	if (version >= VERSION_SCOPES)
		all.scopes = SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS;
	return all;
}

/* An old kernel takes a longer struct if what it does not know is zero. */
static int
make_ruleset(const struct ruleset *all)
{
	return (int)syscall(SYS_landlock_create_ruleset, all, sizeof *all, 0);
}

/* What cannot be opened stays out of reach. */
static void
allow(int ruleset, const struct ruleset *all,
    const struct landlock_reach *reach)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = use_rights[reach->use] & all->files,
		.parent_fd = open(reach->path, O_PATH | O_CLOEXEC),
	};
	struct stat status;

	if (rule.parent_fd < 0)
		return;
	if (fstat(rule.parent_fd, &status) == 0 && !S_ISDIR(status.st_mode))
		rule.allowed_access &= FILE_RIGHTS;
	syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
	    &rule, 0);
	close(rule.parent_fd);
}

/* Less than 1: there is none, and why. */
static long
find_version(const char **why)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	if (version < 1 && errno == ENOSYS)
		*why = "the kernel has none";
	else if (version < 1 && errno == EOPNOTSUPP)
		*why = "it is switched off";
	else if (version < 1)
		*why = strerror(errno);
	return version;
}

const char *
landlock_enter(const struct landlock_reach *reach, unsigned count)
{
	const char *why = NULL;
	long version = find_version(&why);
	struct ruleset all;
	int ruleset;

	if (version < 1)
		return why;
	all = choose_ruleset(version);
	ruleset = make_ruleset(&all);
	if (ruleset < 0)
		return strerror(errno);
	for (unsigned i = 0; i < count; i++)
		if (reach[i].path != NULL)
			allow(ruleset, &all, &reach[i]);
	if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
		why = strerror(errno);
	close(ruleset);
	return why;
}

#else

const char *
landlock_enter(const struct landlock_reach *reach, unsigned count)
{
	(void)reach;
	(void)count;
	return "built without it";
}

#endif

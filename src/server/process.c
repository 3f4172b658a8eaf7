#include <config.h>

#include "server/process.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static unsigned
clamp(rlim_t limit)
{
	return limit == RLIM_INFINITY || limit > UINT_MAX ? UINT_MAX :
	    (unsigned)limit;
}

unsigned
process_raise_descriptors(unsigned wanted)
{
	struct rlimit limit, raised;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return wanted;
	if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < wanted) {
		raised = limit;
		raised.rlim_cur = wanted;
		if (raised.rlim_max != RLIM_INFINITY &&
		    raised.rlim_max < wanted)
			raised.rlim_max = wanted;
		/* Only root may raise the hard limit; others go up to it. */
		if (setrlimit(RLIMIT_NOFILE, &raised) != 0) {
			raised = limit;
			raised.rlim_cur = limit.rlim_max < wanted ?
			    limit.rlim_max : wanted;
			if (setrlimit(RLIMIT_NOFILE, &raised) != 0)
				raised = limit;
		}
		limit = raised;
	}
	return clamp(limit.rlim_cur) < wanted ? clamp(limit.rlim_cur) : wanted;
}

static enum err
find_group(gid_t *gid, const char *name, struct fault *fault)
{
	const struct group *entry;

	errno = 0;
	entry = getgrnam(name);
	if (entry == NULL)
		return fault_set(fault, errno ? ERR_WORLD : ERR_REFUSED,
		    "the group \"%s\" is not known here", name);
	*gid = entry->gr_gid;
	return ERR_NONE;
}

enum err
process_find(struct identity *identity, const char *user, const char *group,
    struct fault *fault)
{
	const struct passwd *entry;

	*identity = (struct identity){ .user = user };
	if (user[0] == '\0' && group[0] != '\0')
		return fault_set(fault, ERR_REFUSED,
		    "the group \"%s\" needs a user to be its member", group);
	if (user[0] == '\0')
		return ERR_NONE;
	errno = 0;
	entry = getpwnam(user);
	if (entry == NULL)
		return fault_set(fault, errno ? ERR_WORLD : ERR_REFUSED,
		    "the user \"%s\" is not known here", user);
	identity->uid = entry->pw_uid;
	identity->gid = entry->pw_gid;
	return group[0] == '\0' ? ERR_NONE :
	    find_group(&identity->gid, group, fault);
}

static bool
is_who_we_are(const struct identity *identity)
{
	return identity->user[0] == '\0' ||
	    (identity->uid == geteuid() && identity->uid == getuid() &&
	    identity->gid == getegid() && identity->gid == getgid());
}

enum err
process_become(const struct identity *identity, struct fault *fault)
{
	uid_t uid = identity->uid;
	gid_t gid = identity->gid;

	if (is_who_we_are(identity))
		return ERR_NONE;
	if (initgroups(identity->user, gid) != 0 ||
	    setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0)
		return fault_set(fault, ERR_WORLD,
		    "cannot become the user \"%s\": %s", identity->user,
		    strerror(errno));
	return ERR_NONE;
}

void
process_drop_capabilities(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (geteuid() != 0)
		syscall(SYS_capset, &header, none); /* less is never refused */
}

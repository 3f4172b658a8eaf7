#include <config.h>

#include "server/process.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <string.h>
#include <sys/resource.h>
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

enum err
process_become(const char *user, struct fault *fault)
{
	const struct passwd *entry;

	if (user[0] == '\0')
		return ERR_NONE;
	errno = 0;
	entry = getpwnam(user);
	if (entry == NULL)
		return fault_set(fault, errno ? ERR_WORLD : ERR_REFUSED,
		    "the user \"%s\" is not known here", user);
	if (entry->pw_uid == geteuid() && entry->pw_uid == getuid())
		return ERR_NONE;
	if (initgroups(user, entry->pw_gid) != 0 ||
	    setgid(entry->pw_gid) != 0 || setuid(entry->pw_uid) != 0)
		return fault_set(fault, ERR_WORLD,
		    "cannot become the user \"%s\": %s", user,
		    strerror(errno));
	return ERR_NONE;
}

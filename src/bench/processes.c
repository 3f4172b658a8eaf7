#include <config.h>

#include "bench/processes.h"

#include "bench/proc.h"
#include "bench/route.h"

#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { INODES_MAX = 64, PATH_BYTES = 300, SECOND_US = 1000000 };

struct inodes {
	unsigned count;
	uint64_t numbers[INODES_MAX];
};

/* Bound to it, or to every address there is. */
static bool
serves(const struct proc_socket *socket, const struct peer *server)
{
	static const struct addr any = { .family = ADDR_NONE };
	struct addr addr = socket->addr;

	if (!socket->listens || socket->port != server->port)
		return false;
	if (addr_compare(&addr, &server->addr) == 0)
		return true;
	return memcmp(addr.bytes, any.bytes, sizeof any.bytes) == 0;
}

/*
 * Those that listen come first.  The others may be tens of thousands that were
 * closed lately, and the kernel takes long to list them.
 */
static void
find_inodes(struct inodes *inodes, const char *path, const struct peer *server)
{
	struct proc_socket socket = { .listens = true };
	FILE *file = fopen(path, "re");
	char line[512];

	if (file == NULL)
		return;
	while (socket.listens && inodes->count < INODES_MAX &&
	    fgets(line, sizeof line, file) != NULL)
		if (proc_parse_socket(&socket, span_from(line)) &&
		    serves(&socket, server))
			inodes->numbers[inodes->count++] = socket.inode;
	fclose(file);
}

/* Whether the link is "socket:[NUMBER]" of one of them. */
static bool
is_one(const struct inodes *inodes, const char *link)
{
	for (unsigned i = 0; i < inodes->count; i++) {
		char wanted[32];

		snprintf(wanted, sizeof wanted, "socket:[%" PRIu64 "]",
		    inodes->numbers[i]);
		if (strcmp(link, wanted) == 0)
			return true;
	}
	return false;
}

static bool
holds_one(const char *pid, const struct inodes *inodes)
{
	char path[PATH_BYTES];
	struct dirent *entry;
	bool found = false;
	DIR *directory;

	snprintf(path, sizeof path, "/proc/%s/fd", pid);
	directory = opendir(path);
	if (directory == NULL)
		return false;
	while (!found && (entry = readdir(directory)) != NULL) {
		char link[64];
		ssize_t length = readlinkat(dirfd(directory), entry->d_name,
		    link, sizeof link - 1);

		link[length > 0 ? length : 0] = '\0';
		found = is_one(inodes, link);
	}
	closedir(directory);
	return found;
}

static void
find_holders(struct processes *processes, const struct inodes *inodes)
{
	DIR *directory = opendir("/proc");
	struct dirent *entry;

	if (directory == NULL)
		return;
	while (processes->count < PROCESSES_MAX &&
	    (entry = readdir(directory)) != NULL)
		if (isdigit((unsigned char)entry->d_name[0]) &&
		    strcmp(entry->d_name, "1") != 0 &&
		    holds_one(entry->d_name, inodes))
			processes->pids[processes->count++] =
			    (pid_t)strtol(entry->d_name, NULL, 10);
	closedir(directory);
}

void
processes_find(struct processes *processes, const struct route *route)
{
	struct peer server = sockaddr_peer(&route->server);
	struct inodes inodes = { 0 };

	processes->count = 0;
	if (!route_is_local(route))
		return;
	find_inodes(&inodes, "/proc/net/tcp", &server);
	find_inodes(&inodes, "/proc/net/tcp6", &server);
	if (inodes.count > 0)
		find_holders(processes, &inodes);
}

static bool
read_stat(pid_t pid, struct proc_times *times)
{
	char path[PATH_BYTES], text[1024];
	size_t length;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	file = fopen(path, "re");
	if (file == NULL)
		return false;
	length = fread(text, 1, sizeof text, file);
	fclose(file);
	return proc_parse_stat(times, (struct span){ text, length });
}

/* Its own without its children's, exactly; false: it has gone. */
static bool
read_clock(pid_t pid, uint64_t *us)
{
	struct timespec time;
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) != 0 ||
	    clock_gettime(clock, &time) != 0)
		return false;
	*us = (uint64_t)time.tv_sec * SECOND_US + (uint64_t)time.tv_nsec / 1000;
	return true;
}

static bool
add_time(struct processor_time *time, pid_t pid)
{
	uint64_t tick_us = SECOND_US / (uint64_t)sysconf(_SC_CLK_TCK), own_us;
	struct proc_times times;

	if (!read_clock(pid, &own_us) || !read_stat(pid, &times))
		return false;
	time->total_us += own_us +
	    (times.children_user + times.children_system) * tick_us;
	time->user_us += (times.user + times.children_user) * tick_us;
	time->system_us += (times.system + times.children_system) * tick_us;
	return true;
}

bool
processes_time(const struct processes *processes, struct processor_time *time)
{
	bool found = false;

	*time = (struct processor_time){ 0 };
	for (unsigned i = 0; i < processes->count; i++)
		if (add_time(time, processes->pids[i]))
			found = true;
	return found;
}

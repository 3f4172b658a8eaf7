#include <config.h>

#include "server/daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The parent's end: the child's status, or that it died without a word. */
static enum daemon_role
await_child(int from, pid_t middle, int *status, struct fault *fault)
{
	unsigned char byte;
	ssize_t got;

	while (waitpid(middle, NULL, 0) < 0 && errno == EINTR)
		;
	do
		got = read(from, &byte, 1);
	while (got < 0 && errno == EINTR);
	close(from);
	if (got != 1) {
		fault_set(fault, ERR_WORLD,
		    "the detached process ended before it served");
		return DAEMON_FAILED;
	}
	*status = byte;
	return DAEMON_PARENT;
}

/* In the middle process: a session of its own, then a child to live in it. */
static void
leave_session(void)
{
	pid_t child;

	if (setsid() < 0)
		_exit(ERR_WORLD);
	child = fork();
	if (child != 0)
		_exit(child < 0 ? ERR_WORLD : 0);
	umask(022);
	/* A folder we stand in could not be unmounted. */
	if (chdir("/") != 0)
		_exit(ERR_WORLD);
}

enum daemon_role
daemon_detach(struct daemon *daemon, int *status, struct fault *fault)
{
	int ends[2];
	pid_t middle;

	*daemon = (struct daemon){ .report = -1 };
	if (pipe2(ends, O_CLOEXEC) != 0) {
		fault_set(fault, ERR_WORLD, "no pipe to detach with: %s",
		    strerror(errno));
		return DAEMON_FAILED;
	}
	middle = fork();
	if (middle < 0) {
		fault_set(fault, ERR_WORLD, "no process to detach into: %s",
		    strerror(errno));
		close(ends[0]);
		close(ends[1]);
		return DAEMON_FAILED;
	}
	if (middle > 0) {
		close(ends[1]);
		return await_child(ends[0], middle, status, fault);
	}
	close(ends[0]);
	leave_session();
	daemon->report = ends[1];
	return DAEMON_CHILD;
}

static void
report_status(struct daemon *daemon, int status)
{
	unsigned char byte = (unsigned char)status;

	if (daemon->report < 0)
		return;
	/* When the parent is gone nobody waits for the news. */
	if (write(daemon->report, &byte, 1) != 1)
		errno = 0;
	close(daemon->report);
	daemon->report = -1;
}

void
daemon_ready(struct daemon *daemon)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (daemon->report < 0)
		return;
	for (int i = STDIN_FILENO; null >= 0 && i <= STDERR_FILENO; i++)
		dup2(null, i);
	if (null > STDERR_FILENO)
		close(null);
	report_status(daemon, 0);
}

void
daemon_failed(struct daemon *daemon, int status)
{
	report_status(daemon, status);
}

/* The one who held it may have removed it before we had the lock. */
static bool
is_at(int descriptor, const char *path)
{
	struct stat ours, there;

	return fstat(descriptor, &ours) == 0 && lstat(path, &there) == 0 &&
	    ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

static enum err
open_locked(int *descriptor, const char *path, struct fault *fault)
{
	/* O_NOFOLLOW: root may be told to write in a folder of others. */
	*descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
	    0644);
	if (*descriptor < 0)
		return fault_set(fault, ERR_WORLD,
		    "the pid file %s cannot be written: %s", path,
		    strerror(errno));
	if (lockf(*descriptor, F_TLOCK, 0) == 0)
		return ERR_NONE;
	close(*descriptor);
	return fault_set(fault, ERR_REFUSED,
	    "the pid file %s is held by a whoisd that runs", path);
}

enum err
pidfile_open(struct pidfile *pidfile, const char *path, struct fault *fault)
{
	int descriptor;
	enum err err;

	*pidfile = (struct pidfile){ .descriptor = -1 };
	if (path[0] == '\0')
		return ERR_NONE;
	while ((err = open_locked(&descriptor, path, fault)) == ERR_NONE &&
	    !is_at(descriptor, path))
		close(descriptor);
	if (err != ERR_NONE)
		return err;
	if (ftruncate(descriptor, 0) != 0 ||
	    dprintf(descriptor, "%ld\n", (long)getpid()) < 0) {
		fault_set(fault, ERR_WORLD,
		    "the pid file %s cannot be written: %s", path,
		    strerror(errno));
		close(descriptor);
		return ERR_WORLD;
	}
	*pidfile = (struct pidfile){ path, descriptor };
	return ERR_NONE;
}

void
pidfile_close(struct pidfile *pidfile)
{
	if (pidfile->path == NULL)
		return;
	/* Without the right to remove it, an empty file says it as well. */
	if (unlink(pidfile->path) != 0 && ftruncate(pidfile->descriptor, 0))
		errno = 0;
	close(pidfile->descriptor);
	*pidfile = (struct pidfile){ .descriptor = -1 };
}

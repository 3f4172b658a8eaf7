/*
 * What a command cost: how long it took, the processor time of it and all that
 * it waited for, and how much anonymous memory it had at the most (RssAnon in
 * /proc/PID/status, looked at every 20 ms; mapped files do not count).
 *
 * bench_run FILE COMMAND...   appends "ELAPSED_US USER_US SYSTEM_US ANON_KB" to
 *                             FILE; ends as the command did
 */

#include <config.h>

#include "sys/clock.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 20 };

/* In KiB; 0 when the process has none, or is gone. */
static long
anonymous_memory(pid_t pid)
{
	char path[64], line[128];
	long kb = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	if (file == NULL)
		return 0;
	while (fgets(line, sizeof line, file) != NULL)
		if (sscanf(line, "RssAnon: %ld", &kb) == 1)
			break;
	fclose(file);
	return kb;
}

/* The greatest anonymous memory until the child ended. */
static long
watch(pid_t child, int *status)
{
	const struct timespec pause = {0, LOOK_MS * 1000000L};
	long most = 0;
	pid_t ended;

	while ((ended = waitpid(child, status, WNOHANG)) == 0 ||
	       (ended < 0 && errno == EINTR)) {
		long now = anonymous_memory(child);

		most = now > most ? now : most;
		nanosleep(&pause, NULL);
	}
	return most;
}

static long
microseconds(struct timeval time)
{
	return (long)time.tv_sec * 1000000 + (long)time.tv_usec;
}

static void
report(const char *path, uint64_t elapsed_us, long anonymous_kb)
{
	struct rusage used;
	FILE *file = fopen(path, "a");

	if (file == NULL || getrusage(RUSAGE_CHILDREN, &used) != 0) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	fprintf(file, "%lu %ld %ld %ld\n", (unsigned long)elapsed_us,
	    microseconds(used.ru_utime), microseconds(used.ru_stime),
	    anonymous_kb);
	fclose(file);
}

int
main(int argc, char **argv)
{
	uint64_t began_us = clock_monotonic_us();
	pid_t child;
	long most;
	int status;

	if (argc < 3) {
		fprintf(stderr, "usage: bench_run FILE COMMAND...\n");
		return 2;
	}
	child = fork();
	if (child == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (child < 0)
		return EXIT_FAILURE;
	most = watch(child, &status);
	report(argv[1], clock_monotonic_us() - began_us, most);
	return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}

/*
 * How long the first answer takes: from the start of a server, whose directory
 * is in the page cache but mapped by nobody, to the last byte.
 *
 * bench_start WHOISD DIR QUESTION [STARTS]
 *
 * Prints one line: how many starts, and the least, the median and the longest
 * time in milliseconds; of the median start, how much of it was over when the
 * server listened.
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STARTS = 9, STARTS_MAX = 1000, LINE_BYTES = 1024, SECONDS_MAX = 20 };

struct start {
	double listening_ms, answered_ms;
};

static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static double
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Its standard error comes through the returned stream. */
static FILE *
run_server(const char *whoisd, const char *dir, pid_t *pid)
{
	int ends[2];

	if (pipe(ends) != 0)
		die("pipe");
	*pid = fork();
	if (*pid < 0)
		die("fork");
	if (*pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		execl(whoisd, whoisd, "-d", dir, "-l", "whois:127.0.0.1:0",
		    (char *)NULL);
		die(whoisd);
	}
	close(ends[1]);
	return fdopen(ends[0], "r");
}

/* The last that a server said which did not come to listen says why. */
static unsigned
wait_for_port(FILE *says)
{
	char line[LINE_BYTES] = "";
	unsigned port;

	while (fgets(line, sizeof line, says) != NULL)
		if (sscanf(line, "listening whois 127.0.0.1:%u", &port) == 1)
			return port;
	fprintf(stderr, "the server did not start: %s\n", line);
	exit(EXIT_FAILURE);
}

static void
ask(unsigned port, const char *question)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char bytes[LINE_BYTES];
	ssize_t n, answered = 0;

	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
		die("connect");
	if (dprintf(fd, "%s\r\n", question) < 0)
		die("write");
	while ((n = read(fd, bytes, sizeof bytes)) > 0)
		answered += n;
	if (n < 0 || answered == 0)
		die("read");
	close(fd);
}

/* The log is read no further: it is short enough for the pipe. */
static struct start
time_start(char **argv)
{
	double began = now_ms();
	struct start start;
	unsigned port;
	FILE *says;
	pid_t pid;

	says = run_server(argv[1], argv[2], &pid);
	port = wait_for_port(says);
	start.listening_ms = now_ms() - began;
	ask(port, argv[3]);
	start.answered_ms = now_ms() - began;
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	fclose(says);
	return start;
}

static int
compare(const void *a, const void *b)
{
	const struct start *x = a, *y = b;

	return (x->answered_ms > y->answered_ms) -
	    (x->answered_ms < y->answered_ms);
}

int
main(int argc, char **argv)
{
	static struct start starts[STARTS_MAX];
	int count = argc > 4 ? atoi(argv[4]) : STARTS;

	if (argc < 4 || count < 1 || count > STARTS_MAX) {
		fprintf(stderr, "usage: bench_start WHOISD DIR QUESTION"
		    " [STARTS]\n");
		return EXIT_FAILURE;
	}
	for (int i = 0; i < count; i++) {
		alarm(SECONDS_MAX);
		starts[i] = time_start(argv);
	}
	qsort(starts, (size_t)count, sizeof starts[0], compare);
	printf("%d starts  least %.1f ms  median %.1f ms  longest %.1f ms"
	    "  listening after %.1f ms\n", count, starts[0].answered_ms,
	    starts[count / 2].answered_ms, starts[count - 1].answered_ms,
	    starts[count / 2].listening_ms);
	return EXIT_SUCCESS;
}

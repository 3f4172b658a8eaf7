/*
 * A service manager for abuse_restart.sh, and the clients that it must not
 * disturb:
 *
 *   restart SECONDS CLIENTS QUESTION ANSWER-FILE PROGRAM ARGUMENT...
 *
 * holds a listening socket on a free port of loopback and runs PROGRAM over it
 * again and again, as systemd runs whoisd.service for whoisd.socket: LISTEN_FDS
 * for the socket, NOTIFY_SOCKET for READY=1 and RELOADING=1, SIGHUP, SIGTERM.
 * Every other time the next server is ready before the old one is told to
 * end.  Meanwhile CLIENTS processes ask the question, one connection after the
 * other, and compare the answer with the file, byte for byte.
 *
 * Prints "restarts N", "answered N", "refused N", "reset N" and "wrong N".  The
 * exit status is 0 when every server came up, reloaded and ended with status 0.
 */

#include "die.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	LISTEN_DESCRIPTOR = 3,
	PATIENCE_S = 60, /* for a notice or an answer */
	BETWEEN = 100,   /* answers from one restart to the next, at least */
	ANSWER_MAX = 65536,
};

/* Shared by all processes. */
static struct tally {
	atomic_uint answered, refused, reset, wrong;
	atomic_bool is_over;
} *tally;

static struct sockaddr_in address = { .sin_family = AF_INET };
static int listener, notices;
static char notify_name[128];

static char expected[ANSWER_MAX];
static size_t expected_length;

/* The clients. */

static int
connect_to_server(void)
{
	struct timeval patience = { .tv_sec = PATIENCE_S };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0)
		die("socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (connect(fd, (void *)&address, sizeof address) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Which count goes up. */
static atomic_uint *
ask(const char *question)
{
	static char answer[ANSWER_MAX];
	size_t length = 0;
	int fd = connect_to_server();
	ssize_t got = -1;

	if (fd < 0)
		return &tally->refused;
	if (send(fd, question, strlen(question), MSG_NOSIGNAL) > 0)
		while ((got = recv(fd, answer + length,
		    sizeof answer - length, 0)) > 0)
			length += (size_t)got;
	close(fd);
	if (got < 0)
		return &tally->reset;
	return length == expected_length &&
	    memcmp(answer, expected, length) == 0 ? &tally->answered :
	    &tally->wrong;
}

static void
start_client(const char *question)
{
	pid_t child = fork();

	if (child < 0)
		die("fork");
	if (child > 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (!atomic_load(&tally->is_over))
		atomic_fetch_add(ask(question), 1);
	_exit(EXIT_SUCCESS);
}

/* The manager. */

static void
listen_for_notices(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	struct timeval patience = { .tv_sec = PATIENCE_S };
	socklen_t length = sizeof name;

	/* Without a path the kernel chooses an abstract name. */
	notices = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (notices < 0 ||
	    bind(notices, (void *)&name, sizeof name.sun_family) != 0 ||
	    getsockname(notices, (void *)&name, &length) != 0)
		die("the socket for notices");
	setsockopt(notices, SOL_SOCKET, SO_RCVTIMEO, &patience,
	    sizeof patience);
	snprintf(notify_name, sizeof notify_name, "@%.*s",
	    (int)(length - offsetof(struct sockaddr_un, sun_path) - 1),
	    name.sun_path + 1);
}

static void
listen_for_clients(void)
{
	socklen_t length = sizeof address;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (listener < 0 ||
	    bind(listener, (void *)&address, sizeof address) != 0 ||
	    listen(listener, SOMAXCONN) != 0 ||
	    getsockname(listener, (void *)&address, &length) != 0)
		die("listen");
}

static void
await_notice(const char *wanted)
{
	char text[512];
	ssize_t got;

	do {
		got = recv(notices, text, sizeof text - 1, 0);
		if (got < 0)
			die(wanted);
		text[got] = '\0';
	} while (strncmp(text, wanted, strlen(wanted)) != 0);
}

/* Only returns in the parent, once the server is ready. */
static pid_t
start_server(char **arguments)
{
	char self[32];
	pid_t child = fork();

	if (child < 0)
		die("fork");
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		snprintf(self, sizeof self, "%ld", (long)getpid());
		setenv("LISTEN_PID", self, 1);
		setenv("LISTEN_FDS", "1", 1);
		setenv("LISTEN_FDNAMES", "whois", 1);
		setenv("NOTIFY_SOCKET", notify_name, 1);
		/* It may be that one already: then dup2() does nothing. */
		if (dup2(listener, LISTEN_DESCRIPTOR) < 0 ||
		    fcntl(LISTEN_DESCRIPTOR, F_SETFD, 0) != 0)
			die("dup2");
		execv(arguments[0], arguments);
		die(arguments[0]);
	}
	await_notice("READY=1");
	return child;
}

static void
end_server(pid_t server)
{
	int status;

	kill(server, SIGTERM);
	if (waitpid(server, &status, 0) != server || status != 0) {
		fprintf(stderr, "a server ended with status %#x\n", status);
		exit(EXIT_FAILURE);
	}
}

static void
reload_server(pid_t server)
{
	kill(server, SIGHUP);
	await_notice("RELOADING=1");
	await_notice("READY=1");
}

/* Each server meets callers; the pause is short beside those it waits for. */
static void
await_answers(void)
{
	static const struct timespec pause = { .tv_nsec = 5000000 };
	unsigned wanted = atomic_load(&tally->answered) + BETWEEN;
	time_t deadline = time(NULL) + PATIENCE_S;

	while (atomic_load(&tally->answered) < wanted) {
		nanosleep(&pause, NULL);
		if (time(NULL) > deadline)
			die("nobody is answered any more");
	}
}

static unsigned
run_servers(time_t until, int clients, char **arguments)
{
	pid_t server = start_server(arguments);
	unsigned restarts = 0;

	do {
		pid_t old = server;

		await_answers();
		reload_server(server);
		await_answers();
		if (restarts % 2 == 0)
			end_server(old);
		server = start_server(arguments);
		if (restarts++ % 2 == 1)
			end_server(old);
	} while (time(NULL) < until);
	await_answers();
	atomic_store(&tally->is_over, true);
	while (waitpid(0, NULL, 0) > 0 && --clients > 0)
		;
	end_server(server);
	return restarts;
}

static void
read_expected(const char *path)
{
	FILE *file = fopen(path, "r");

	if (file == NULL)
		die(path);
	expected_length = fread(expected, 1, sizeof expected, file);
	fclose(file);
}

int
main(int argc, char **argv)
{
	char question[256];
	unsigned restarts;
	int clients;

	if (argc < 6) {
		fputs("usage: restart SECONDS CLIENTS QUESTION ANSWER-FILE "
		    "PROGRAM ARGUMENT...\n", stderr);
		return EXIT_FAILURE;
	}
	tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (tally == MAP_FAILED)
		die("memory");
	snprintf(question, sizeof question, "%s\r\n", argv[3]);
	read_expected(argv[4]);
	listen_for_notices();
	listen_for_clients();
	clients = atoi(argv[2]);
	for (int i = 0; i < clients; i++)
		start_client(question);
	restarts = run_servers(time(NULL) + atoi(argv[1]), clients, argv + 5);
	printf("restarts %u\nanswered %u\nrefused %u\nreset %u\nwrong %u\n",
	    restarts, tally->answered, tally->refused, tally->reset,
	    tally->wrong);
	return EXIT_SUCCESS;
}

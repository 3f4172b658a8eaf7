#include "server/sandbox.h"

#include "base/buf.h"
#include "server/config.h"
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * A folder with what a server has: people/gen-000001/data.mdb to serve,
 * conf/whoisd.conf, run for the pid file, and elsewhere/secret, which is none
 * of its business.
 */
static char top[] = "/tmp/check_sandbox.XXXXXX";
static struct config config;
static char configuration[128];

static const char *
at(const char *name)
{
	static char path[256];

	snprintf(path, sizeof path, "%s/%s", top, name);
	return path;
}

static void
make_file(const char *name)
{
	int fd = open(at(name), O_CREAT | O_WRONLY, 0644);

	ck_assert_int_ge(fd, 0);
	close(fd);
}

static void
set_up(void)
{
	static const char *const folders[] = { "people", "people/gen-000001",
		"conf", "run", "elsewhere" };

	strcpy(top + strlen(top) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(top));
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		ck_assert_int_eq(mkdir(at(folders[i]), 0755), 0);
	make_file("people/gen-000001/data.mdb");
	make_file("conf/whoisd.conf");
	make_file("run/pid");
	make_file("elsewhere/secret");
	config_set_defaults(&config);
	strcpy(config.directory, at("people"));
	strcpy(config.pidfile, at("run/pid"));
	strcpy(configuration, at("conf/whoisd.conf"));
}

static void
tear_down(void)
{
	static const char *const files[] = { "people/gen-000001/data.mdb",
		"people/gen-000001/lock.mdb", "conf/whoisd.conf", "conf/new",
		"run/pid", "elsewhere/secret", "elsewhere/new" };
	static const char *const folders[] = { "people/gen-000001", "people",
		"conf", "run", "elsewhere", "." };

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		unlink(at(files[i]));
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		rmdir(at(folders[i]));
	rmdir(top);
}

/* What may be tried: 0, or the errno. */

static int
try_open(const char *name, int flags)
{
	int fd = open(name, flags | O_CLOEXEC, 0644);

	return fd >= 0 ? close(fd) : errno;
}

static int
read_data(void)
{
	return try_open(at("people/gen-000001/data.mdb"), O_RDONLY);
}

static int
make_lock(void)
{
	return try_open(at("people/gen-000001/lock.mdb"), O_RDWR | O_CREAT);
}

static int
list_folder(void)
{
	return try_open(at("people"), O_RDONLY | O_DIRECTORY);
}

static int
read_configuration(void)
{
	return try_open(configuration, O_RDONLY);
}

static int
write_configuration(void)
{
	return try_open(configuration, O_WRONLY);
}

static int
make_in_configuration(void)
{
	return try_open(at("conf/new"), O_WRONLY | O_CREAT);
}

static int
read_secret(void)
{
	return try_open(at("elsewhere/secret"), O_RDONLY);
}

static int
make_elsewhere(void)
{
	return try_open(at("elsewhere/new"), O_WRONLY | O_CREAT);
}

static int
remove_secret(void)
{
	return unlink(at("elsewhere/secret")) == 0 ? 0 : errno;
}

static int
remove_pidfile(void)
{
	return unlink(at("run/pid")) == 0 ? 0 : errno;
}

static int
open_null(void)
{
	return try_open("/dev/null", O_RDWR);
}

static int
connect_out(void)
{
	struct sockaddr_in name = { .sin_family = AF_INET,
		.sin_port = htons(9), .sin_addr.s_addr =
		htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0)
		return errno;
	return connect(fd, (void *)&name, sizeof name) == 0 ? 0 : errno;
}

static int
open_unix_socket(void)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	return fd >= 0 ? close(fd) : errno;
}

static int
run_program(void)
{
	char *arguments[] = { (char[]){ "true" }, NULL };

	execv("/bin/true", arguments);
	return errno;
}

static int
fork_process(void)
{
	int child = (int)syscall(SYS_fork);

	if (child == 0)
		_exit(0);
	return child > 0 ? 0 : errno;
}

static int
make_code(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return page != MAP_FAILED ? 0 : errno;
}

/* Of a socket, which is no terminal and says so. */
static int
ask_socket(unsigned long request)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0), value = 'x';

	return ioctl(fd, request, &value) == 0 ? close(fd) : errno;
}

static int
count_unread(void)
{
	return ask_socket(FIONREAD);
}

static int
type_into_terminal(void)
{
	return ask_socket(TIOCSTI);
}

static int
ask_priority(void)
{
	errno = 0;
	return getpriority(PRIO_PROCESS, 0) == -1 ? errno : 0;
}

static void *
read_secret_in_thread(void *errno_of_it)
{
	*(int *)errno_of_it = read_secret();
	return NULL;
}

static int
start_thread(void)
{
	pthread_t thread;
	int result = 0;

	if (pthread_create(&thread, NULL, read_secret_in_thread, &result) != 0)
		return ENOSYS;
	pthread_join(thread, NULL);
	return result;
}

enum { SKIPPED = 255 };

/*
 * In a child under the sandbox: what came of it as its exit status, a signal
 * as its number with a minus.
 */
static int
attempt(unsigned parts, int (*try)(void))
{
	const struct config_source source = { .path = configuration };
	int child = fork(), status;

	if (child == 0) {
		char text[256];
		struct buf said;

		config.sandbox = parts;
		buf_init(&said, text, sizeof text - 1);
		sandbox_enter(&config, &source, &said);
		text[said.length] = '\0';
		_exit(strstr(text, "; no ") != NULL ? SKIPPED : try());
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

struct trial {
	const char *name;
	int (*try)(void);
	int landlock, seccomp; /* what comes of it under one of them */
};

static const struct trial trials[] = {
	{ "read data.mdb", read_data, 0, 0 },
	{ "make lock.mdb", make_lock, 0, 0 },
	{ "list the directory", list_folder, 0, 0 },
	{ "read the configuration", read_configuration, 0, 0 },
	{ "open /dev/null", open_null, 0, 0 },
	{ "a socket for syslog", open_unix_socket, 0, 0 },
	{ "remove the pid file", remove_pidfile, 0, 0 },
	{ "write the configuration", write_configuration, EACCES, 0 },
	{ "make a file beside it", make_in_configuration, EACCES, 0 },
	{ "read a file elsewhere", read_secret, EACCES, 0 },
	{ "make a file elsewhere", make_elsewhere, EACCES, 0 },
	{ "read it in a thread", start_thread, EACCES, 0 },
	{ "remove a file elsewhere", remove_secret, EACCES, 0 },
	{ "run a program", run_program, EACCES, -SIGSYS },
	{ "fork", fork_process, 0, -SIGSYS },
	{ "make code", make_code, 0, EPERM },
	{ "ask what is unread", count_unread, 0, 0 },
	{ "type into a terminal", type_into_terminal, ENOTTY, EPERM },
	{ "a call that is not listed", ask_priority, 0, EPERM },
};

START_TEST(landlock_leaves_in_reach_what_a_server_needs)
{
	for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
		int result = attempt(SANDBOX_LANDLOCK, trials[i].try);

		ck_assert_msg(result == SKIPPED ||
		    result == trials[i].landlock, "%s: %d, not %d",
		    trials[i].name, result, trials[i].landlock);
	}
}
END_TEST

START_TEST(seccomp_leaves_the_calls_a_server_makes)
{
	for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
		int result = attempt(SANDBOX_SECCOMP, trials[i].try);

		ck_assert_msg(result == SKIPPED ||
		    result == trials[i].seccomp, "%s: %d, not %d",
		    trials[i].name, result, trials[i].seccomp);
	}
}
END_TEST

START_TEST(nobody_is_called_from_inside)
{
	int result = attempt(SANDBOX_SECCOMP, connect_out);

	ck_assert_msg(result == SKIPPED || result == EPERM, "%d", result);
	/* Landlock rules on the network since its fourth version. */
	result = attempt(SANDBOX_LANDLOCK, connect_out);
	ck_assert_msg(result == SKIPPED || result == EACCES ||
	    result == ECONNREFUSED, "%d", result);
}
END_TEST

START_TEST(no_privileges_are_gained_even_without_the_rest)
{
	const struct config_source source = { .path = NULL };
	int child = fork(), status;

	if (child == 0) {
		char text[256];
		struct buf said;

		config.sandbox = 0;
		buf_init(&said, text, sizeof text);
		sandbox_enter(&config, &source, &said);
		_exit(span_is(buf_span(&said), "sandbox: no new privileges") &&
		    prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, tear_down }),
    "server/sandbox", landlock_leaves_in_reach_what_a_server_needs,
    seccomp_leaves_the_calls_a_server_makes, nobody_is_called_from_inside,
    no_privileges_are_gained_even_without_the_rest)

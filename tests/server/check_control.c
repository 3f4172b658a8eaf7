#include <config.h>

#include "server/control.h"

#include "base/buf.h"
#include "sys/clock.h"
#include "unit.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { DEADLINE_MS = 20000, CROWD = 20 };

static char folder[32], path[64];

static void
set_up(void)
{
	snprintf(folder, sizeof folder, "/tmp/whoisd-check-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/control", folder);
}

static void
tear_down(void)
{
	unlink(path);
	rmdir(folder);
}

/* Gives the command back, or as much as was asked for. */
static void
echo(void *context, struct span command, struct buf *out)
{
	const size_t *much = context;

	if (span_is(command, "much"))
		buf_add_repeat(out, 'x', *much);
	else
		buf_add_escaped(out, command);
	buf_add_char(out, '\n');
}

static size_t much = 1000;
static const struct control_service service = { &much, echo };

static struct control *
start(void)
{
	struct control *control;
	struct fault fault;

	ck_assert_msg(control_open(&control, path, &fault) == ERR_NONE, "%s",
	    fault.text);
	ck_assert_msg(control_start(control, &service, &fault) == ERR_NONE,
	    "%s", fault.text);
	return control;
}

static int
call(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(name.sun_path, sizeof name.sun_path, "%s", path);
	ck_assert_int_eq(connect(fd, (void *)&name, sizeof name), 0);
	return fd;
}

static void
say(int fd, const char *text)
{
	ck_assert_int_eq(send(fd, text, strlen(text), MSG_NOSIGNAL),
	    (ssize_t)strlen(text));
}

/* All until the end, which must come; the length. */
static size_t
listen_to(int fd, char *answer, size_t size)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	size_t length = 0;
	ssize_t n = 1;

	while (n > 0 && length < size - 1) {
		ck_assert_int_eq(poll(&poll_fd, 1, DEADLINE_MS), 1);
		n = recv(fd, answer + length, size - 1 - length, 0);
		length += n > 0 ? (size_t)n : 0;
	}
	answer[length] = '\0';
	close(fd);
	return length;
}

static void
expect_answer(int fd, const char *wanted)
{
	char answer[1024];

	listen_to(fd, answer, sizeof answer);
	ck_assert_str_eq(answer, wanted);
}

static const struct {
	const char *said; /* then the client says no more */
	const char *answer;
} dialogues[] = {
	{ "stats\n", "stats\n# EOF\n" },
	{ "  stats prometheus \r\n", "stats prometheus\n# EOF\n" },
	{ "stats", "stats\n# EOF\n" },
	{ "\n", "\n# EOF\n" },
	{ "first\nsecond\n", "first\n# EOF\n" },
	{ "\x01\xff\n", "\\x01\\xff\n# EOF\n" },
	{ "", "" },
};

START_TEST(answers_one_line_and_says_that_the_answer_is_whole)
{
	struct control *control = start();

	for (size_t i = 0; i < sizeof dialogues / sizeof dialogues[0]; i++) {
		int fd = call();

		say(fd, dialogues[i].said);
		shutdown(fd, SHUT_WR);
		expect_answer(fd, dialogues[i].answer);
	}
	control_close(&control);
	ck_assert_ptr_null(control);
	ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

START_TEST(takes_a_command_in_pieces_but_only_so_long_a_one)
{
	struct control *control = start();
	char line[CONTROL_COMMAND_MAX + 1], answer[1024];
	int fd = call();

	say(fd, "sta");
	say(fd, "ts");
	say(fd, "\n");
	expect_answer(fd, "stats\n# EOF\n");
	memset(line, 'x', sizeof line - 1);
	line[sizeof line - 1] = '\0';
	fd = call();
	say(fd, line);
	ck_assert_uint_eq(listen_to(fd, answer, sizeof answer),
	    CONTROL_COMMAND_MAX + strlen("\n# EOF\n"));
	control_close(&control);
}
END_TEST

START_TEST(sends_what_fills_its_room_and_refuses_what_is_longer)
{
	static char answer[2 * CONTROL_ANSWER_MAX];
	struct control *control = start();
	int fd = call();

	much = CONTROL_ANSWER_MAX - strlen("\n# EOF\n");
	say(fd, "much\n");
	ck_assert_uint_eq(listen_to(fd, answer, sizeof answer),
	    CONTROL_ANSWER_MAX);
	much++;
	fd = call();
	say(fd, "much\n");
	expect_answer(fd, "error: the answer is too long\n# EOF\n");
	control_close(&control);
}
END_TEST

/* Neither the silent nor those who never read keep anybody out. */
START_TEST(stuck_clients_hold_nobody)
{
	struct control *control = start();
	int stuck[CROWD];

	much = CONTROL_ANSWER_MAX / 2;
	for (int i = 0; i < CROWD; i++) {
		int few = 1024, fd = call();

		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &few, sizeof few);
		if (i % 2 == 0)
			say(fd, "much\n");
		stuck[i] = fd;
		fd = call();
		say(fd, "hello\n");
		expect_answer(fd, "hello\n# EOF\n");
	}
	control_close(&control);
	for (int i = 0; i < CROWD; i++)
		close(stuck[i]);
}
END_TEST

START_TEST(cuts_off_the_silent_after_a_while)
{
	struct control *control = start();
	uint64_t began_ms = clock_monotonic_ms();

	expect_answer(call(), "");
	ck_assert_uint_ge(clock_monotonic_ms() - began_ms, 1000);
	control_close(&control);
}
END_TEST

START_TEST(only_the_owner_and_the_group_may_ask)
{
	struct control *control;
	struct stat status;
	struct fault fault;

	umask(0);
	ck_assert_int_eq(control_open(&control, path, &fault), ERR_NONE);
	ck_assert_int_eq(umask(0), 0);
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(status.st_mode & 0777, 0660);
	ck_assert_int_eq(control_give(control, getuid(), getgid(), &fault),
	    ERR_NONE);
	control_close(&control);
}
END_TEST

/* In a folder of others, a link may stand in its place by now. */
START_TEST(gives_away_the_socket_and_not_what_a_link_leads_to)
{
	struct control *control;
	struct fault fault;

	ck_assert_int_eq(control_open(&control, path, &fault), ERR_NONE);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(symlink("/nowhere", path), 0);
	ck_assert_msg(control_give(control, getuid(), getgid(), &fault) ==
	    ERR_NONE, "%s", fault.text);
	control_close(&control);
}
END_TEST

START_TEST(replaces_a_dead_servers_socket_but_not_a_living_ones)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct control *control, *second;
	struct fault fault;

	snprintf(name.sun_path, sizeof name.sun_path, "%s", path);
	ck_assert_int_eq(bind(fd, (void *)&name, sizeof name), 0);
	close(fd);
	control = start();
	ck_assert_int_ne(control_open(&second, path, &fault), ERR_NONE);
	ck_assert_ptr_null(second);
	ck_assert_msg(strstr(fault.text, "another server listens on it"),
	    "%s", fault.text);
	expect_answer((fd = call(), say(fd, "alive\n"), fd),
	    "alive\n# EOF\n");
	control_close(&control);
}
END_TEST

START_TEST(says_why_it_cannot_be_bound)
{
	static const struct {
		const char *path, *sentence;
	} faults[] = {
		{ "/nowhere/at/all/control", "No such file" },
		{ "/nowhere/890123456789012345678901234567890123456789"
		  "01234567890123456789012345678901234567890123456789"
		  "01234567", "too long" },
		{ "/", "not a socket" },
	};
	struct control *control;
	struct fault fault;

	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		ck_assert_int_ne(control_open(&control, faults[i].path,
		    &fault), ERR_NONE);
		ck_assert_ptr_null(control);
		ck_assert_msg(strstr(fault.text, faults[i].sentence) != NULL &&
		    strstr(fault.text, "the control socket: ") != NULL,
		    "%s", fault.text);
	}
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, tear_down }),
    "server/control",
    answers_one_line_and_says_that_the_answer_is_whole,
    takes_a_command_in_pieces_but_only_so_long_a_one,
    sends_what_fills_its_room_and_refuses_what_is_longer,
    stuck_clients_hold_nobody,
    cuts_off_the_silent_after_a_while,
    only_the_owner_and_the_group_may_ask,
    gives_away_the_socket_and_not_what_a_link_leads_to,
    replaces_a_dead_servers_socket_but_not_a_living_ones,
    says_why_it_cannot_be_bound)

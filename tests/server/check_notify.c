#include "server/notify.h"

#include "unit.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int manager = -1;
static struct notify notify;
static char path[64];

/* A manager's socket; `mark` is "/" for a path, "@" for an abstract name. */
static void
listen_as(char mark)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	socklen_t length;

	snprintf(path, sizeof path, "%ctmp/check_notify.%ld", mark,
	    (long)getpid());
	length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
	    strlen(path));
	memcpy(name.sun_path, path, strlen(path));
	if (mark == '@')
		name.sun_path[0] = '\0';
	manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	ck_assert_int_eq(bind(manager, (void *)&name, length), 0);
	setenv("NOTIFY_SOCKET", path, 1);
}

/* The next notice, or "" when there is none. */
static const char *
heard(void)
{
	static char text[512];
	ssize_t got = recv(manager, text, sizeof text - 1, 0);

	text[got > 0 ? got : 0] = '\0';
	return text;
}

static void
tear_down(void)
{
	notify_close(&notify);
	close(manager);
	if (path[0] == '/')
		unlink(path);
}

START_TEST(says_each_thing_once_to_a_path_or_an_abstract_name)
{
	for (size_t i = 0; i < 2; i++) {
		listen_as("/@"[i]);
		notify_open(&notify);
		notify_ready(&notify);
		ck_assert_str_eq(heard(), "READY=1");
		notify_reloading(&notify, 1234567);
		ck_assert_str_eq(heard(),
		    "RELOADING=1\nMONOTONIC_USEC=1234567");
		notify_status(&notify, "serving gen-000001");
		notify_status(&notify, "serving gen-000001");
		ck_assert_str_eq(heard(), "STATUS=serving gen-000001");
		notify_status(&notify, "serving gen-000002");
		ck_assert_str_eq(heard(), "STATUS=serving gen-000002");
		notify_stopping(&notify);
		ck_assert_str_eq(heard(), "STOPPING=1");
		ck_assert_str_eq(heard(), "");
		tear_down();
	}
}
END_TEST

START_TEST(gives_signs_of_life_twice_in_the_managers_time)
{
	static const struct {
		uint64_t now_ms;
		bool is_alive, is_heard;
	} steps[] = {
		{ 100000, true, true },
		{ 104999, true, false },
		{ 105000, true, true },
		{ 109000, true, false },
		{ 110000, false, false },
		{ 120000, false, false },
		{ 120001, true, true },
	};

	listen_as('/');
	setenv("WATCHDOG_USEC", "10000000", 1);
	notify_open(&notify);
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		notify_watchdog(&notify, steps[i].now_ms, steps[i].is_alive);
		ck_assert_str_eq(heard(),
		    steps[i].is_heard ? "WATCHDOG=1" : "");
	}
}
END_TEST

START_TEST(gives_no_signs_of_life_that_another_process_owes)
{
	listen_as('/');
	setenv("WATCHDOG_USEC", "10000000", 1);
	setenv("WATCHDOG_PID", "1", 1);
	notify_open(&notify);
	notify_watchdog(&notify, 100000, true);
	ck_assert_str_eq(heard(), "");
}
END_TEST

START_TEST(without_a_manager_nothing_is_said_and_nothing_fails)
{
	static const char *const names[] = { NULL, "", "@", "relative",
		"/no/such/socket", "vsock:2:1234" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		unsetenv("NOTIFY_SOCKET");
		if (names[i] != NULL)
			setenv("NOTIFY_SOCKET", names[i], 1);
		notify_open(&notify);
		ck_assert_int_eq(notify.descriptor, -1);
		notify_ready(&notify);
		notify_status(&notify, "serving");
		notify_watchdog(&notify, 100000, true);
		notify_close(&notify);
	}
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ NULL, tear_down }),
    "server/notify", says_each_thing_once_to_a_path_or_an_abstract_name,
    gives_signs_of_life_twice_in_the_managers_time,
    gives_no_signs_of_life_that_another_process_owes,
    without_a_manager_nothing_is_said_and_nothing_fails)

#include "server/inherit.h"

#include "proto/face.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SOCKETS_MAX = 4 };

/* As a starter sets it; NULL leaves a variable out. */
static void
set_environment(const char *process, const char *count, const char *names)
{
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
	if (process != NULL)
		setenv("LISTEN_PID", process, 1);
	if (count != NULL)
		setenv("LISTEN_FDS", count, 1);
	if (names != NULL)
		setenv("LISTEN_FDNAMES", names, 1);
}

START_TEST(takes_what_is_meant_for_this_process_only)
{
	char self[32];
	const struct {
		const char *process, *count, *names;
		unsigned taken;
	} cases[] = {
		{ NULL, NULL, NULL, 0 },
		{ self, "1", NULL, 1 },
		{ self, "2", "whois:whois", 2 },
		{ self, "3", "whois", 3 },
		{ self, "0", "", 0 },
		{ "1", "2", "whois:whois", 0 },
		{ "", "2", NULL, 0 },
		{ self, NULL, "whois", 0 },
		{ self, "two", NULL, 0 },
		{ NULL, "2", NULL, 0 },
	};

	snprintf(self, sizeof self, "%ld", (long)getpid());
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct inherited sockets[SOCKETS_MAX];
		struct fault fault;
		unsigned count = 99;

		set_environment(cases[i].process, cases[i].count,
		    cases[i].names);
		ck_assert_int_eq(inherit_take(sockets, SOCKETS_MAX, &count,
		    &fault), ERR_NONE);
		ck_assert_msg(count == cases[i].taken, "case %zu: %u", i,
		    count);
		ck_assert_ptr_null(getenv("LISTEN_PID"));
		ck_assert_ptr_null(getenv("LISTEN_FDS"));
		ck_assert_ptr_null(getenv("LISTEN_FDNAMES"));
	}
}
END_TEST

START_TEST(a_name_that_is_no_face_stands_for_whois)
{
	struct inherited sockets[SOCKETS_MAX];
	struct fault fault;
	char self[32];
	unsigned count;

	snprintf(self, sizeof self, "%ld", (long)getpid());
	set_environment(self, "4", "whois:connection:whoisd.socket,proxy");
	ck_assert_int_eq(inherit_take(sockets, SOCKETS_MAX, &count, &fault),
	    ERR_NONE);
	ck_assert_uint_eq(count, 4);
	for (unsigned i = 0; i < count; i++) {
		ck_assert_int_eq(sockets[i].descriptor,
		    INHERIT_FIRST + (int)i);
		ck_assert_str_eq(sockets[i].face->name, "whois");
		ck_assert_int_eq(sockets[i].wants_proxy, i == 2);
	}
}
END_TEST

START_TEST(refuses_more_than_there_is_room_for)
{
	struct inherited sockets[SOCKETS_MAX];
	struct fault fault;
	char self[32];
	unsigned count;

	snprintf(self, sizeof self, "%ld", (long)getpid());
	set_environment(self, "5", NULL);
	ck_assert_int_eq(inherit_take(sockets, SOCKETS_MAX, &count, &fault),
	    ERR_REFUSED);
	ck_assert_uint_eq(count, 0);
	ck_assert_str_eq(fault.text,
	    "5 sockets were handed over; at most 4 can be served");
}
END_TEST

UNIT_MAIN("server/inherit", takes_what_is_meant_for_this_process_only,
    a_name_that_is_no_face_stands_for_whois,
    refuses_more_than_there_is_room_for)

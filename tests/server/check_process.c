#include "server/process.h"

#include "unit.h"

#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

START_TEST(finds_who_a_name_is_and_says_who_is_not_there)
{
	static const struct {
		const char *user, *group;
		enum err err;
		const char *sentence;
	} cases[] = {
		{ "", "", ERR_NONE, "" },
		{ "root", "", ERR_NONE, "" },
		{ "root", "root", ERR_NONE, "" },
		{ "no-such-user", "", ERR_REFUSED,
		    "the user \"no-such-user\" is not known here" },
		{ "root", "no-such-group", ERR_REFUSED,
		    "the group \"no-such-group\" is not known here" },
		{ "", "root", ERR_REFUSED,
		    "the group \"root\" needs a user to be its member" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fault fault = { .text = "" };
		struct identity identity;

		ck_assert_int_eq(process_find(&identity, cases[i].user,
		    cases[i].group, &fault), cases[i].err);
		ck_assert_str_eq(fault.text, cases[i].sentence);
	}
}
END_TEST

/* In a child: become "nobody" of the group "daemon", and look. */
static int
look_as_nobody(void)
{
	const struct group *daemon = getgrnam("daemon");
	gid_t groups[64];
	int count;
	struct identity identity;
	struct fault fault;

	if (process_find(&identity, "nobody", "daemon", &fault) ||
	    process_become(&identity, &fault))
		return 1;
	process_drop_capabilities();
	count = getgroups(64, groups);
	for (int i = 0; i < count; i++)
		if (groups[i] == 0)
			return 2;
	if (getuid() == 0 || geteuid() == 0 || getegid() != daemon->gr_gid)
		return 3;
	return setuid(0) == 0 || seteuid(0) == 0 || setgid(0) == 0 ? 4 : 0;
}

START_TEST(root_is_given_up_for_good_with_all_its_groups)
{
	int child, status;

	if (geteuid() != 0 || getpwnam("nobody") == NULL ||
	    getgrnam("daemon") == NULL)
		return; /* only root can show it */
	child = fork();
	if (child == 0)
		_exit(look_as_nobody());
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(becoming_who_we_are_is_nothing)
{
	const struct passwd *self = getpwuid(getuid());
	struct identity identity;
	struct fault fault;

	if (self == NULL || self->pw_gid != getgid())
		return;
	ck_assert_int_eq(process_find(&identity, self->pw_name, "", &fault),
	    ERR_NONE);
	ck_assert_int_eq(process_become(&identity, &fault), ERR_NONE);
}
END_TEST

UNIT_MAIN("server/process", finds_who_a_name_is_and_says_who_is_not_there,
    root_is_given_up_for_good_with_all_its_groups,
    becoming_who_we_are_is_nothing)

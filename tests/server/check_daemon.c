#include "server/daemon.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

START_TEST(a_pid_file_is_held_by_one_and_goes_with_it)
{
	char folder[] = "/tmp/check_daemon.XXXXXX", path[64], text[32] = "";
	struct pidfile pidfile, second;
	struct fault fault;
	struct stat status;
	int child, exited;
	FILE *file;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/pid", folder);
	ck_assert_int_eq(pidfile_open(&pidfile, path, &fault), ERR_NONE);
	file = fopen(path, "r");
	ck_assert_ptr_nonnull(fgets(text, sizeof text, file));
	fclose(file);
	/* fclose() gave up our lock, as POSIX has it: take it anew. */
	ck_assert_int_eq(atoi(text), getpid());
	ck_assert_int_eq(lockf(pidfile.descriptor, F_TLOCK, 0), 0);
	child = fork();
	if (child == 0)
		_exit(pidfile_open(&second, path, &fault) == ERR_REFUSED &&
		    strstr(fault.text, path) != NULL ? 0 : 1);
	ck_assert_int_eq(waitpid(child, &exited, 0), child);
	ck_assert_int_eq(exited, 0);
	pidfile_close(&pidfile);
	ck_assert_int_ne(stat(path, &status), 0);
	rmdir(folder);
}
END_TEST

/* Take and give back the pid file; 1: what we held was not what is there. */
static int
contend(const char *path)
{
	enum { TURNS = 2000 };

	for (int i = 0; i < TURNS; i++) {
		struct stat ours, there;
		struct pidfile pidfile;
		struct fault fault;

		if (pidfile_open(&pidfile, path, &fault) != ERR_NONE)
			continue;
		if (fstat(pidfile.descriptor, &ours) != 0 ||
		    stat(path, &there) != 0 || ours.st_ino != there.st_ino)
			return 1;
		pidfile_close(&pidfile);
	}
	return 0;
}

START_TEST(a_pid_file_is_held_by_one_while_others_end)
{
	enum { CHILDREN = 4 };
	char folder[] = "/tmp/check_daemon.XXXXXX", path[64];
	int children[CHILDREN], status;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/pid", folder);
	for (int i = 0; i < CHILDREN; i++) {
		children[i] = fork();
		if (children[i] == 0)
			_exit(contend(path));
	}
	for (int i = 0; i < CHILDREN; i++) {
		ck_assert_int_eq(waitpid(children[i], &status, 0),
		    children[i]);
		ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	unlink(path);
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(no_name_is_no_pid_file_and_a_bad_name_is_said)
{
	struct pidfile pidfile;
	struct fault fault;

	ck_assert_int_eq(pidfile_open(&pidfile, "", &fault), ERR_NONE);
	pidfile_close(&pidfile);
	ck_assert_int_eq(pidfile_open(&pidfile, "/nowhere/at/all", &fault),
	    ERR_WORLD);
	ck_assert_ptr_nonnull(strstr(fault.text, "/nowhere/at/all"));
}
END_TEST

/* Detach in a process of its own; the child ends as `fate` says. */
static int
detach_in_child(int fate)
{
	int child = fork(), exited;

	if (child == 0) {
		struct daemon daemon;
		struct fault fault;
		int status = -1;

		switch (daemon_detach(&daemon, &status, &fault)) {
		case DAEMON_PARENT:
			_exit(status);
		case DAEMON_FAILED:
			_exit(99);
		case DAEMON_CHILD:
			break;
		}
		if (getpgrp() == getpid() || getsid(0) == getpid())
			_exit(98);
		if (fate == 0)
			daemon_ready(&daemon);
		else if (fate > 0)
			daemon_failed(&daemon, fate);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &exited, 0), child);
	ck_assert(WIFEXITED(exited));
	return WEXITSTATUS(exited);
}

START_TEST(the_parent_exits_as_the_start_went)
{
	ck_assert_int_eq(detach_in_child(0), 0);
	ck_assert_int_eq(detach_in_child(ERR_WORLD), ERR_WORLD);
	ck_assert_int_eq(detach_in_child(ERR_REFUSED), ERR_REFUSED);
	/* A child that dies without a word is a failure. */
	ck_assert_int_eq(detach_in_child(-1), 99);
}
END_TEST

UNIT_MAIN("server/daemon", a_pid_file_is_held_by_one_and_goes_with_it,
    a_pid_file_is_held_by_one_while_others_end,
    no_name_is_no_pid_file_and_a_bad_name_is_said,
    the_parent_exits_as_the_start_went)

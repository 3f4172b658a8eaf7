/* The administrator's tool: one subcommand for each thing to do. */

#include <config.h>

#include "base/err.h"
#include "sys/mapped.h"
#include "sys/standard.h"
#include "tools/command.h"
#include "tools/report.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *arguments, *purpose;
} commands[] = {
	{ "load", command_load,
	    "-d DIR [-f csv|ldif] [-s SCHEMA] [--memory MB] [--skip-bad] "
	    "[--timings] FILE...",
	    "make the directory DIR out of FILEs, - is standard input" },
	{ "sample", command_sample, "N [--seed S]",
	    "make up N people, as CSV" },
	{ "query", command_query, "-d DIR [--as CLASS,...] QUERY...",
	    "answer one whois query without a server" },
	{ "info", command_info, "-d DIR",
	    "say what is in service" },
	{ "verify", command_verify, "-d DIR",
	    "check every record and every posting" },
	{ "dump", command_dump, "-d DIR [-f csv|ldif] [--as CLASS,...]",
	    "print the directory so that it loads again" },
	{ "rollback", command_rollback, "-d DIR",
	    "put the generation before into service again" },
	{ "stats", command_stats, "-d DIR | --control PATH [--prometheus]",
	    "say what a running server has counted" },
	{ "top", command_top,
	    "-d DIR | --control PATH [-n SECONDS] [--count N]",
	    "show what it is doing, again and again" },
	{ "schema", command_schema, "",
	    "print the built-in schema, for a start of your own" },
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static int
print_help(void)
{
	puts("usage: whoisctl COMMAND ARGUMENTS...\n");
	for (unsigned i = 0; i < COMMANDS; i++)
		printf("  whoisctl %s%s%s\n      %s\n", commands[i].name,
		    commands[i].arguments[0] != '\0' ? " " : "",
		    commands[i].arguments, commands[i].purpose);
	puts("\nThe manual is whoisctl(8).");
	return report_output(ERR_NONE);
}

static int
print_version(void)
{
	puts("whoisctl " PACKAGE_VERSION);
	return report_output(ERR_NONE);
}

static int
run_command(int argc, char **argv)
{
	for (unsigned i = 0; i < COMMANDS; i++) {
		if (strcmp(argv[0], commands[i].name) != 0)
			continue;
		optind = 0; /* getopt() begins anew, as glibc wants it */
		return commands[i].run(argc, argv);
	}
	return report(ERR_USAGE, "there is no command %s; try --help",
	    argv[0]);
}

/* --help behind a command is as good as before it. */
static bool
asks_for_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0)
			return true;
	return false;
}

int
main(int argc, char **argv)
{
	standard_fill();
	/* A reader that has seen enough ends the writer quietly. */
	signal(SIGPIPE, SIG_DFL);
	/* A file that may not grow further is an error with a sentence. */
	signal(SIGXFSZ, SIG_IGN);
	mapped_guard(ERR_WORLD);
	opterr = 0;
	if (argc < 2)
		return report(ERR_USAGE, "a command is wanted; try --help");
	if (asks_for_help(argc, argv) || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0)
		return print_help();
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)
		return print_version();
	return run_command(argc - 1, argv + 1);
}

#include "tools/command.h"

#include "record/schema.h"
#include "tools/report.h"

#include <getopt.h>
#include <stdio.h>

int
command_schema(int argc, char **argv)
{
	int option = getopt(argc, argv, "+:");

	if (option != -1)
		return report_option(option, argv);
	if (optind < argc)
		return report(ERR_USAGE, "schema wants no \"%s\"; try --help",
		    argv[optind]);
	fputs(schema_default_text, stdout);
	return report_output(ERR_NONE);
}

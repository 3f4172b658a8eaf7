#include "tools/command.h"

#include "access/classes.h"
#include "tools/report.h"

#include <stddef.h>
#include <unistd.h>

int
command_take_only_directory(const char **path, int argc, char **argv)
{
	int option;

	*path = NULL;
	while ((option = getopt(argc, argv, "+:d:")) != -1) {
		if (option != 'd')
			return report_option(option, argv);
		*path = optarg;
	}
	if (*path == NULL)
		return report(ERR_USAGE, "%s wants -d DIR; try --help",
		    argv[0]);
	if (optind < argc)
		return report(ERR_USAGE, "%s wants no \"%s\"; try --help",
		    argv[0], argv[optind]);
	return ERR_NONE;
}

int
command_take_viewer(struct viewer *viewer, const char *text)
{
	struct span rest = span_from(text), class_name;
	struct fault fault;

	*viewer = (struct viewer){ .count = 0 };
	if (span_is(rest, "everyone"))
		return ERR_NONE;
	do {
		class_name = span_cut(&rest, ',');
		if (class_check_name(class_name, &fault) != ERR_NONE)
			return report(ERR_USAGE, "--as: %s", fault.text);
		if (viewer->count == VIEWER_CLASSES_MAX)
			return report(ERR_USAGE, "--as takes at most %d"
			    " classes", VIEWER_CLASSES_MAX);
		viewer->classes[viewer->count++] = class_name;
	} while (rest.length > 0);
	return ERR_NONE;
}

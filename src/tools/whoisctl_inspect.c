/* Looking at a directory as a whole, and going back to the one before. */

#include "tools/command.h"

#include "dir/build.h"
#include "dir/generation.h"
#include "dir/inspect.h"
#include "dir/layout.h"
#include "dir/store_pages.h"
#include "tools/report.h"
#include "tools/view.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>

int
command_info(int argc, char **argv)
{
	struct directory *directory;
	struct generation_info info;
	struct fault fault;
	const char *path;
	int status = command_take_only_directory(&path, argc, argv);

	if (status != ERR_NONE)
		return status;
	if (directory_open(&directory, path, 0, &fault) != ERR_NONE)
		return report_fault(&fault);
	directory_info(directory, &info);
	directory_close(&directory);
	printf("entries: %" PRIu64 "\n", info.entries);
	printf("terms: %" PRIu64 "\n", info.terms);
	printf("serial: %" PRIu64 "\n", info.serial);
	printf("generation: %s\n", info.name);
	printf("source: %s\n", info.source);
	printf("loaded: %s\n", info.loaded);
	printf("size: %" PRIu64 "\n", info.size_bytes);
	printf("format: %s\n", info.format);
	return report_output(ERR_NONE);
}

static int
print_inspection(const struct inspection *found)
{
	printf("entries: %" PRIu64 "\n", found->entries);
	printf("keys: %" PRIu64 "\n", found->keys);
	printf("terms: %" PRIu64 "\n", found->terms);
	printf("postings: %" PRIu64 "\n", found->postings);
	printf("wrong: %" PRIu64 "\n", found->wrong);
	for (unsigned i = 0; i < found->listed; i++)
		report(ERR_REFUSED, "%s", found->sentences[i]);
	return report_output(found->wrong > 0 ? ERR_REFUSED : ERR_NONE);
}

/*
 * Before LMDB opens it.  What cannot be read at all is explained better by
 * those who open it then.
 */
static enum err
check_pages(const char *directory, struct fault *fault)
{
	char path[PATH_MAX];
	enum err err;

	snprintf(path, sizeof path, "%s/" LAYOUT_CURRENT, directory);
	err = store_pages_check(path, fault);
	return err == ERR_REFUSED ? err : ERR_NONE;
}

int
command_verify(int argc, char **argv)
{
	static struct inspection found;
	struct fault fault;
	struct view view;
	const char *path;
	enum err err;
	int status = command_take_only_directory(&path, argc, argv);

	if (status != ERR_NONE)
		return status;
	if (check_pages(path, &fault) != ERR_NONE ||
	    view_open(&view, path, &fault) != ERR_NONE)
		return report_fault(&fault);
	err = inspect_verify(view.reader, &found, &fault);
	view_close(&view);
	return err == ERR_NONE ? print_inspection(&found) :
	    report_fault(&fault);
}

int
command_rollback(int argc, char **argv)
{
	char name[GENERATION_NAME_MAX];
	struct fault fault;
	const char *path;
	int status = command_take_only_directory(&path, argc, argv);

	if (status != ERR_NONE)
		return status;
	if (directory_rollback(path, name, &fault) != ERR_NONE)
		return report_fault(&fault);
	printf("generation: %s\n", name);
	return report_output(ERR_NONE);
}

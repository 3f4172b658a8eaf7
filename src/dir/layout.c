#include "dir/layout.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
layout_make_name(char name[GENERATION_NAME_MAX], uint64_t serial)
{
	snprintf(name, GENERATION_NAME_MAX, "gen-%06ju", (uintmax_t)serial);
}

bool
layout_parse_name(const char *name, uint64_t *serial)
{
	char same[GENERATION_NAME_MAX];

	if (strncmp(name, "gen-", 4) != 0)
		return false;
	*serial = strtoull(name + 4, NULL, 10);
	layout_make_name(same, *serial);
	return strcmp(name, same) == 0;
}

bool
layout_read_current(int directory, char name[GENERATION_NAME_MAX],
    uint64_t *serial)
{
	ssize_t length = readlinkat(directory, LAYOUT_CURRENT, name,
	    GENERATION_NAME_MAX);

	if (length < 0)
		return false;
	errno = EINVAL;
	if (length >= GENERATION_NAME_MAX)
		return false;
	name[length] = '\0';
	return layout_parse_name(name, serial);
}

DIR *
layout_list(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;

	if (entries == NULL && fd >= 0)
		close(fd);
	return entries;
}

uint64_t
layout_find_below(int directory, uint64_t limit)
{
	DIR *entries = layout_list(directory);
	const struct dirent *entry;
	uint64_t highest = 0;
	uint64_t serial;

	while (entries != NULL && (entry = readdir(entries)) != NULL)
		if (layout_parse_name(entry->d_name, &serial) &&
		    serial < limit && serial > highest)
			highest = serial;
	if (entries != NULL)
		closedir(entries);
	return highest;
}

enum err
layout_explain(const char *path, int error, struct fault *fault)
{
	struct stat status;

	if (error == EINVAL)
		return fault_set(fault, ERR_REFUSED, "%s/" LAYOUT_CURRENT
		    ": not a link to a generation such as gen-000001", path);
	if (error == ENOENT && stat(path, &status) == 0)
		return fault_set(fault, ERR_REFUSED, "%s: nothing is loaded "
		    "there yet: see 'whoisctl load -d %s FILE'", path, path);
	if (error == ENOENT)
		return fault_set(fault, ERR_WORLD, "%s: there is no such"
		    " folder; 'whoisctl load -d %s FILE' makes it", path, path);
	return fault_set(fault, ERR_WORLD, "%s: %s", path, strerror(error));
}

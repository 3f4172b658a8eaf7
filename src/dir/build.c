#include "config.h"

#include "dir/build.h"

#include "dir/store.h"
#include "sys/clock.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_MODE = 0755, LOCK_MODE = 0644, LOCK_TEXT_MAX = 128 };

/* DIR while this process may change it. */
struct hold {
	char *path;
	int directory;
	int lock;
	uint64_t highest; /* number that was ever begun */
};

struct build {
	struct hold hold;
	uint64_t serial;
	char name[GENERATION_NAME_MAX];
	char *path;
	uint64_t before; /* the one to keep when this one is in service */
};

static enum err
explain(const char *path, const char *name, struct fault *fault)
{
	return fault_set(fault, ERR_WORLD, "%s/%s: %s", path, name,
	    strerror(errno));
}

/* Leftovers do no harm, so failing to remove them is no failure. */
static void
remove_generation(int directory, const char *name)
{
	int folder = openat(directory, name,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *entries = folder >= 0 ? layout_list(folder) : NULL;
	const struct dirent *entry;

	while (entries != NULL && (entry = readdir(entries)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			(void)unlinkat(folder, entry->d_name, 0);
	if (entries != NULL)
		closedir(entries);
	if (folder >= 0)
		close(folder);
	(void)unlinkat(directory, name, AT_REMOVEDIR);
}

static void
remove_all_but(int directory, uint64_t current, uint64_t before)
{
	DIR *entries = layout_list(directory);
	const struct dirent *entry;
	uint64_t serial;

	while (entries != NULL && (entry = readdir(entries)) != NULL)
		if (layout_parse_name(entry->d_name, &serial) &&
		    serial != current && serial != before)
			remove_generation(directory, entry->d_name);
	if (entries != NULL)
		closedir(entries);
}

/* 0: there is none. */
static uint64_t
current_serial(int directory)
{
	char name[GENERATION_NAME_MAX];
	uint64_t serial;

	return layout_read_current(directory, name, &serial) ? serial : 0;
}

/* Make `current` point to the generation, in one step. */
static enum err
flip(const struct hold *hold, const char *name, struct fault *fault)
{
	int fd = hold->directory;

	(void)unlinkat(fd, LAYOUT_CURRENT_NEXT, 0); /* of a load that died */
	if (symlinkat(name, fd, LAYOUT_CURRENT_NEXT) != 0 ||
	    renameat(fd, LAYOUT_CURRENT_NEXT, fd, LAYOUT_CURRENT) != 0)
		return explain(hold->path, LAYOUT_CURRENT, fault);
	return ERR_NONE;
}

static enum err
sync_folder(const struct hold *hold, const char *name, struct fault *fault)
{
	int fd = openat(hold->directory, name,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum err err = ERR_NONE;

	if (fd < 0 || fsync(fd) != 0)
		err = explain(hold->path, name, fault);
	if (fd >= 0)
		close(fd);
	return err;
}

/* Where DIR lies, as DIR may be new.  Who may not read there did not make it. */
static enum err
sync_parent(const struct hold *hold, struct fault *fault)
{
	if (faccessat(hold->directory, "..", R_OK, AT_EACCESS) != 0)
		return ERR_NONE;
	return sync_folder(hold, "..", fault);
}

/*
 * The lock is flock(2) on DIR/lock, which a dying process lets go of by
 * itself.  The file is never removed; it says
 *
 *   serial 8                                   the highest number begun so far
 *   process 4711 since 2026-11-22T10:32:15Z    only while it is held
 */

struct lock_text {
	uint64_t serial;
	unsigned long process;
	char since[CLOCK_TEXT_MAX];
};

/* How many of the three fields the file gave. */
static int
read_lock(int fd, struct lock_text *lock)
{
	char text[LOCK_TEXT_MAX];
	ssize_t length = pread(fd, text, sizeof text - 1, 0);

	*lock = (struct lock_text){ .serial = 0 };
	text[length > 0 ? length : 0] = '\0';
	return sscanf(text, "serial %" SCNu64 " process %lu since %31s",
	    &lock->serial, &lock->process, lock->since);
}

static enum err
write_lock(const struct hold *hold, bool held, struct fault *fault)
{
	char text[LOCK_TEXT_MAX];
	char now[CLOCK_TEXT_MAX];
	int length;

	clock_format_now(now);
	length = snprintf(text, sizeof text, "serial %" PRIu64 "\n",
	    hold->highest);
	if (held)
		length += snprintf(text + length,
		    sizeof text - (size_t)length, "process %ld since %s\n",
		    (long)getpid(), now);
	if (ftruncate(hold->lock, 0) != 0 ||
	    pwrite(hold->lock, text, (size_t)length, 0) != length)
		return explain(hold->path, LAYOUT_LOCK, fault);
	return ERR_NONE;
}

static enum err
explain_holder(const struct hold *hold, struct fault *fault)
{
	struct lock_text lock;

	if (read_lock(hold->lock, &lock) < 3)
		return fault_set(fault, ERR_REFUSED,
		    "%s is being changed by another process", hold->path);
	return fault_set(fault, ERR_REFUSED,
	    "%s is being changed by process %lu since %s", hold->path,
	    lock.process, lock.since);
}

static enum err
open_hold(struct hold *hold, struct fault *fault)
{
	hold->directory = open(hold->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (hold->directory < 0)
		return layout_explain(hold->path, errno, fault);
	hold->lock = openat(hold->directory, LAYOUT_LOCK,
	    O_RDWR | O_CREAT | O_CLOEXEC, LOCK_MODE);
	if (hold->lock < 0)
		return explain(hold->path, LAYOUT_LOCK, fault);
	if (flock(hold->lock, LOCK_EX | LOCK_NB) == 0)
		return ERR_NONE;
	return errno == EWOULDBLOCK
	    ? explain_holder(hold, fault)
	    : explain(hold->path, LAYOUT_LOCK, fault);
}

static void
close_hold(struct hold *hold)
{
	if (hold->lock >= 0)
		close(hold->lock);
	if (hold->directory >= 0)
		close(hold->directory);
	free(hold->path);
}

static enum err
take_hold(struct hold *hold, const char *path, struct fault *fault)
{
	struct lock_text lock;
	uint64_t present;
	enum err err;

	*hold = (struct hold){ .path = strdup(path), .directory = -1,
		.lock = -1 };
	assert(hold->path != NULL);
	err = open_hold(hold, fault);
	if (err != ERR_NONE) {
		close_hold(hold);
		return err;
	}
	(void)read_lock(hold->lock, &lock);
	present = layout_find_below(hold->directory, UINT64_MAX);
	hold->highest = lock.serial > present ? lock.serial : present;
	return ERR_NONE;
}

static void
drop_hold(struct hold *hold)
{
	struct fault ignored; /* it only names a holder that is gone */

	(void)write_lock(hold, false, &ignored);
	close_hold(hold);
}

static enum err
probe(const struct hold *hold, uint64_t serial, struct fault *fault)
{
	char name[GENERATION_NAME_MAX];
	char path[PATH_MAX];

	layout_make_name(name, serial);
	snprintf(path, sizeof path, "%s/%s", hold->path, name);
	return store_probe(path, fault);
}

/* The newest that can be read, of those below `limit`; 0: there is none. */
static uint64_t
find_whole_below(const struct hold *hold, uint64_t limit)
{
	uint64_t serial = layout_find_below(hold->directory, limit);
	struct fault fault; /* why it is not */

	while (serial > 0 && probe(hold, serial, &fault) != ERR_NONE)
		serial = layout_find_below(hold->directory, serial);
	return serial;
}

/* Building. */

/*
 * What a rollback shall find behind the new one: what is in service, or if that
 * is broken, what was before.  Where the link is gone, perhaps by mistake, it
 * is the newest of all.  What cannot be read may be another version's, or it is
 * only us who cannot: it stays where there is nothing better.
 */
static uint64_t
choose_before(const struct hold *hold, uint64_t current)
{
	uint64_t limit = current > 0 ? current + 1 : UINT64_MAX;
	uint64_t whole = find_whole_below(hold, limit);

	if (whole > 0 || current > 0)
		return whole > 0 ? whole : current;
	return layout_find_below(hold->directory, UINT64_MAX);
}

/* All else are leftovers; `current` may serve still, though it is broken. */
static void
remove_leftovers(const struct build *b, uint64_t current)
{
	int directory = b->hold.directory;

	if (current == 0 || current == b->before)
		current = layout_find_below(directory, b->before);
	remove_all_but(directory, b->before, current);
}

static enum err
make_folder(struct build *b, struct fault *fault)
{
	struct hold *hold = &b->hold;
	uint64_t current;
	int length;

	/* Where one died behind its flip, the disk may have the old link. */
	if (sync_folder(hold, ".", fault) != ERR_NONE)
		return fault->code;
	current = current_serial(hold->directory);
	b->before = choose_before(hold, current);
	remove_leftovers(b, current);
	b->serial = ++hold->highest;
	layout_make_name(b->name, b->serial);
	length = asprintf(&b->path, "%s/%s", hold->path, b->name);
	assert(length > 0);
	if (write_lock(hold, true, fault) != ERR_NONE)
		return fault->code;
	if (mkdirat(hold->directory, b->name, FOLDER_MODE) != 0)
		return explain(hold->path, b->name, fault);
	return ERR_NONE;
}

static void
build_free(struct build **build)
{
	struct build *b = *build;

	*build = NULL;
	drop_hold(&b->hold);
	free(b->path);
	free(b);
}

enum err
build_begin(struct build **build, const char *directory_path,
    struct fault *fault)
{
	struct build *b = calloc(1, sizeof *b);
	enum err err;

	assert(b != NULL);
	*build = NULL;
	if (mkdir(directory_path, FOLDER_MODE) != 0 && errno != EEXIST) {
		free(b);
		return fault_set(fault, ERR_WORLD, "%s: %s", directory_path,
		    strerror(errno));
	}
	err = take_hold(&b->hold, directory_path, fault);
	if (err != ERR_NONE) {
		free(b);
		return err;
	}
	*build = b;
	err = make_folder(b, fault);
	if (err != ERR_NONE)
		build_free(build);
	return err;
}

const char *
build_path(const struct build *b)
{
	return b->path;
}

uint64_t
build_serial(const struct build *b)
{
	return b->serial;
}

enum err
build_publish(struct build **build, struct fault *fault)
{
	struct build *b = *build;
	uint64_t before = b->before;
	enum err err = sync_folder(&b->hold, b->name, fault);

	/* Its name must be on the disk before anything leads to it. */
	if (err == ERR_NONE)
		err = sync_folder(&b->hold, ".", fault);
	if (err == ERR_NONE)
		err = sync_parent(&b->hold, fault);
	if (err == ERR_NONE)
		err = flip(&b->hold, b->name, fault);
	if (err != ERR_NONE) {
		build_abandon(build);
		return err;
	}
	err = sync_folder(&b->hold, ".", fault);
	remove_all_but(b->hold.directory, b->serial, before);
	build_free(build);
	return err;
}

void
build_abandon(struct build **build)
{
	struct build *b = *build;

	if (b == NULL)
		return;
	remove_generation(b->hold.directory, b->name);
	build_free(build);
}

/* Rolling back. */

static enum err
roll_back(const struct hold *hold, char name[GENERATION_NAME_MAX],
    struct fault *fault)
{
	uint64_t current, before;
	enum err err;

	if (!layout_read_current(hold->directory, name, &current))
		return layout_explain(hold->path, errno, fault);
	before = layout_find_below(hold->directory, current);
	if (before != 0 && probe(hold, before, fault) != ERR_NONE)
		return fault->code;
	if (before == 0)
		return fault_set(fault, ERR_REFUSED,
		    "%s: there is no generation before %s", hold->path, name);
	layout_make_name(name, before);
	err = flip(hold, name, fault);
	return err != ERR_NONE ? err : sync_folder(hold, ".", fault);
}

enum err
directory_rollback(const char *path, char name[GENERATION_NAME_MAX],
    struct fault *fault)
{
	struct hold hold;
	enum err err = take_hold(&hold, path, fault);

	if (err != ERR_NONE)
		return err;
	err = write_lock(&hold, true, fault);
	if (err == ERR_NONE)
		err = roll_back(&hold, name, fault);
	drop_hold(&hold);
	return err;
}

#include "disk.h"

#include "base/arena.h"

#include <assert.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR_BYTES = 512 };

enum change_kind {
	CHANGE_WRITE,    /* of a file: `data` at `number` */
	CHANGE_TRUNCATE, /* to `number` bytes */
	CHANGE_MODE,     /* to `number` */
	CHANGE_ENTER,    /* of a folder: `name` leads to `object` */
	CHANGE_LEAVE,    /* `name` leads nowhere */
	CHANGE_RENAME,   /* both: `name` leads to `object`, `old` nowhere */
};

struct change {
	struct change *next; /* of the same object, in their order */
	enum change_kind kind;
	unsigned moment; /* operations that were done before it */
	bool synced;
	bool kept; /* by the loss of power */
	uint64_t number;
	struct span data;
	const char *name, *old;
	struct object *object;
};

struct object {
	struct object *next; /* of the disk */
	mode_t mode;
	struct span target; /* of a symbolic link */
	struct change *first, *last;
};

struct disk {
	struct arena *arena;
	struct object *objects;
	struct object *top;
	unsigned moment;
	unsigned synced_moment; /* of the last sync of anything */
};

/* Making them. */

static void *
take(struct disk *d, size_t size)
{
	void *memory = arena_calloc(d->arena, 1, size);

	assert(memory != NULL);
	return memory;
}

static const char *
copy_string(struct disk *d, const char *text, size_t length)
{
	char *copy = take(d, length + 1);

	memcpy(copy, text, length);
	return copy;
}

static struct object *
new_object(struct disk *d, mode_t mode)
{
	struct object *o = take(d, sizeof *o);

	o->mode = mode;
	o->next = d->objects;
	d->objects = o;
	return o;
}

static struct change *
new_change(struct disk *d, struct object *o, enum change_kind kind)
{
	struct change *c = take(d, sizeof *c);

	c->kind = kind;
	c->moment = d->moment;
	if (o->last != NULL)
		o->last->next = c;
	else
		o->first = c;
	o->last = c;
	return c;
}

static void
enter(struct disk *d, struct object *folder, const char *name,
    struct object *object)
{
	struct change *c = new_change(d, folder, CHANGE_ENTER);

	c->name = copy_string(d, name, strlen(name));
	c->object = object;
}

/* Looking up. */

/* The change by which `name` leads where it leads; NULL: nowhere. */
static const struct change *
find(const struct object *folder, const char *name, bool only_kept)
{
	const struct change *found = NULL;

	for (const struct change *c = folder->first; c != NULL; c = c->next) {
		if (only_kept && !c->kept)
			continue;
		if (c->old != NULL && strcmp(c->old, name) == 0)
			found = NULL;
		if (c->name != NULL && strcmp(c->name, name) == 0)
			found = c->kind == CHANGE_LEAVE ? NULL : c;
	}
	return found;
}

/* The folder of a path, and its last name in `*name`. */
static struct object *
find_folder(struct disk *d, const char *path, const char **name)
{
	struct object *folder = d->top;
	const char *end;

	while ((end = strchr(path, '/')) != NULL) {
		const char *part = copy_string(d, path, (size_t)(end - path));
		const struct change *c = find(folder, part, false);

		assert(c != NULL);
		folder = c->object;
		path = end + 1;
	}
	*name = path;
	return folder;
}

static struct object *
find_object(struct disk *d, const char *path)
{
	const struct change *c;
	const char *name;
	struct object *folder = find_folder(d, path, &name);

	if (strcmp(name, ".") == 0)
		return folder;
	c = find(folder, name, false);
	assert(c != NULL);
	return c->object;
}

/* The start. */

static struct span
read_file(struct disk *d, const char *path, size_t size)
{
	char *bytes = take(d, size + 1);
	FILE *file = fopen(path, "re");

	assert(file != NULL);
	size = fread(bytes, 1, size, file);
	fclose(file);
	return (struct span){ bytes, size };
}

static struct span
read_link(struct disk *d, const char *path)
{
	char target[PATH_MAX];
	ssize_t length = readlink(path, target, sizeof target);

	assert(length > 0);
	return (struct span){ copy_string(d, target, (size_t)length),
		(size_t)length };
}

static struct object *read_object(struct disk *d, const char *path);

static void
read_folder(struct disk *d, struct object *folder, const char *path)
{
	char inner[PATH_MAX];
	const struct dirent *entry;
	DIR *entries = opendir(path);

	assert(entries != NULL);
	while ((entry = readdir(entries)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		enter(d, folder, entry->d_name, read_object(d, inner));
	}
	closedir(entries);
}

static struct object *
read_object(struct disk *d, const char *path)
{
	struct stat status;
	struct object *o;
	int missing = lstat(path, &status);

	assert(missing == 0);
	o = new_object(d, status.st_mode);
	if (S_ISDIR(o->mode))
		read_folder(d, o, path);
	else if (S_ISLNK(o->mode))
		o->target = read_link(d, path);
	else
		new_change(d, o, CHANGE_WRITE)->data =
		    read_file(d, path, (size_t)status.st_size);
	return o;
}

struct disk *
disk_read(struct arena *arena, const char *folder)
{
	struct disk *d = arena_calloc(arena, 1, sizeof *d);

	assert(d != NULL);
	d->arena = arena;
	d->top = read_object(d, folder);
	for (struct object *o = d->objects; o != NULL; o = o->next)
		for (struct change *c = o->first; c != NULL; c = c->next)
			c->synced = true;
	return d;
}

/* Operations. */

struct operation {
	const char *path;
	uint64_t number;
	struct span data;
};

static void
make(struct disk *d, const struct operation *op, mode_t type)
{
	const char *name;
	struct object *folder = find_folder(d, op->path, &name);
	struct object *o = new_object(d, type | (mode_t)op->number);

	o->target = op->data;
	enter(d, folder, name, o);
}

static void
do_create(struct disk *d, const struct operation *op)
{
	make(d, op, S_IFREG);
}

static void
do_mkdir(struct disk *d, const struct operation *op)
{
	make(d, op, S_IFDIR);
}

static void
do_symlink(struct disk *d, const struct operation *op)
{
	make(d, op, S_IFLNK);
}

static void
change_file(struct disk *d, const struct operation *op, enum change_kind kind)
{
	struct change *c = new_change(d, find_object(d, op->path), kind);

	c->number = op->number;
	c->data = op->data;
}

static void
do_write(struct disk *d, const struct operation *op)
{
	change_file(d, op, CHANGE_WRITE);
}

static void
do_truncate(struct disk *d, const struct operation *op)
{
	change_file(d, op, CHANGE_TRUNCATE);
}

static void
do_chmod(struct disk *d, const struct operation *op)
{
	change_file(d, op, CHANGE_MODE);
}

static void
do_rename(struct disk *d, const struct operation *op)
{
	const char *path = copy_string(d, op->data.data, op->data.length);
	const char *old, *name;
	struct object *folder = find_folder(d, op->path, &old);
	struct object *o = find_object(d, op->path);
	struct change *c = new_change(d, folder, CHANGE_RENAME);
	const struct object *to = find_folder(d, path, &name);

	assert(to == folder);
	c->old = copy_string(d, old, strlen(old));
	c->name = name;
	c->object = o;
}

static void
do_unlink(struct disk *d, const struct operation *op)
{
	const char *name;
	struct object *folder = find_folder(d, op->path, &name);

	new_change(d, folder, CHANGE_LEAVE)->name =
	    copy_string(d, name, strlen(name));
}

static void
do_sync(struct disk *d, const struct operation *op)
{
	struct object *o = find_object(d, op->path);
	bool with_mode = op->number != 0;

	for (struct change *c = o->first; c != NULL; c = c->next)
		if (with_mode || c->kind != CHANGE_MODE)
			c->synced = true;
	d->synced_moment = d->moment;
}

static const struct {
	const char *verb;
	void (*perform)(struct disk *d, const struct operation *op);
} verbs[] = {
	{ "create", do_create },
	{ "mkdir", do_mkdir },
	{ "symlink", do_symlink },
	{ "write", do_write },
	{ "truncate", do_truncate },
	{ "chmod", do_chmod },
	{ "rename", do_rename },
	{ "unlink", do_unlink },
	{ "sync", do_sync },
};

static void
perform(struct disk *d, const char *verb, const struct operation *op)
{
	size_t i = 0;

	while (i < sizeof verbs / sizeof verbs[0] &&
	    strcmp(verbs[i].verb, verb) != 0)
		i++;
	assert(i < sizeof verbs / sizeof verbs[0]);
	verbs[i].perform(d, op);
}

bool
disk_do(struct disk *d, struct span *notes)
{
	struct span line = span_cut(notes, '\n');
	const char *text = copy_string(d, line.data, line.length);
	char verb[16], path[PATH_MAX];
	unsigned long long number;
	struct operation op = { .path = path };

	if (line.length == 0)
		return false;
	if (sscanf(text, "%15s %4095s %llu %zu", verb, path, &number,
	    &op.data.length) != 4)
		abort();
	op.number = number;
	op.data.data = notes->data;
	*notes = span_skip(*notes, op.data.length);
	perform(d, verb, &op);
	d->moment++;
	return true;
}

/* The loss of power. */

static bool
is_lucky(const struct disk_loss *loss)
{
	return (unsigned)(random() % 100) < loss->kept_percent;
}

static bool
is_of_names(const struct change *c)
{
	return c->kind >= CHANGE_ENTER;
}

/*
 * Which changes are kept.  A write is always kept here: its sectors are looked
 * at one by one.  A journal has all names up to some moment.
 */
static void
choose(struct disk *d, const struct disk_loss *loss)
{
	unsigned first = loss->ignores_syncs ? 0 : d->synced_moment;
	unsigned journal = first +
	    (unsigned)random() % (d->moment - first + 1);

	for (struct object *o = d->objects; o != NULL; o = o->next) {
		for (struct change *c = o->first; c != NULL; c = c->next) {
			if (loss->ignores_syncs && c->moment > 0)
				c->synced = false;
			if (loss->in_order && is_of_names(c))
				c->kept = c->synced || c->moment < journal;
			else
				c->kept = c->synced ||
				    c->kind == CHANGE_WRITE || is_lucky(loss);
		}
	}
}

/* Up to the end of the sector in which `offset` lies. */
static size_t
sector_part(uint64_t offset, size_t left)
{
	size_t part = SECTOR_BYTES - (size_t)(offset % SECTOR_BYTES);

	return part < left ? part : left;
}

static void
write_sectors(int fd, const struct change *c, const struct disk_loss *loss)
{
	size_t done = 0;

	while (done < c->data.length) {
		uint64_t offset = c->number + done;
		size_t part = c->synced ? c->data.length :
		    sector_part(offset, c->data.length - done);

		if (c->synced || is_lucky(loss))
			if (pwrite(fd, c->data.data + done, part,
			    (off_t)offset) != (ssize_t)part)
				abort();
		done += part;
	}
}

static void
write_file(const struct object *o, const struct disk_loss *loss,
    const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	mode_t mode = o->mode & 07777;
	bool failed = fd < 0;

	for (const struct change *c = o->first; c != NULL; c = c->next) {
		if (!c->kept)
			continue;
		if (c->kind == CHANGE_WRITE)
			write_sectors(fd, c, loss);
		else if (c->kind == CHANGE_TRUNCATE)
			failed |= ftruncate(fd, (off_t)c->number) != 0;
		else
			mode = (mode_t)c->number;
	}
	failed |= fchmod(fd, mode) != 0 || close(fd) != 0;
	assert(!failed);
}

static void write_object(struct disk *d, const struct object *o,
    const struct disk_loss *loss, const char *path);

static void
write_folder(struct disk *d, const struct object *o,
    const struct disk_loss *loss, const char *path)
{
	char inner[PATH_MAX];
	int failed = mkdir(path, 0700);

	assert(failed == 0);
	for (const struct change *c = o->first; c != NULL; c = c->next) {
		if (c->name == NULL || find(o, c->name, true) != c)
			continue;
		snprintf(inner, sizeof inner, "%s/%s", path, c->name);
		write_object(d, c->object, loss, inner);
	}
}

static void
write_link(struct disk *d, const struct object *o, const char *path)
{
	int failed = symlink(copy_string(d, o->target.data, o->target.length),
	    path);

	assert(failed == 0);
}

static void
write_object(struct disk *d, const struct object *o,
    const struct disk_loss *loss, const char *path)
{
	if (S_ISDIR(o->mode))
		write_folder(d, o, loss, path);
	else if (S_ISLNK(o->mode))
		write_link(d, o, path);
	else
		write_file(o, loss, path);
}

void
disk_lose_power(struct disk *d, const struct disk_loss *loss,
    const char *folder)
{
	choose(d, loss);
	write_object(d, d->top, loss, folder);
}

/*
 * Preloaded into a program: notes everything it does to the files under one
 * folder, for tests/abuse/replay_power, and may end or fail it on the way.
 *
 *   RECORD_UNDER    the folder, an absolute path without symbolic links
 *   RECORD_LOG      where the notes are added; tests/abuse/disk.h says how
 *   RECORD_KILL_AT  before operation N, counted from 1: die as by kill -9
 *   RECORD_FAIL_AT  operation N is not done and fails as a broken disk does
 *
 * One lock is held over an operation and its note, so that the notes are in the
 * order in which things happened.  What is written to a file that has lost its
 * name is not noted, as nobody can find it again; neither is what is written
 * through a map, which only LMDB does and only to lock.mdb, whose content means
 * nothing after a start.  The functions are those that LMDB and the floors
 * call; that nothing is missed is seen by comparing the disk that the notes
 * make with the real one.
 */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t mtx = PTHREAD_MUTEX_INITIALIZER;
static const char *under; /* NULL: nothing is noted */
static size_t under_length;
static int notes = -1;
static unsigned long operations; /* guarded by mtx, as the next two */
static unsigned long kill_at, fail_at;

static unsigned long
number_from(const char *variable)
{
	const char *text = getenv(variable);

	return text != NULL ? strtoul(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("RECORD_LOG");

	kill_at = number_from("RECORD_KILL_AT");
	fail_at = number_from("RECORD_FAIL_AT");
	under = getenv("RECORD_UNDER");
	if (under == NULL || path == NULL)
		return;
	under_length = strlen(under);
	notes = (int)syscall(SYS_openat, AT_FDCWD, path,
	    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (notes < 0)
		abort();
}

/* What the operation is about, as a path from the folder on. */
struct place {
	char path[PATH_MAX];
	const char *name; /* within `path`; NULL: elsewhere, not noted */
};

static void
find_name(struct place *place)
{
	const char *end = place->path + under_length;

	place->name = NULL;
	if (under == NULL || strncmp(place->path, under, under_length) != 0)
		return;
	if (strstr(place->path, " (deleted)") != NULL)
		return;
	if (*end == '\0')
		place->name = ".";
	else if (*end == '/')
		place->name = end + 1;
}

static void
place_of_file(struct place *place, int fd)
{
	char link[64];
	ssize_t length;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	length = readlink(link, place->path, sizeof place->path - 1);
	place->path[length > 0 ? length : 0] = '\0';
	find_name(place);
}

static void
place_of_path(struct place *place, int folder, const char *path)
{
	size_t used = 0;

	if (path[0] != '/') {
		if (folder != AT_FDCWD)
			place_of_file(place, folder);
		else if (getcwd(place->path, sizeof place->path) == NULL)
			abort();
		used = strlen(place->path);
		place->path[used++] = '/';
	}
	snprintf(place->path + used, sizeof place->path - used, "%s", path);
	find_name(place);
}

/* Operations: entered with the lock, left with their note and the result. */

static void
write_note(const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t n = syscall(SYS_write, notes, bytes, length);

		if (n <= 0)
			abort();
		bytes += n;
		length -= (size_t)n;
	}
}

static void
note(const struct place *place, const char *verb, long long number,
    struct iovec data)
{
	char line[PATH_MAX + 64];
	int length = snprintf(line, sizeof line, "%s %s %lld %zu\n", verb,
	    place->name, number, data.iov_len);

	write_note(line, (size_t)length);
	write_note(data.iov_base, data.iov_len);
}

/* False: this one is to fail; errno says how. */
static bool
enter(const struct place *place)
{
	pthread_mutex_lock(&mtx);
	if (place->name == NULL)
		return true;
	operations++;
	if (operations == kill_at)
		raise(SIGKILL);
	errno = EIO;
	return operations != fail_at;
}

static long
leave(long result)
{
	int error = errno;

	pthread_mutex_unlock(&mtx);
	errno = error;
	return result;
}

static struct iovec
text(const char *string)
{
	return (struct iovec){ (void *)(uintptr_t)string, strlen(string) };
}

static const struct iovec nothing = { NULL, 0 };

/* Files. */

static void
note_open(const struct place *place, int flags, mode_t mode, bool existed)
{
	if (!existed)
		note(place, "create", mode, nothing);
	else if ((flags & O_TRUNC) != 0)
		note(place, "truncate", 0, nothing);
}

static int
open_noted(int folder, const char *path, int flags, mode_t mode)
{
	struct place place;
	bool existed;
	long fd = -1;

	if ((flags & (O_CREAT | O_TRUNC)) == 0)
		return (int)syscall(SYS_openat, folder, path, flags, mode);
	place_of_path(&place, folder, path);
	if (enter(&place)) {
		existed = faccessat(folder, path, F_OK, 0) == 0;
		fd = syscall(SYS_openat, folder, path, flags, mode);
		if (fd >= 0 && place.name != NULL)
			note_open(&place, flags, mode, existed);
	}
	return (int)leave(fd);
}

static mode_t
mode_of(int flags, va_list values)
{
	return (flags & O_CREAT) != 0 ? va_arg(values, mode_t) : 0;
}

int
open(const char *path, int flags, ...)
{
	va_list values;
	mode_t mode;

	va_start(values, flags);
	mode = mode_of(flags, values);
	va_end(values);
	return open_noted(AT_FDCWD, path, flags, mode);
}

int
openat(int folder, const char *path, int flags, ...)
{
	va_list values;
	mode_t mode;

	va_start(values, flags);
	mode = mode_of(flags, values);
	va_end(values);
	return open_noted(folder, path, flags, mode);
}

/* The C library's own would open the file without our seeing it. */
int
mkostemp(char *pattern, int flags)
{
	static unsigned long made; /* guarded by mtx */
	char *end = pattern + strlen(pattern) - 6;
	int fd;

	do {
		pthread_mutex_lock(&mtx);
		snprintf(end, 7, "%06lu", made++ % 1000000);
		pthread_mutex_unlock(&mtx);
		fd = open_noted(
		    AT_FDCWD, pattern, flags | O_RDWR | O_CREAT | O_EXCL, 0600);
	} while (fd < 0 && errno == EEXIST);
	return fd;
}

ssize_t
pwrite(int fd, const void *data, size_t length, off_t offset)
{
	struct iovec bytes = { (void *)(uintptr_t)data, length };
	struct place place;
	long done = -1;

	place_of_file(&place, fd);
	if (enter(&place))
		done = syscall(SYS_pwrite64, fd, data, length, offset);
	if (done > 0 && place.name != NULL) {
		bytes.iov_len = (size_t)done;
		note(&place, "write", offset, bytes);
	}
	return leave(done);
}

/* As many calls as pieces: a short count is the caller's to deal with. */
ssize_t
writev(int fd, const struct iovec *pieces, int count)
{
	ssize_t done = 0;

	for (int i = 0; i < count; i++) {
		ssize_t n = write(fd, pieces[i].iov_base, pieces[i].iov_len);

		if (n > 0)
			done += n;
		if (n < 0 || (size_t)n < pieces[i].iov_len)
			return done > 0 ? done : n;
	}
	return done;
}

ssize_t
write(int fd, const void *data, size_t length)
{
	struct iovec bytes = { (void *)(uintptr_t)data, length };
	struct place place;
	long done = -1;
	off_t offset;

	place_of_file(&place, fd);
	if (enter(&place)) {
		offset = lseek(fd, 0, SEEK_CUR);
		done = syscall(SYS_write, fd, data, length);
		bytes.iov_len = done > 0 ? (size_t)done : 0;
		if (done > 0 && place.name != NULL)
			note(&place, "write", offset, bytes);
	}
	return leave(done);
}

/* A call that sets one number of a file. */
static int
set_noted(int fd, long call, long value, const char *name)
{
	struct place place;
	long result = -1;

	place_of_file(&place, fd);
	if (enter(&place))
		result = syscall(call, fd, value);
	if (result == 0 && place.name != NULL)
		note(&place, name, value, nothing);
	return (int)leave(result);
}

int
ftruncate(int fd, off_t size)
{
	return set_noted(fd, SYS_ftruncate, size, "truncate");
}

int
fchmod(int fd, mode_t mode)
{
	return set_noted(fd, SYS_fchmod, (long)mode, "chmod");
}

static int
sync_noted(int fd, long call, bool with_mode)
{
	struct place place;
	long result = -1;

	place_of_file(&place, fd);
	if (enter(&place))
		result = syscall(call, fd);
	if (result == 0 && place.name != NULL)
		note(&place, "sync", with_mode, nothing);
	return (int)leave(result);
}

int
fsync(int fd)
{
	return sync_noted(fd, SYS_fsync, true);
}

int
fdatasync(int fd)
{
	return sync_noted(fd, SYS_fdatasync, false);
}

/* Folders. */

int
mkdirat(int folder, const char *path, mode_t mode)
{
	struct place place;
	long result = -1;

	place_of_path(&place, folder, path);
	if (enter(&place))
		result = syscall(SYS_mkdirat, folder, path, mode);
	if (result == 0 && place.name != NULL)
		note(&place, "mkdir", mode, nothing);
	return (int)leave(result);
}

int
mkdir(const char *path, mode_t mode)
{
	return mkdirat(AT_FDCWD, path, mode);
}

int
symlinkat(const char *target, int folder, const char *path)
{
	struct place place;
	long result = -1;

	place_of_path(&place, folder, path);
	if (enter(&place))
		result = syscall(SYS_symlinkat, target, folder, path);
	if (result == 0 && place.name != NULL)
		note(&place, "symlink", 0, text(target));
	return (int)leave(result);
}

int
renameat(int old_folder, const char *old_path, int folder, const char *path)
{
	struct place from, to;
	long result = -1;

	place_of_path(&from, old_folder, old_path);
	place_of_path(&to, folder, path);
	if (enter(&from))
		result = syscall(
		    SYS_renameat2, old_folder, old_path, folder, path, 0);
	if (result == 0 && from.name != NULL && to.name != NULL)
		note(&from, "rename", 0, text(to.name));
	return (int)leave(result);
}

int
unlinkat(int folder, const char *path, int flags)
{
	struct place place;
	long result = -1;

	place_of_path(&place, folder, path);
	if (enter(&place))
		result = syscall(SYS_unlinkat, folder, path, flags);
	if (result == 0 && place.name != NULL)
		note(&place, "unlink", 0, nothing);
	return (int)leave(result);
}

int
unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}

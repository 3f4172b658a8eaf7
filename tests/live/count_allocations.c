/*
 * Preloaded into a program: counts what it takes from malloc() and its like.
 *
 *   ALLOCATIONS   a file of at least eight bytes, where the count is kept, in
 *                 native order, for whoever wants to read it meanwhile
 *
 * The file is mapped before the program begins, and so before its sandbox.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* What glibc's own functions are called as well. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static _Atomic uint64_t before_begin;
static _Atomic uint64_t *count = &before_begin;

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("ALLOCATIONS");
	int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
	void *map;

	if (fd < 0)
		abort();
	map = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
	    0);
	if (map == MAP_FAILED)
		abort();
	close(fd);
	count = map;
}

static void
note(void)
{
	atomic_fetch_add_explicit(count, 1, memory_order_relaxed);
}

void *
malloc(size_t size)
{
	note();
	return __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	note();
	return __libc_calloc(n, size);
}

void *
realloc(void *memory, size_t size)
{
	note();
	return __libc_realloc(memory, size);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
	note();
	return __libc_memalign(alignment, size);
}

int
posix_memalign(void **memory, size_t alignment, size_t size)
{
	note();
	*memory = __libc_memalign(alignment, size);
	return *memory != NULL ? 0 : ENOMEM;
}

#include "config.h"

#include "dir/block.h"

#include <assert.h>
#include <sys/mman.h>

void *
block_new(size_t size_bytes)
{
	void *block = mmap(NULL, size_bytes, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	assert(block != MAP_FAILED);
	/* Only a hint: without huge pages all is as well, but slower. */
	(void)madvise(block, size_bytes, MADV_HUGEPAGE);
	return block;
}

void
block_free(void *block, size_t size_bytes)
{
	int rc = block != NULL ? munmap(block, size_bytes) : 0;

	assert(rc == 0);
	(void)rc;
}

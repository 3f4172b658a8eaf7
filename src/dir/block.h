/*
 * One large piece of memory, in huge pages where the system has them: a table
 * of hundreds of megabytes that is read here and there would else miss the
 * address cache at nearly every step.  Pages are taken as they are touched.
 */

#ifndef DIR_BLOCK_H
#define DIR_BLOCK_H

#include <stddef.h>

/* Zeros, aligned to a page.  Dies when there is no address space. */
void *block_new(size_t size_bytes);

/* NULL is allowed. */
void block_free(void *block, size_t size_bytes);

#endif

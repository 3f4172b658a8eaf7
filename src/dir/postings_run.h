/*
 * A run of postings in a spill: terms in ascending order, each with its ids,
 * which ascend as well.
 *
 *   count  length  term            ids
 *   u32    u16     length bytes    count * u32        native order, unaligned
 */

#ifndef DIR_POSTINGS_RUN_H
#define DIR_POSTINGS_RUN_H

#include <stdint.h>
#include <string.h>

enum { POSTINGS_RUN_HEAD = sizeof(uint32_t) + sizeof(uint16_t) };

struct postings_run_head {
	uint32_t count;
	uint16_t length;
};

static inline void
postings_run_write(char *bytes, struct postings_run_head head)
{
	memcpy(bytes, &head.count, sizeof head.count);
	memcpy(bytes + sizeof head.count, &head.length, sizeof head.length);
}

static inline struct postings_run_head
postings_run_read(const char *bytes)
{
	struct postings_run_head head;

	memcpy(&head.count, bytes, sizeof head.count);
	memcpy(&head.length, bytes + sizeof head.count, sizeof head.length);
	return head;
}

#endif

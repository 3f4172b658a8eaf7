/*
 * Sets as they are made: internal to dir/postings and dir/postings_gather.
 */

#ifndef DIR_POSTINGS_SET_H
#define DIR_POSTINGS_SET_H

#include "dir/postings.h"
#include "dir/store.h"

/* In the arena; NULL: it is used up, and the scope is full. */
void *set_take_memory(struct postings_scope *scope, size_t size_bytes);

/* A list of a table, NULL when there is none. */
struct postings *set_new_list(struct postings_scope *scope,
    enum store_table table, struct span key);

/* A flag for each id, from 0 on, which must stay. */
enum { SET_FLAGS_PER_WORD = 64 };
struct postings *set_new_flags(struct postings_scope *scope,
    const uint64_t *flags, size_t words);

#endif

/*
 * How many people a query matches, counted the slow way over all names: words
 * compared as words, without an index and without the server's code.
 */

#ifndef QUALITY_MODEL_H
#define QUALITY_MODEL_H

#include <stdbool.h>
#include <stddef.h>

struct model;
struct people;

/* `people` is borrowed until model_free(). */
struct model *model_new(const struct people *people);
void model_free(struct model **model);

enum model_match {
	MODEL_EXACT,      /* the whole name or, with none, all its words */
	MODEL_BEGINNINGS, /* each word is how another of the name begins */
};

/*
 * Whether `count` is how many match.  It may also be with those who have a
 * suffix besides, or with those who are spelled as in passports: a server may
 * leave either out.  MODEL_SILENT: the model finds nobody, or cannot tell.
 */
enum model_verdict { MODEL_RIGHT, MODEL_WRONG, MODEL_SILENT };
enum model_verdict model_check(struct model *model, const char *query,
    enum model_match match, unsigned long count);

/* Whether the name has, for each word of the query, one that begins so. */
bool model_begins(const char *name, const char *query);

#endif

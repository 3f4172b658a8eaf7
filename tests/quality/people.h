/*
 * The people of a CSV file, by their full names, and the parts of a name.
 */

#ifndef QUALITY_PEOPLE_H
#define QUALITY_PEOPLE_H

#include "quality/letters.h"

#include <stddef.h>

struct people {
	char **names; /* as stored, in the order of the file */
	size_t count;
};

/* The column full_name of the file.  Ends the program where it cannot. */
void people_read(struct people *people, const char *path);
void people_free(struct people *people);

/* Memory, or the end of the program. */
void *grow(void *memory, size_t count, size_t size);
char *copy_text(const char *text);

/* "Last, First Middle, Jr.": a part that is not there is empty. */
struct name {
	char last[LINE_BYTES];   /* or the only name */
	char first[LINE_BYTES];  /* the first word behind the comma */
	char middle[LINE_BYTES]; /* the others */
	char suffix[LINE_BYTES];
};

enum order { ORDER_STORED, ORDER_SWAPPED, ORDERS };

void name_split(struct name *name, const char *stored);
void name_write(const struct name *name, enum order order,
    char out[LINE_BYTES]);

#endif

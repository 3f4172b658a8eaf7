/*
 * The name lists of data/names as tables, made by names.awk during the build.
 * All strings are UTF-8 and live as long as the program.
 */

#ifndef SAMPLE_NAMES_H
#define SAMPLE_NAMES_H

struct counted_name {
	const char *text;
	unsigned count; /* how many people bear it */
};

struct local_name {
	char country[3]; /* ISO 3166 */
	unsigned rank;   /* within its country, 1 first, may be shared */
	unsigned count;  /* 0: not known */
	const char *native, *roman; /* the same when there is one spelling */
};

extern const struct counted_name names_us[]; /* forenames */
extern const unsigned names_us_count;
extern const struct local_name names_first[];
extern const unsigned names_first_count;
extern const struct local_name names_last[];
extern const unsigned names_last_count;

#endif

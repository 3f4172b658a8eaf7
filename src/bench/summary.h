/* What a trial found: for people, or as columns for programs. */

#ifndef BENCH_SUMMARY_H
#define BENCH_SUMMARY_H

struct buf;
struct trial_result;

enum summary_form {
	SUMMARY_FORM_TEXT,
	SUMMARY_FORM_CSV,  /* a line of names, and one of values */
	SUMMARY_FORM_JSON, /* one object, of the same names */
};

enum { SUMMARY_BYTES_MAX = 4096 };

/* What is not known is empty in CSV and null in JSON. */
void summary_print(struct buf *out, enum summary_form form,
    const struct trial_result *result);

#endif

/*
 * CSV (RFC 4180) read in whole rows with their line numbers.
 *
 * Pure: bytes are fed in pieces of any size, rows come out of
 * csv_reader_next().  A byte order mark, LF or CR LF, quotes, embedded newlines
 * and blank lines are taken; blanks around a field are not part of it.  A quote
 * in the wrong place or an unclosed one is an error with its line.
 */

#ifndef RECORD_CSV_H
#define RECORD_CSV_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct csv_reader;

enum { CSV_FIELDS_MAX = 256 };

struct csv_row {
	unsigned long line;  /* of its first byte, 1 first */
	unsigned count;

	/* Valid until the next call; borrowed from the input or the reader. */
	struct span fields[CSV_FIELDS_MAX];
};

/*
 * `row_bytes_max`, at least 3, bounds one row as it stands in the file; a
 * longer one is an error with the line on which it begins.
 */
struct csv_reader *csv_reader_new(size_t row_bytes_max);
void csv_reader_free(struct csv_reader **reader);

enum csv_result {
	CSV_ROW,   /* `row` is filled */
	CSV_MORE,  /* `*input` is used up: call again with more */
	CSV_ERROR, /* `fault` says "line N: ..."; goes on at the next line */
};

/*
 * Take bytes off `*input` until a row is whole.  An empty input means the end,
 * but right behind a row or error it does no harm.  The last row need not end
 * in a newline.  CSV_MORE at the end: no rows left.
 */
enum csv_result csv_reader_next(struct csv_reader *reader, struct span *input,
    struct csv_row *row, struct fault *fault);

#endif

#include "unit.h"

#include "base/buf.h"
#include "dir/own_terms.h"
#include "dir/postings_run.h"
#include "dir/spill.h"

#include <stdio.h>
#include <unistd.h>

enum { MEMORY = 1 << 16, BUFFER = 1 << 16 };

static char folder[32];

/* "term 1 2; term 3" of the run. */
static void
write_run(struct spill *spill, unsigned nth, struct buf *out)
{
	struct spill_reader *reader = spill_reader_new(spill, nth, BUFFER);
	const char *bytes;

	while ((bytes = spill_take(reader, POSTINGS_RUN_HEAD)) != NULL) {
		struct postings_run_head head = postings_run_read(bytes);

		if (out->length > 0)
			buf_add_string(out, "; ");
		bytes = spill_take(reader, head.length);
		ck_assert_ptr_nonnull(bytes);
		buf_add(out, (struct span){ bytes, head.length });
		for (uint32_t i = 0; i < head.count; i++) {
			uint32_t id;

			bytes = spill_take(reader, sizeof id);
			ck_assert_ptr_nonnull(bytes);
			memcpy(&id, bytes, sizeof id);
			buf_add_char(out, ' ');
			buf_add_number(out, id);
		}
	}
	spill_reader_free(&reader);
}

START_TEST(a_run_has_each_term_once_with_its_ids_ascending)
{
	static const struct {
		const char *terms[6]; /* of the entries 1, 1, 2, 2, 3, 3 */
		const char *run;
	} rows[] = {
		{ { "b", "a", "d", "c" }, "a 1; b 1; c 2; d 2" },
		{ { "ab", "a", "abc", "" }, " 2; a 1; ab 1; abc 2" },
		{ { "x", "y", "x", "y", "x" }, "x 1 2 3; y 1 2" },
		{ { "x", "x" }, "x 1" },
		{ { "x", "x", "x", "x", "a", "x" }, "a 3; x 1 2 3" },
		{ { "longer than a window 1", "longer than a window",
		    "longer than a window", "longer than a window 1" },
		    "longer than a window 1 2; longer than a window 1 1 2" },
	};
	static uint64_t memory[MEMORY / sizeof(uint64_t)];

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct spill *spill = spill_new(folder);
		struct own_terms own;
		char text[256];
		struct buf out;

		buf_init(&out, text, sizeof text);
		own_terms_init(&own, memory, sizeof memory);
		for (uint32_t i = 0; i < 6 && rows[r].terms[i] != NULL; i++)
			ck_assert(own_terms_add(&own, i / 2 + 1,
			    span_from(rows[r].terms[i])));
		own_terms_spill(&own, spill);
		write_run(spill, 0, &out);
		ck_assert_msg(span_is(buf_span(&out), rows[r].run),
		    "row %zu: %.*s", r, (int)out.length, out.data);
		spill_free(&spill);
	}
}
END_TEST

START_TEST(has_room_again_when_all_are_spilled)
{
	static uint64_t memory[MEMORY / sizeof(uint64_t)];
	struct spill *spill = spill_new(folder);
	struct own_terms own;
	char text[32], expected[32];
	struct buf out;
	uint32_t id = 0;

	own_terms_init(&own, memory, sizeof memory);
	while (own_terms_add(&own, ++id, span_from("the same")))
		;
	ck_assert_uint_gt(id, 500);
	own_terms_spill(&own, spill);
	ck_assert(own_terms_add(&own, id, span_from("the same")));
	own_terms_spill(&own, spill);
	ck_assert_uint_eq(spill_runs(spill), 2);
	buf_init(&out, text, sizeof text);
	write_run(spill, 1, &out);
	snprintf(expected, sizeof expected, "the same %u", id);
	ck_assert(span_is(buf_span(&out), expected));
	spill_free(&spill);
}
END_TEST

static void
set_up(void)
{
	snprintf(folder, sizeof folder, "/tmp/check_own_terms-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
tear_down(void)
{
	ck_assert_int_eq(rmdir(folder), 0);
}

static const struct unit_frame frame = { set_up, tear_down };

UNIT_MAIN_WITHIN(&frame, "dir/own_terms",
    a_run_has_each_term_once_with_its_ids_ascending,
    has_room_again_when_all_are_spilled)

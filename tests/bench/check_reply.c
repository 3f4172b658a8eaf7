#include "bench/reply.h"

#include "base/buf.h"
#include "unit.h"

#include <string.h>

/* Of each whole answer its code and how long it is: "200/17 501/9 +3". */
static void
describe(const char *stream, size_t segment, struct buf *out)
{
	struct reply reply = { 0 };
	size_t length = 0;

	for (size_t at = 0; at < strlen(stream); at += segment) {
		struct span piece, bytes = span_from(stream + at);

		if (bytes.length > segment)
			bytes.length = segment;
		while (bytes.length > 0) {
			const char *begin = bytes.data;
			bool is_whole = reply_cut(&reply, &bytes, &piece);

			ck_assert_ptr_eq(piece.data, begin);
			ck_assert_ptr_eq(bytes.data, begin + piece.length);
			ck_assert_uint_gt(piece.length, 0);
			length += piece.length;
			if (!is_whole)
				continue;
			buf_add_format(out, "%u/%zu ", reply.code, length);
			length = 0;
		}
	}
	buf_add_format(out, "+%zu", length);
}

static const struct {
	const char *stream, *answers;
} streams[] = {
	{ "200:Ok.\r\n", "200/9 +0" },
	{ "200:Ok.\n", "200/8 +0" },
	{ "200:\n", "200/5 +0" },
	{ "200:Ok.\r", "+8" },
	{ "501:No.\r\n500:Sorry.\r\n", "501/9 500/12 +0" },
	/* what only goes on */
	{ "102:One.\r\n-200:1:a: b\r\n200:Ok.\r\n", "200/32 +0" },
	{ "100:Wait.\r\n199:Wait.\r\n", "+22" },
	{ "-500:No.\r\n", "+10" },
	{ "-100:a\r\n201:b\r\n-100:c\r\n", "201/15 +8" },
	/* what is no code */
	{ "Hello 200:\r\n200 Ok\r\n200\r\n\r\n200-x:\r\n", "+35" },
	{ " 200:Ok.\r\n--200:\r\n2-00:\r\n:\r\n-:\r\n", "+32" },
	{ "2000:Ok.\r\n20:Ok.\r\n", "+18" },
	{ "x\r\n200:Ok.\r\n", "200/12 +0" },
	/* a number in the text */
	{ "-200:300:\r\n200: 501:x\r\n", "200/23 +0" },
};

START_TEST(cuts_answers_however_they_come)
{
	for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++)
		for (size_t segment = 1; segment < 40; segment++) {
			char memory[256];
			struct buf answers;

			buf_init(&answers, memory, sizeof memory);
			describe(streams[i].stream, segment, &answers);
			ck_assert_msg(span_is(buf_span(&answers),
			    streams[i].answers), "\"%s\" by %zu: %.*s, not %s",
			    streams[i].stream, segment, (int)answers.length,
			    answers.data, streams[i].answers);
		}
}
END_TEST

START_TEST(takes_a_nul_for_a_byte_like_others)
{
	static const char stream[] = "-200:\0\n200:\0Ok\n501:";
	struct span piece, bytes = { stream, sizeof stream - 1 };
	struct reply reply = { 0 };

	ck_assert(reply_cut(&reply, &bytes, &piece));
	ck_assert_uint_eq(piece.length, 15);
	ck_assert(!reply_cut(&reply, &bytes, &piece));
	ck_assert_uint_eq(bytes.length, 0);
}
END_TEST

UNIT_MAIN("reply", cuts_answers_however_they_come,
    takes_a_nul_for_a_byte_like_others)

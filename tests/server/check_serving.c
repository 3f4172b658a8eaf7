#include "server/serving.h"

#include "base/buf.h"
#include "proto/face.h"
#include "unit.h"

#include <string.h>

static void
expect_line(struct peer peer, struct face_report report, const char *query,
    const char *expected)
{
	struct transaction transaction = {
		.peer = &peer, .answer_bytes = 4711, .microseconds = 87,
	};
	char text[1024];
	struct buf line;

	buf_init(&line, text, sizeof text);
	serving_describe(&line, "whois", &transaction, &report,
	    span_from(query));
	ck_assert(!line.overflowed);
	ck_assert_uint_eq(line.length, strlen(expected));
	ck_assert_mem_eq(text, expected, line.length);
}

START_TEST(a_transaction_is_one_line_with_all_that_matters)
{
	struct peer v4 = { addr_v4((const uint8_t[]){ 127, 0, 0, 1 }), 51234 };
	struct peer v6 = { addr_v6((const uint8_t[16]){ [15] = 1 }), 43 };
	struct peer local = { { ADDR_NONE, { 0 } }, 0 };

	expect_line(v4, (struct face_report){ .form = "short",
	    .rung = "words", .hits = 812 }, "smith",
	    "whois 127.0.0.1:51234 \"smith\" short words 812 hits "
	    "4711 bytes 87 us");
	expect_line(v6, (struct face_report){ .form = "help", .rung = "" },
	    "?", "whois [::1]:43 \"?\" help - 0 hits 4711 bytes 87 us");
	expect_line(local, (struct face_report){ .form = "none",
	    .rung = "words" }, "%n%s\\x00",
	    "whois local \"%n%s\\x00\" none words 0 hits "
	    "4711 bytes 87 us");
}
END_TEST

UNIT_MAIN("server/serving", a_transaction_is_one_line_with_all_that_matters)

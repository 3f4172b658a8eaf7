#include "unit.h"

#include "net/proxy.h"

#include <string.h>

static const char *const names[] = {
	[PROXY_MORE] = "MORE",
	[PROXY_CLIENT] = "CLIENT",
	[PROXY_LOCAL] = "LOCAL",
	[PROXY_MALFORMED] = "MALFORMED",
};

struct row {
	struct span input;
	enum proxy_verdict verdict;
	size_t length;
	const char *addr;
	uint16_t port;
};

#define INPUT(text) SPAN_LITERAL(text)
#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
#define V4_ENDS "\xc0\0\x02\x01\xc6\x33\x64\x07\xdc\x04\0\x2b"
#define V6_ADDR "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x07"
#define V6_MAPPED "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\x02\x01"

static void
check(const struct row *row)
{
	struct proxy_header header = { 0 };
	enum proxy_verdict verdict = proxy_parse(row->input, &header);
	char text[ADDR_TEXT_MAX];

	ck_assert_msg(verdict == row->verdict, "%.*s is %s, not %s",
	    (int)row->input.length, row->input.data, names[verdict],
	    names[row->verdict]);
	if (verdict == PROXY_CLIENT || verdict == PROXY_LOCAL)
		ck_assert_uint_eq(header.length, row->length);
	if (verdict != PROXY_CLIENT)
		return;
	addr_format(&header.client.addr, text);
	ck_assert_str_eq(text, row->addr);
	ck_assert_uint_eq(header.client.port, row->port);
}

static void
check_all(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check(&rows[i]);
}

START_TEST(reads_a_line_of_version_1)
{
	static const struct row rows[] = {
		{ INPUT("PROXY TCP4 192.0.2.1 198.51.100.7 56324 43\r\nsmith"),
		    PROXY_CLIENT, 44, "192.0.2.1", 56324 },
		{ INPUT("PROXY TCP4 255.255.255.255 255.255.255.255"
		    " 65535 65535\r\n"),
		    PROXY_CLIENT, 56, "255.255.255.255", 65535 },
		{ INPUT("PROXY TCP6 2001:db8::7 ::1 0 43\r\n"),
		    PROXY_CLIENT, 33, "2001:db8::7", 0 },
		{ INPUT("PROXY TCP6 ::ffff:192.0.2.1 ::1 1 43\r\n"),
		    PROXY_CLIENT, 38, "192.0.2.1", 1 },
		{ INPUT("PROXY UNKNOWN\r\nsmith"), PROXY_LOCAL, 15 },
		{ INPUT("PROXY UNKNOWN ffff:f...f 65535 what\r\n"),
		    PROXY_LOCAL, 37 },
	};

	check_all(rows, sizeof rows / sizeof rows[0]);
}
END_TEST

START_TEST(takes_no_line_that_is_nearly_right)
{
	static const char *const lines[] = {
		"PROXY TCP4 192.0.2.1 198.51.100.7 56324\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.7 56324 43 1\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.7 56324 43 \r\n",
		"PROXY TCP4  192.0.2.1 198.51.100.7 56324 43\r\n",
		"PROXY TCP4 192.0.2.1\t198.51.100.7 56324 43\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.7 65536 43\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.7 56324 65536\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.7 056324 43\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.7 5632x 43\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.7 -1 43\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.7 56324 43\n",
		"PROXY TCP4 192.0.2 198.51.100.7 56324 43\r\n",
		"PROXY TCP4 192.0.2.01 198.51.100.7 56324 43\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.256 56324 43\r\n",
		"PROXY TCP4 ::1 ::1 56324 43\r\n",
		"PROXY TCP4 192.0.2.1 ::1 56324 43\r\n",
		"PROXY TCP6 192.0.2.1 198.51.100.7 56324 43\r\n",
		"PROXY TCP6 2001:db8::7::1 ::1 56324 43\r\n",
		"PROXY TCP5 192.0.2.1 198.51.100.7 56324 43\r\n",
		"PROXY UNKNOWNS\r\n",
		"PROXY \r\n",
		"PROXY \n",
		"PROXY\r\n",
		"proxy TCP4 192.0.2.1 198.51.100.7 56324 43\r\n",
		" PROXY UNKNOWN\r\n",
		"smith\r\n",
		"P\r\n",
		"\r\n\n",
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct row row = { .input = span_from(lines[i]),
			.verdict = PROXY_MALFORMED };

		check(&row);
	}
}
END_TEST

START_TEST(waits_for_a_line_up_to_its_greatest_length)
{
	char line[PROXY_NEEDED_MAX + 1] = "PROXY UNKNOWN ";
	struct row row = { { line, 0 }, PROXY_MORE };
	size_t start = strlen(line);

	memset(line + start, 'x', sizeof line - start);
	for (; row.input.length < PROXY_NEEDED_MAX; row.input.length++)
		check(&row);
	row.verdict = PROXY_MALFORMED;
	check(&row);
	memcpy(line + PROXY_NEEDED_MAX - 2, "\r\n", 2);
	row.verdict = PROXY_LOCAL;
	row.length = PROXY_NEEDED_MAX;
	check(&row);
}
END_TEST

START_TEST(reads_a_header_of_version_2)
{
	static const struct row rows[] = {
		{ INPUT(SIGNATURE "\x21\x11\0\x0c" V4_ENDS "smith"),
		    PROXY_CLIENT, 28, "192.0.2.1", 56324 },
		{ INPUT(SIGNATURE "\x21\x21\0\x24" V6_ADDR V6_ADDR
		    "\xff\xff\0\x2b"),
		    PROXY_CLIENT, 52, "2001:db8::7", 65535 },
		{ INPUT(SIGNATURE "\x21\x21\0\x24" V6_MAPPED V6_MAPPED
		    "\0\x01\0\x2b"),
		    PROXY_CLIENT, 52, "192.0.2.1", 1 },
		/* What else the proxy tells need not have come. */
		{ INPUT(SIGNATURE "\x21\x11\xff\xff" V4_ENDS),
		    PROXY_CLIENT, 16 + 65535, "192.0.2.1", 56324 },
		{ INPUT(SIGNATURE "\x20\0\0\0"), PROXY_LOCAL, 16 },
		/* With LOCAL, family and addresses mean nothing. */
		{ INPUT(SIGNATURE "\x20\x11\0\x0c" V4_ENDS), PROXY_LOCAL, 28 },
		{ INPUT(SIGNATURE "\x20\xff\x01\0"), PROXY_LOCAL, 272 },
		{ INPUT(SIGNATURE "\x21\0\0\x07"), PROXY_LOCAL, 23 },
		{ INPUT(SIGNATURE "\x21\x31\0\xd8"), PROXY_LOCAL, 232 },
	};

	check_all(rows, sizeof rows / sizeof rows[0]);
}
END_TEST

START_TEST(takes_no_header_of_version_2_that_is_nearly_right)
{
	static const struct row rows[] = {
		{ INPUT(SIGNATURE "\x11\x11\0\x0c"), PROXY_MALFORMED },
		{ INPUT(SIGNATURE "\x31\x11\0\x0c"), PROXY_MALFORMED },
		{ INPUT(SIGNATURE "\x22\x11\0\x0c"), PROXY_MALFORMED },
		{ INPUT(SIGNATURE "\x21\x11\0\x0b"), PROXY_MALFORMED },
		{ INPUT(SIGNATURE "\x21\x21\0\x23"), PROXY_MALFORMED },
		{ INPUT(SIGNATURE "\x21\x31\0\xd7"), PROXY_MALFORMED },
		/* Datagrams, and families and transports that are none. */
		{ INPUT(SIGNATURE "\x21\x12\0\x0c"), PROXY_MALFORMED },
		{ INPUT(SIGNATURE "\x21\x10\0\x0c"), PROXY_MALFORMED },
		{ INPUT(SIGNATURE "\x21\x13\0\x0c"), PROXY_MALFORMED },
		{ INPUT(SIGNATURE "\x21\x41\0\x0c"), PROXY_MALFORMED },
		{ INPUT("\r\n\r\n\0\r\nQUIT\r"), PROXY_MALFORMED },
		{ INPUT("\r\n\r\nsmith"), PROXY_MALFORMED },
	};

	check_all(rows, sizeof rows / sizeof rows[0]);
}
END_TEST

START_TEST(waits_for_the_rest_of_a_header_however_it_arrives)
{
	static const struct row rows[] = {
		{ INPUT("PROXY TCP4 192.0.2.1 198.51.100.7 56324 43\r\n"),
		    PROXY_CLIENT, 44, "192.0.2.1", 56324 },
		{ INPUT(SIGNATURE "\x21\x11\0\x0c" V4_ENDS),
		    PROXY_CLIENT, 28, "192.0.2.1", 56324 },
		{ INPUT(SIGNATURE "\x20\0\0\0"), PROXY_LOCAL, 16 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct row part = { .verdict = PROXY_MORE };

		part.input.data = rows[i].input.data;
		while (part.input.length < rows[i].input.length) {
			check(&part);
			part.input.length++;
		}
		check(&rows[i]);
	}
}
END_TEST

UNIT_MAIN("net/proxy", reads_a_line_of_version_1,
    takes_no_line_that_is_nearly_right,
    waits_for_a_line_up_to_its_greatest_length, reads_a_header_of_version_2,
    takes_no_header_of_version_2_that_is_nearly_right,
    waits_for_the_rest_of_a_header_however_it_arrives)

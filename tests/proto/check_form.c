#include "unit.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "proto/form.h"
#include "record/schema.h"
#include "text/utf8.h"

#include <regex.h>
#include <string.h>

enum { VALUES_MAX = 12, OUT_BYTES = 8192 };

static struct schema *schema;
static struct answer answer;
static struct answer_value values[VALUES_MAX];
static char memory[OUT_BYTES + 1];

static void
setup(void)
{
	struct fault fault;

	schema = schema_parse(span_from(schema_default_text), &fault);
	ck_assert_ptr_nonnull(schema);
	answer = (struct answer){ .schema = schema, .groups = SCHEMA_PUBLIC };
}

/* `pairs` are attribute and value in turn, in the order of the schema. */
static struct answer_entry
make_entry(const char *const *pairs)
{
	struct answer_entry entry = { values, 0 };

	for (; pairs[0] != NULL; pairs += 2)
		values[entry.count++] = (struct answer_value){
			schema_find(schema, span_from(pairs[0])),
			span_from(pairs[1]),
			utf8_is_plain(span_from(pairs[1])),
		};
	return entry;
}

static const char *
render(void (*add)(struct buf *, const struct answer *,
	   const struct answer_entry *), const char *const *pairs)
{
	struct answer_entry entry = make_entry(pairs);
	struct buf out;

	buf_init(&out, memory, OUT_BYTES);
	add(&out, &answer, &entry);
	ck_assert(!out.overflowed);
	memory[out.length] = '\0';
	return memory;
}

START_TEST(long_form_has_a_line_for_every_value_and_for_none)
{
	static const char *const full[] = { "name", "Quinton, Reg",
		"department", "Info Tech Svcs", "room", "NSC 214", "phone",
		"679-2111x(6026)", "key", "481800", "mailbox",
		"reggers@julian.uwo.ca", "address", "reg.quinton@uwo.ca",
		"address", "r.quinton@uwo.ca", "title", "not shown", NULL };
	static const char *const poor[] = { "name", "Sukarno", "key", "7",
		NULL };

	setup();
	ck_assert_str_eq(render(form_add_long, full),
	    "           Full Name: Quinton, Reg\r\n"
	    "          Department: Info Tech Svcs\r\n"
	    "                Room: NSC 214\r\n"
	    "               Phone: 679-2111x(6026)\r\n"
	    "           Index Key: 481800\r\n"
	    "     Machine Address: reggers@julian.uwo.ca\r\n"
	    " Directory Addresses: reg.quinton@uwo.ca\r\n"
	    "                    : r.quinton@uwo.ca\r\n");
	ck_assert_str_eq(render(form_add_long, poor),
	    "           Full Name: Sukarno\r\n"
	    "          Department: \r\n"
	    "                Room: \r\n"
	    "               Phone: \r\n"
	    "           Index Key: 7\r\n"
	    "     Machine Address: \r\n"
	    " Directory Addresses: \r\n");
	schema_free(&schema);
}
END_TEST

static void
check_line(const char *line, const char *pattern, const char *group)
{
	regmatch_t match[2];
	struct span found;
	regex_t regex;

	ck_assert_int_eq(regcomp(&regex, pattern, REG_EXTENDED), 0);
	ck_assert_msg(regexec(&regex, line, 2, match, 0) == 0, "%s", line);
	found = span_trim((struct span){ line + match[1].rm_so,
		(size_t)(match[1].rm_eo - match[1].rm_so) });
	ck_assert_msg(span_is(found, group), "%s finds \"%.*s\"", pattern,
	    (int)found.length, found.data);
	regfree(&regex);
}

START_TEST(short_form_is_what_gateways_look_for)
{
	static const char *const rows[][13] = {
		{ "name", "Quinton, Reg", "department", "Info Tech Svcs",
		    "room", "NSC 214", "phone", "679-2111x(6026)", "key",
		    "481800", NULL },
		{ "name", "Sukarno", "department", "", "key", "7", NULL },
		{ "name", "Sukarno", "department", "D", "phone", "1", "key",
		    "7", NULL },
	};

	setup();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *first = render(form_add_short, rows[i]);
		char *second = strstr(first, "\r\n");

		ck_assert_ptr_nonnull(second);
		*second = '\0';
		second += 2;
		*strstr(second, "\r\n") = '\0';
		check_line(first, "^[ *]([A-z0-9].*)\\[(.*)\\]$", rows[i][1]);
		check_line(second, "^  (.*)     ", rows[i][3]);
	}
	schema_free(&schema);
}
END_TEST

START_TEST(short_form_fits_80_columns_and_has_no_colon)
{
	static const char wide[] = "\xe6\x9d\x8e\xe5\xb0\x8f\xe9\xbe\x99: "
	    "\xe6\x9d\x8e\xe5\xb0\x8f\xe9\xbe\x99 \xe6\x9d\x8e\xe5\xb0\x8f "
	    "\xe6\x9d\x8e\xe5\xb0\x8f\xe9\xbe\x99: a\xcc\x81 and a long tail "
	    "of more words than any line could ever be expected to hold";
	static const char *const rows[][13] = {
		{ "name", wide, "department", wide, "room", wide, "phone",
		    wide, "key", "481800", "mailbox", wide, NULL },
		{ "name", "a", "department", wide, "room", "1", "key",
		    "123456789012345678901234567890", NULL },
		{ "name", wide, "department", "Physics", "phone", wide, "key",
		    "1", NULL },
	};

	setup();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct span rest = span_from(render(form_add_short, rows[i]));
		unsigned lines = 0;

		ck_assert_ptr_null(memchr(rest.data, ':', rest.length));
		ck_assert(utf8_is_valid(rest));
		for (; rest.length > 0; lines++) {
			struct span line = span_cut(&rest, '\n');

			line.length--;
			ck_assert_uint_le(utf8_width(line), 80);
			ck_assert_uint_gt(utf8_width(line), 30);
		}
		ck_assert_uint_eq(lines, 2);
	}
	schema_free(&schema);
}
END_TEST

START_TEST(long_name_is_not_cut_while_it_fits_beside_the_key)
{
	static const char *const pairs[] = { "name",
		"A Name of Sixty-Six Columns That Still Has Its Place on the "
		"Line Ok", "key", "123456789", NULL };

	setup();
	ck_assert_ptr_nonnull(strstr(render(form_add_short, pairs),
	    "on the Line Ok [123456789]\r\n"));
	schema_free(&schema);
}
END_TEST

UNIT_MAIN("proto/form",
    long_form_has_a_line_for_every_value_and_for_none,
    short_form_is_what_gateways_look_for,
    short_form_fits_80_columns_and_has_no_colon,
    long_name_is_not_cut_while_it_fits_beside_the_key)

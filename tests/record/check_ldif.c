#include "unit.h"

#include "base/buf.h"
#include "record/ldif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRY_MAX = 100 };

static void
add_entry(struct buf *out, const struct ldif_entry *entry)
{
	buf_add_format(out, "%lu:%.*s", entry->line, (int)entry->dn.length,
	    entry->dn.data);
	for (unsigned i = 0; i < entry->count; i++) {
		buf_add_char(out, '[');
		buf_add(out, entry->attributes[i].type);
		buf_add_char(out, '=');
		buf_add(out, entry->attributes[i].value);
		buf_add_char(out, ']');
	}
	buf_add_string(out, ldif_entry_is_person(entry) ? "P\n" : "\n");
}

/* Everything read from `input`, fed in pieces of `step` bytes, as text. */
static const char *
read_all(struct span input, size_t step)
{
	static char memory[8192];
	struct ldif_reader *reader = ldif_reader_new(ENTRY_MAX);
	struct ldif_entry entry;
	enum ldif_result result;
	struct fault fault;
	struct buf out;
	bool at_end;

	buf_init(&out, memory, sizeof memory - 1);
	do {
		struct span piece = { input.data,
			input.length < step ? input.length : step };

		at_end = piece.length == 0;
		input = span_skip(input, piece.length);
		while ((result = ldif_reader_next(reader, &piece, &entry,
		    &fault)) != LDIF_MORE || piece.length > 0) {
			if (result == LDIF_ERROR)
				buf_add_format(&out, "!%s\n", fault.text);
			if (result == LDIF_ENTRY)
				add_entry(&out, &entry);
		}
	} while (!at_end);
	ck_assert(!out.overflowed);
	memory[out.length] = '\0';
	ldif_reader_free(&reader);
	ck_assert_ptr_null(reader);
	return memory;
}

static void
expect(const char *input, const char *expected)
{
	struct span text = span_from(input);

	for (size_t step = 1; step < 10; step++)
		ck_assert_str_eq(read_all(text, step), expected);
	ck_assert_str_eq(read_all(text, text.length + 1), expected);
}

START_TEST(reads_entries_however_they_are_cut_into_pieces)
{
	static const struct {
		const char *input, *expected;
	} rows[] = {
		{ "", "" },
		{ "\n\n", "" },
		{ "version: 1\n", "" },
		{ "version: 1\n\ndn: a\ncn: b\n\n", "3:a[cn=b]\n" },
		{ "version: 1\ndn: a\ncn: b", "2:a[cn=b]\n" },
		{ "dn: a\n\n\n\ndn: b\n", "1:a\n5:b\n" },
		{ "\xef\xbb\xbf" "dn: a\r\ncn: b\r\n c\r\n\r\ndn: d\r\n",
		    "1:a[cn=bc]\n5:d\n" },
		{ "dn: a\ncn: b\n  c\n d\nsn:e\n", "1:a[cn=b cd][sn=e]P\n" },
		{ "d\n n: a\nc\n n\n : b\n", "1:a[cn=b]\n" },
		{ "#x\n y\ndn: a\n# z\n  folded\ncn: b\n#end\n",
		    "3:a[cn=b]\n" },
		{ "dn: a\n#\n\ndn: b\n", "1:a\n4:b\n" },
		{ "dn: a\ncn:\nsn: \n", "1:a[cn=][sn=]P\n" },
		{ "dn: a\ncn:   b:c \n", "1:a[cn=b:c ]\n" },
		{ "dn:: w6k=\ncn:: Qg==\nsn:: QkM=\nou:: QkNE\no::\n",
		    "1:\xc3\xa9[cn=B][sn=BC][ou=BCD][o=]P\n" },
		{ "dn: a\ncn:: QkN\n ERUY=\n", "1:a[cn=BCDEF]\n" },
		{ "DN: a\nchangetype: add\ncn;lang-fr;x: b\n",
		    "1:a[cn=b]\n" },
		{ "dn: a\nChangeType:: YWRk\n", "1:a\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		expect(rows[i].input, rows[i].expected);
}
END_TEST

START_TEST(says_where_it_is_wrong_and_goes_on_behind_the_blank_line)
{
	static const struct {
		const char *input;
		unsigned line;
		const char *words;
	} rows[] = {
		{ "dn: x\njpegPhoto:< file:///etc/passwd\ncn: b\n", 2,
		    "never followed" },
		{ "dn: x\njpegPhoto;bin\n ary:< file:///etc/passwd\n", 2,
		    "'jpegPhoto;binary:<'" },
		{ "include: file:///tmp/x\n", 1, "never followed" },
		{ "dn: x\ncn: y\ninclude: x\n", 3, "never followed" },
		{ "dn: x\nchangetype: modify\nreplace: cn\ncn: y\n-\n", 2,
		    "a change to an entry" },
		{ "dn: x\nchangetype: delete\n", 2, "a change to an entry" },
		{ "version: 2\n", 1, "only version 1" },
		{ "cn: b\n", 1, "'dn:'" },
		{ "dn: x\ncn: y\ndn: z\n", 3, "a second 'dn:'" },
		{ "dn: x\ncn y\n", 2, "no colon" },
		{ "dn: x\n: y\n", 2, "name before the colon" },
		{ "dn: x\nc n: y\n", 2, "name before the colon" },
		{ "dn: x\n;a: y\n", 2, "name before the colon" },
		{ "dn: x\ncn:: QkN\n", 2, "not base64" },
		{ "dn: x\ncn:: Q===\n", 2, "not base64" },
		{ "dn: x\ncn:: QQ=A\n", 2, "not base64" },
		{ "dn: x\ncn:: QR==\n", 2, "not base64" },
		{ "dn: x\ncn:: QkM=QkM=\n", 2, "not base64" },
		{ "dn: x\ncn:: Qk E=\n", 2, "not base64" },
		{ " dn: x\ncn: y\n", 1, "continues another" },
		{ "dn: x\n\n y\ncn: y\n", 3, "continues another" },
	};
	char input[512], line[32];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *text;
		char *found;

		snprintf(input, sizeof input, "%s\ndn: next\n",
		    rows[i].input);
		snprintf(line, sizeof line, "!line %u: ", rows[i].line);
		text = read_all(span_from(input), 1);
		ck_assert_msg(strstr(text, line) != NULL &&
		    strstr(text, rows[i].words) != NULL, "%s gives: %s",
		    rows[i].input, text);
		/* Once, and then the next entry. */
		found = strchr(text, '!');
		ck_assert_ptr_null(strchr(found + 1, '!'));
		ck_assert_msg(strstr(found, ":next\n") != NULL,
		    "%s gives: %s", rows[i].input, text);
		found = strdup(text);
		expect(input, found);
		free(found);
	}
}
END_TEST

START_TEST(bounds_an_entry)
{
	static const char refused[] = "!line 1: the entry is longer than 100 "
	    "bytes; make it shorter\n";
	static const char folded[] = "!line 2: the line is longer than 100 "
	    "bytes; fold it\n";
	char input[1024], expected[1024];
	int value;

	/* "dn: a" and "cn: " are nine bytes. */
	value = sprintf(input, "dn: a\ncn: %0*d\n", ENTRY_MAX - 9, 7);
	sprintf(expected, "1:a[cn=%0*d]\n", ENTRY_MAX - 9, 7);
	expect(input, expected);
	sprintf(input + value, " x\nsn: y\n\ndn: b\n");
	sprintf(expected, "%s6:b\n", refused);
	expect(input, expected);
	sprintf(input, "dn: a\n#%0*d\r\ncn: x\n\ndn: b\n", ENTRY_MAX, 7);
	sprintf(expected, "%s5:b\n", folded);
	expect(input, expected);
	sprintf(input, "dn: a\n#%0*d\r\n %0*d\n\ndn: b\n", ENTRY_MAX - 1, 7,
	    ENTRY_MAX - 1, 7);
	expect(input, "1:a\n5:b\n");
	/* A CR inside a line too long for the reader does not end it. */
	sprintf(input, "dn: a\n#%0*d\rxyz\n\ndn: b\n", ENTRY_MAX - 1, 7);
	sprintf(expected, "%s4:b\n", folded);
	expect(input, expected);
}
END_TEST

START_TEST(tells_people_from_groups)
{
	static const struct {
		const char *lines;
		bool is_person;
	} rows[] = {
		{ "objectClass: inetOrgPerson\n", true },
		{ "objectclass: top\nobjectClass: OpenLDAPperson\n", true },
		{ "objectClass: PERSON \n", true },
		{ "cn: a\nsn: b\n", true },
		{ "CN;lang-fr: a\nSn: b\n", true },
		{ "objectClass: organizationalPerson\nobjectClass: user\n"
		    "objectClass: computer\n", false },
		{ "objectClass: groupOfNames\ncn: a\n", false },
		{ "objectClass: personnel\n", false },
		{ "objectClass: pers\n", false },
		{ "sn: b\n", false },
		{ "", false },
	};
	char input[256];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		snprintf(input, sizeof input, "dn: x\n%s", rows[i].lines);
		ck_assert_msg((strstr(read_all(span_from(input), 99), "P\n")
		    != NULL) == rows[i].is_person, "%s", rows[i].lines);
	}
}
END_TEST

START_TEST(says_how_to_export_without_the_words_of_ldapsearch)
{
	expect("dn: a\ncn: b\n\n# search result\nsearch: 2\n"
	    "result: 0 Success\n\n# numEntries: 1\n",
	    "1:a[cn=b]\n!line 5: what ldapsearch says at its end is not LDIF;"
	    " export with 'ldapsearch -LLL'\n");
}
END_TEST

START_TEST(takes_as_many_attributes_as_fit)
{
	enum { COUNT = 5000 };
	char *input = malloc(COUNT * 5 + 16), *at = input;
	struct ldif_reader *reader = ldif_reader_new(COUNT * 5);
	struct ldif_entry entry;
	struct fault fault;
	struct span rest;

	at += sprintf(at, "dn: x\n");
	for (unsigned i = 0; i < COUNT; i++)
		at += sprintf(at, "a: %u\n", i % 10);
	*at++ = '\n';
	rest = (struct span){ input, (size_t)(at - input) };
	ck_assert_int_eq(ldif_reader_next(reader, &rest, &entry, &fault),
	    LDIF_ENTRY);
	ck_assert_uint_eq(entry.count, COUNT);
	ck_assert(span_is(entry.attributes[COUNT - 1].value, "9"));
	ldif_reader_free(&reader);
	free(input);
}
END_TEST

UNIT_MAIN("record/ldif", reads_entries_however_they_are_cut_into_pieces,
    says_where_it_is_wrong_and_goes_on_behind_the_blank_line,
    bounds_an_entry, tells_people_from_groups,
    takes_as_many_attributes_as_fit,
    says_how_to_export_without_the_words_of_ldapsearch)

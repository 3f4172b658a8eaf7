#include "dir/first_bytes.h"

#include "tests/unit.h"

static struct first_bytes first;

static void
note_all(const char *const *keys)
{
	first = (struct first_bytes){ 0 };
	for (; *keys != NULL; keys++)
		first_bytes_note(&first, span_from(*keys));
}

static const char *const noted[] = { "aa1adams", "aa1bell", "aa1\xff",
	"aa2bell", "ab1zoe", NULL };

static const struct {
	const char *key;
	bool may_be_there;
} asked[] = {
	{ "aa1adams", true },
	{ "aa1a", true },
	{ "aa1bzzz", true },
	{ "aa1c", false },
	{ "aa1\xff", true },
	{ "aa1\xfe", false },
	{ "aa2bell", true },
	{ "aa2adams", false },
	{ "ab1zoe", true },
	{ "ab1adams", false },
	{ "aa3bell", false },  /* no term of the kind */
	{ "zz9bell", false },
	{ "  1bell", false },
	{ "aa1", true },       /* no text */
	{ "", true },
};

static void
check_asked(void)
{
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
		ck_assert_msg(first_bytes_may_have(&first,
		    span_from(asked[i].key)) == asked[i].may_be_there, "%s",
		    asked[i].key);
}

START_TEST(knows_how_the_terms_of_a_kind_begin)
{
	note_all(noted);
	check_asked();
}
END_TEST

START_TEST(comes_back_from_its_bytes)
{
	char memory[FIRST_BYTES_ENCODED_MAX];
	struct buf encoded;

	note_all(noted);
	buf_init(&encoded, memory, sizeof memory);
	first_bytes_encode(&encoded, &first);
	ck_assert_uint_eq(encoded.length, 3 * FIRST_BYTES_ENCODED);
	first = (struct first_bytes){ 0 };
	ck_assert(first_bytes_decode(&first, buf_span(&encoded)));
	check_asked();
}
END_TEST

/* What it does not know it must not deny. */
START_TEST(denies_nothing_after_bytes_that_are_none)
{
	char bytes[2 * FIRST_BYTES_ENCODED] = { 0 };

	ck_assert(!first_bytes_decode(&first, span_from("")));
	ck_assert(first_bytes_may_have(&first, span_from("aa1adams")));
	ck_assert(!first_bytes_decode(&first, (struct span){ bytes, 35 }));
	ck_assert(first_bytes_may_have(&first, span_from("aa1adams")));
	/* the same kind twice */
	ck_assert(!first_bytes_decode(&first,
	    (struct span){ bytes, sizeof bytes }));
	ck_assert(first_bytes_may_have(&first, span_from("aa1adams")));
}
END_TEST

START_TEST(denies_nothing_with_more_kinds_than_fit)
{
	char key[] = "xxxadams";
	char memory[FIRST_BYTES_ENCODED_MAX];
	struct buf encoded;

	first = (struct first_bytes){ 0 };
	for (unsigned i = 0; i <= FIRST_BYTES_KINDS_MAX; i++) {
		ck_assert(!first_bytes_may_have(&first, span_from("zzzadams")));
		key[1] = (char)(i >> 8);
		key[2] = (char)i;
		first_bytes_note(&first, (struct span){ key, 8 });
	}
	ck_assert(first_bytes_may_have(&first, span_from("zzzadams")));
	buf_init(&encoded, memory, sizeof memory);
	first_bytes_encode(&encoded, &first);
	ck_assert_uint_eq(encoded.length, 0);
}
END_TEST

UNIT_MAIN("dir/first_bytes",
    knows_how_the_terms_of_a_kind_begin,
    comes_back_from_its_bytes,
    denies_nothing_after_bytes_that_are_none,
    denies_nothing_with_more_kinds_than_fit)

#include "unit.h"

#include "text/title.h"

#include <string.h>

START_TEST(knows_which_words_are_titles)
{
	static const char *const titles[] = { "jr", "jnr", "sr", "snr", "ii",
		"iii", "iv", "esq", "phd", "md", "dr", "prof", "professor",
		"mr", "mrs", "ms", "miss", "rev", "hon", "sir" };

	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
		ck_assert_msg(title_is(span_from(titles[i])), "%s",
		    titles[i]);
		ck_assert_uint_le(strlen(titles[i]), TITLE_BYTES_MAX);
	}
}
END_TEST

START_TEST(a_name_or_a_piece_of_a_title_is_none)
{
	static const char *const names[] = { "", "j", "i", "v", "d", "jrr",
		"drew", "profit", "missy", "reverend", "van", "de", "Dr",
		"dr.", "ph" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		ck_assert_msg(!title_is(span_from(names[i])), "'%s'",
		    names[i]);
}
END_TEST

UNIT_MAIN("text/title", knows_which_words_are_titles,
    a_name_or_a_piece_of_a_title_is_none)

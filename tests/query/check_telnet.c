#include "unit.h"

#include "query/telnet.h"

START_TEST(measures_commands)
{
	static const struct {
		struct span text;
		size_t length;
	} rows[] = {
		{ SPAN_LITERAL("smith"), 0 },
		{ SPAN_LITERAL("\377m"), 0 },         /* a letter, then m */
		{ SPAN_LITERAL("\377\377smith"), 2 }, /* a letter, escaped */
		{ SPAN_LITERAL("\377\367smith"), 2 }, /* erase character */
		{ SPAN_LITERAL("\377\360smith"), 2 },
		{ SPAN_LITERAL("\377\373\001x"), 3 }, /* will echo */
		{ SPAN_LITERAL("\377\376\nx"), 3 },   /* no line ends there */
		{ SPAN_LITERAL("\377\372\030a\377\360x"), 6 },
		{ SPAN_LITERAL("\377\372\030\377\377\n\377\360x"), 8 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_uint_eq(telnet_command_length(rows[i].text),
		    rows[i].length);
}
END_TEST

START_TEST(wants_more_while_a_command_is_not_whole)
{
	static const struct span rows[] = {
		SPAN_LITERAL("\377"), SPAN_LITERAL("\377\373"),
		SPAN_LITERAL("\377\372"), SPAN_LITERAL("\377\372\030a\n"),
		SPAN_LITERAL("\377\372\030\377\377\360"),
		SPAN_LITERAL("\377\372\030\377"),
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_uint_gt(telnet_command_length(rows[i]),
		    rows[i].length);
}
END_TEST

UNIT_MAIN("query/telnet", measures_commands,
    wants_more_while_a_command_is_not_whole)

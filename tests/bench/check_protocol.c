#include "bench/protocol.h"

#include "unit.h"

START_TEST(is_found_by_its_name)
{
	enum protocol_name found;

	for (unsigned i = 0; i < PROTOCOLS; i++) {
		ck_assert(protocol_find(&found, protocols[i].name));
		ck_assert_uint_eq(found, i);
	}
	ck_assert(!protocol_find(&found, "PH"));
	ck_assert(!protocol_find(&found, ""));
}
END_TEST

START_TEST(ends_its_sessions_where_it_has_them)
{
	for (unsigned i = 0; i < PROTOCOLS; i++)
		ck_assert_int_eq(protocols[i].has_sessions,
		    protocols[i].farewell.length > 0);
}
END_TEST

START_TEST(knows_a_refusal)
{
	static const struct {
		enum protocol_name protocol;
		char first_byte;
		unsigned code;
		bool refuses;
	} cases[] = {
		{ PROTOCOL_WHOIS, '%', 0, true },
		{ PROTOCOL_WHOIS, 'T', 0, false },
		{ PROTOCOL_FINGER, '%', 0, true },
		{ PROTOCOL_PH, '%', 200, false },
		{ PROTOCOL_PH, '2', 200, false },
		{ PROTOCOL_PH, '1', 300, false },
		{ PROTOCOL_PH, '4', 400, true },
		{ PROTOCOL_PH, '5', 500, true },
		{ PROTOCOL_PH, '5', 501, false },
		{ PROTOCOL_PH, '5', 502, false },
		{ PROTOCOL_PH, '5', 503, true },
		{ PROTOCOL_PH, '5', 598, true },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_msg(protocol_refuses(&protocols[cases[i].protocol],
		    cases[i].first_byte, cases[i].code) == cases[i].refuses,
		    "case %zu", i);
}
END_TEST

UNIT_MAIN("protocol", is_found_by_its_name, ends_its_sessions_where_it_has_them,
    knows_a_refusal)

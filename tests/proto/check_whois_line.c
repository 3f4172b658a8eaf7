#include "unit.h"

#include "proto/whois_line.h"

struct row {
	struct span line;
	const char *query;
};

#define ROW(line, query) { SPAN_LITERAL(line), query }

static void
check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct span query = whois_peel(rows[i].line);

		ck_assert_msg(span_is(query, rows[i].query),
		    "row %zu: \"%.*s\" instead of \"%s\"", i,
		    (int)query.length, query.data, rows[i].query);
	}
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof rows / sizeof rows[0])

START_TEST(drops_quotes_around_the_whole)
{
	static const struct row rows[] = {
		ROW("\"smith, j\"", "smith, j"),
		ROW("\" smith \"", "smith"),
		ROW("\"a\" \"b\"", "\"a\" \"b\""),
		ROW("\"smith", "\"smith"),
		ROW("\"", "\""),
		ROW("\"\"", ""),
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(drops_whois_unless_it_is_all)
{
	static const struct row rows[] = {
		ROW("whois", "whois"),
		ROW("whois whois", "whois"),
		ROW("whois help", "help"),
		ROW("whois whois help", "help"),
		ROW("WHOIS Smith", "Smith"),
		ROW("whoisd smith", "whoisd smith"),
		ROW("smith whois", "smith whois"),
		ROW("whois \"whois smith\"", "smith"),
	};

	CHECK_ROWS(rows);
}
END_TEST

START_TEST(drops_flags_of_ripe_clients)
{
	static const struct row rows[] = {
		ROW("-B smith", "smith"),
		ROW("-T person smith", "smith"),
		ROW("-B -r -i mnt-by -a smith j", "smith j"),
		ROW("whois -B \"smith\"", "smith"),
		ROW("-B", "-B"),
		ROW("-T person", "-T person"),
		ROW("-z smith", "-z smith"),
		ROW("-bert smith", "-bert smith"),
		ROW("- smith", "- smith"),
		ROW("smith -B", "smith -B"),
	};

	CHECK_ROWS(rows);
}
END_TEST

UNIT_MAIN("proto/whois_line", drops_quotes_around_the_whole,
    drops_whois_unless_it_is_all, drops_flags_of_ripe_clients)

#include "bench/proc.h"

#include "unit.h"

#include <stdio.h>

#define REST " 00000000:00000000 00:00000000 00000000  1000        0 "
#define V6(words) words ":10F7 00000000000000000000000000000000:0000 0A" \
    REST "7 1 0000000039ca4edc 100 0 0 10 0"

START_TEST(reads_where_a_socket_listens)
{
	static const struct {
		const char *line, *addr;
		unsigned port;
		bool listens;
		uint64_t inode;
	} cases[] = {
		{ "   0: 0100007F:10F7 00000000:0000 0A" REST
		  "52031643 1 0000000039ca4edc 100 0 0 10 0\n",
		    "127.0.0.1", 4343, true, 52031643 },
		{ " 999: 00000000:002B 00000000:0000 0A" REST "1 1 0\n",
		    "0.0.0.0", 43, true, 1 },
		{ "1: 0100007F:10F7 0100007F:9DA3 01" REST "77 1 0",
		    "127.0.0.1", 4343, false, 77 },
		{ "1: " V6("00000000000000000000000001000000"), "::1", 4343,
		    true, 7 },
		{ "1: " V6("0000000000000000FFFF00000100007F"), "127.0.0.1",
		    4343, true, 7 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct proc_socket socket;
		char text[ADDR_TEXT_MAX];

		ck_assert_msg(proc_parse_socket(&socket,
		    span_from(cases[i].line)), "%s", cases[i].line);
		addr_format(&socket.addr, text);
		ck_assert_str_eq(text, cases[i].addr);
		ck_assert_uint_eq(socket.port, cases[i].port);
		ck_assert_int_eq(socket.listens, cases[i].listens);
		ck_assert_uint_eq(socket.inode, cases[i].inode);
	}
}
END_TEST

START_TEST(takes_no_other_line_for_a_socket)
{
	static const char *const lines[] = {
		"",
		"  sl  local_address rem_address   st tx_queue rx_queue tr",
		"0: 0100007F:10F7 00000000:0000 0A",
		"0: 0100007F:10F7 00000000:0000 0A" REST "x",
		"0: 0100007F:1FFFF 00000000:0000 0A" REST "1",
		"0: 0100007:10F7 00000000:0000 0A" REST "1",
		"0: 0100007g:10F7 00000000:0000 0A" REST "1",
		"0: 0100007F 00000000:0000 0A" REST "1",
		"0: 0100007F:10F7 00000000:0000 LISTEN" REST "1",
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct proc_socket socket;

		ck_assert_msg(!proc_parse_socket(&socket,
		    span_from(lines[i])), "%s", lines[i]);
	}
}
END_TEST

#define BEHIND " S 1 2 3 4 5 6 7 8 9 10 "

START_TEST(reads_processor_time_whatever_the_name_is)
{
	static const char *const names[] = { "(whoisd)", "(a b)", "() 1 2)",
		"()" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct proc_times times;
		char text[128];

		snprintf(text, sizeof text, "42 %s" BEHIND "11 12 13 14 20 0\n",
		    names[i]);
		ck_assert(proc_parse_stat(&times, span_from(text)));
		ck_assert_uint_eq(times.user, 11);
		ck_assert_uint_eq(times.system, 12);
		ck_assert_uint_eq(times.children_user, 13);
		ck_assert_uint_eq(times.children_system, 14);
	}
}
END_TEST

START_TEST(takes_no_other_text_for_times)
{
	static const char *const texts[] = { "", "42", "42 (a)",
		"42 (a" BEHIND "11 12 13 14", "42 (a)" BEHIND "11 12 13",
		"42 (a)" BEHIND "11 12 13 -1" };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct proc_times times;

		ck_assert_msg(!proc_parse_stat(&times, span_from(texts[i])),
		    "%s", texts[i]);
	}
}
END_TEST

UNIT_MAIN("proc", reads_where_a_socket_listens,
    takes_no_other_line_for_a_socket, reads_processor_time_whatever_the_name_is,
    takes_no_other_text_for_times)

#include "tools/whoisbench_options.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

static struct whoisbench_options options;
static struct fault fault;
static char line[256];
static char *words[64];

/* The words of a command line, with single blanks between them. */
static enum err
read_line(const char *text)
{
	int count = 0;

	snprintf(line, sizeof line, "whoisbench %s", text);
	for (char *word = strtok(line, " "); word != NULL;
	     word = strtok(NULL, " "))
		words[count++] = word;
	words[count] = NULL;
	return whoisbench_options_read(&options, count, words, &fault);
}

START_TEST(has_something_to_do_without_any_option)
{
	ck_assert_int_eq(read_line(""), ERR_NONE);
	ck_assert_str_eq(options.host, "localhost");
	ck_assert_str_eq(options.port, "whois");
	ck_assert_uint_eq(options.clients, 8);
	ck_assert_uint_eq(options.threads, 1);
	ck_assert_uint_eq(options.period_ms, 10000);
	ck_assert_uint_eq(options.count, 0);
	ck_assert_int_eq(options.form, SUMMARY_FORM_TEXT);
	ck_assert_ptr_null(options.words[0]);
}
END_TEST

START_TEST(takes_what_each_option_gives)
{
	ck_assert_int_eq(read_line("-h ::1 -p 4343 -q file -c 64 -t 2.5 "
	    "--threads 2 --rate 5000 --idle 10 --slow 5 --check ^a --pid 77 "
	    "--sources 20 --warm-up 0.5 --patience 3 --seed 9 --random "
	    "--json"), ERR_NONE);
	ck_assert_str_eq(options.host, "::1");
	ck_assert_str_eq(options.port, "4343");
	ck_assert_str_eq(options.questions, "file");
	ck_assert_uint_eq(options.clients, 64);
	ck_assert_uint_eq(options.period_ms, 2500);
	ck_assert_uint_eq(options.threads, 2);
	ck_assert_uint_eq(options.rate, 5000);
	ck_assert_uint_eq(options.idle, 10);
	ck_assert_uint_eq(options.slow, 5);
	ck_assert_str_eq(options.check, "^a");
	ck_assert_uint_eq(options.pid, 77);
	ck_assert_uint_eq(options.sources, 20);
	ck_assert_uint_eq(options.warm_up_ms, 500);
	ck_assert_uint_eq(options.patience_ms, 3000);
	ck_assert_uint_eq(options.seed, 9);
	ck_assert(options.at_random);
	ck_assert_int_eq(options.form, SUMMARY_FORM_JSON);
}
END_TEST

START_TEST(takes_how_questions_are_made_of_a_directory)
{
	ck_assert_int_eq(read_line("--from dir"), ERR_NONE);
	ck_assert_str_eq(options.from, "dir");
	ck_assert_uint_eq(options.mix.shares[MIX_KEY], 60);
	ck_assert_uint_eq(options.mix.total, 100);
	ck_assert_uint_eq(options.question_count, 100000);
	ck_assert(options.skew > 0.98 && options.skew < 1);
	ck_assert(!options.verified);
	ck_assert_int_eq(read_line("--from dir --mix phone=3,typo=4 --skew 0 "
	    "--questions 500 --verify --seed 4"), ERR_NONE);
	ck_assert_uint_eq(options.mix.shares[MIX_KEY], 0);
	ck_assert_uint_eq(options.mix.shares[MIX_PHONE], 3);
	ck_assert_uint_eq(options.question_count, 500);
	ck_assert(options.skew <= 0);
	ck_assert(options.verified);
	ck_assert_uint_eq(options.print_count, 0);
}
END_TEST

START_TEST(makes_as_many_questions_as_it_is_to_print)
{
	ck_assert_int_eq(read_line("--from dir --print 20"), ERR_NONE);
	ck_assert_uint_eq(options.print_count, 20);
	ck_assert_uint_eq(options.question_count, 20);
	ck_assert_int_eq(read_line("-q file --print 20"), ERR_NONE);
	ck_assert_uint_eq(options.print_count, 20);
}
END_TEST

START_TEST(measures_until_the_questions_are_asked_where_it_is_told_to)
{
	ck_assert_int_eq(read_line("-n 100"), ERR_NONE);
	ck_assert_uint_eq(options.count, 100);
	ck_assert_uint_eq(options.period_ms, 0);
	ck_assert_int_eq(read_line("-n 100 -t 1"), ERR_NONE);
	ck_assert_uint_eq(options.period_ms, 1000);
}
END_TEST

START_TEST(has_more_clients_where_arrivals_may_pile_up)
{
	ck_assert_int_eq(read_line("--rate 5"), ERR_NONE);
	ck_assert_uint_eq(options.clients, 1000);
	ck_assert_int_eq(read_line("--rate 5 -c 3"), ERR_NONE);
	ck_assert_uint_eq(options.clients, 3);
}
END_TEST

START_TEST(takes_a_question_from_the_command_line)
{
	ck_assert_int_eq(read_line("-c 2 smith, john"), ERR_NONE);
	ck_assert_str_eq(options.words[0], "smith,");
	ck_assert_str_eq(options.words[1], "john");
	ck_assert_ptr_null(options.words[2]);
}
END_TEST

START_TEST(refuses_what_makes_no_sense)
{
	static const struct {
		const char *line, *sentence;
	} cases[] = {
		{ "-c 0", "-c wants a number from 1 to 1000000" },
		{ "-c x", "-c wants a number from 1 to 1000000" },
		{ "-c 1x", "-c wants" },
		{ "--rate -1", "--rate wants" },
		{ "--threads 1000", "--threads wants a number from 1 to 256" },
		{ "-t 0", "-t wants seconds" },
		{ "-t 1s", "-t wants seconds" },
		{ "-t nan", "-t wants seconds" },
		{ "-t 1e9", "-t wants seconds" },
		{ "--warm-up -1", "--warm-up wants seconds" },
		{ "--patience inf", "--patience wants seconds" },
		{ "--threads 9", "more threads than clients" },
		{ "-q file smith", "\"smith\" is one more" },
		{ "--from dir smith", "\"smith\" is one more" },
		{ "--from dir -q file", "from --from or from -q" },
		{ "--from dir --random", "--random is about" },
		{ "--mix key=1", "--mix is about the questions of --from" },
		{ "--skew 1", "--skew is about" },
		{ "--questions 5", "--questions is about" },
		{ "--verify", "--verify is about" },
		{ "--from dir --mix kye=1", "--mix: \"kye\" is no kind" },
		{ "--from dir --skew -1", "--skew wants a number from 0" },
		{ "--from dir --skew 11", "--skew wants a number from 0" },
		{ "--from dir --skew nan", "--skew wants a number from 0" },
		{ "--from dir --skew 1x", "--skew wants a number from 0" },
		{ "--from dir --questions 0", "--questions wants" },
		{ "--from dir --print 0", "--print wants" },
		{ "-x", "option -x is not known" },
		{ "--no-such", "option --no-such is not known" },
		{ "-q", "option -q needs a value" },
		{ "--rate", "option --rate needs a value" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ck_assert_msg(read_line(cases[i].line) == ERR_USAGE, "%s",
		    cases[i].line);
		ck_assert_msg(strstr(fault.text, cases[i].sentence) != NULL,
		    "%s: %s", cases[i].line, fault.text);
	}
}
END_TEST

START_TEST(helps_whatever_else_is_there)
{
	ck_assert_int_eq(read_line("--help"), ERR_NONE);
	ck_assert(options.wants_help);
	ck_assert_int_eq(read_line("--version"), ERR_NONE);
	ck_assert(options.wants_version);
}
END_TEST

UNIT_MAIN("whoisbench_options", has_something_to_do_without_any_option,
    takes_what_each_option_gives,
    takes_how_questions_are_made_of_a_directory,
    makes_as_many_questions_as_it_is_to_print,
    measures_until_the_questions_are_asked_where_it_is_told_to,
    has_more_clients_where_arrivals_may_pile_up,
    takes_a_question_from_the_command_line, refuses_what_makes_no_sense,
    helps_whatever_else_is_there)

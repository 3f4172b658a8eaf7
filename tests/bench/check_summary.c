#include "bench/summary.h"

#include "bench/trial.h"

#include "base/buf.h"

#include "unit.h"

#include <string.h>

static struct trial_result result;
static char text[SUMMARY_BYTES_MAX];

static void
set_up(void)
{
	result = (struct trial_result){
		.seconds = 2,
		.clients = 64,
		.threads = 2,
		.offered = 1003,
		.answered_in_time = 1000,
		.bytes = 420000,
		.own_us = 40000,
		.knows_server = true,
		.server_us = 50500,
		.server_user_us = 20000,
		.server_system_us = 30000,
		.busy = 0.5,
	};
	result.outcomes[OUTCOME_ANSWERED] = 1000;
	result.outcomes[OUTCOME_WRONG] = 2;
	result.outcomes[OUTCOME_LATE] = 1;
	for (uint64_t us = 1; us <= 100; us++)
		latency_add(&result.us, us);
}

static const char *
print(enum summary_form form)
{
	struct buf out;

	buf_init(&out, text, sizeof text - 1);
	summary_print(&out, form, &result);
	ck_assert(!out.overflowed);
	text[out.length] = '\0';
	return text;
}

#define NAMES \
    "seconds,clients,offered,answered,rate,bytes,p50_us,p90_us,p99_us," \
    "p999_us,max_us,errors,wrong,denied,empty,cut,reset,refused,unreached,late," \
    "own_cpu_us,server_cpu_us,server_user_us,server_system_us,bottleneck\n"

START_TEST(prints_names_and_values_for_programs)
{
	ck_assert_str_eq(print(SUMMARY_FORM_CSV), NAMES
	    "2.000,64,1003,1000,500.0,420000,50,90,99,100,100,3,"
	    "2,0,0,0,0,0,0,1,40.0,50.5,20.0,30.0,false\n");
}
END_TEST

START_TEST(prints_one_object_of_the_same_names)
{
	ck_assert_str_eq(print(SUMMARY_FORM_JSON),
	    "{\"seconds\": 2.000, \"clients\": 64, \"offered\": 1003,"
	    " \"answered\": 1000, \"rate\": 500.0, \"bytes\": 420000,"
	    " \"p50_us\": 50, \"p90_us\": 90, \"p99_us\": 99,"
	    " \"p999_us\": 100, \"max_us\": 100, \"errors\": 3, \"wrong\": 2,"
	    " \"denied\": 0, \"empty\": 0, \"cut\": 0, \"reset\": 0,"
	    " \"refused\": 0, \"unreached\": 0, \"late\": 1, \"own_cpu_us\": 40.0,"
	    " \"server_cpu_us\": 50.5, \"server_user_us\": 20.0,"
	    " \"server_system_us\": 30.0, \"bottleneck\": false}\n");
}
END_TEST

START_TEST(leaves_out_what_it_does_not_know)
{
	result.knows_server = false;
	result.busy = 0.97;
	ck_assert_ptr_nonnull(strstr(print(SUMMARY_FORM_CSV),
	    ",40.0,,,,true\n"));
	ck_assert_ptr_nonnull(strstr(print(SUMMARY_FORM_JSON),
	    "\"server_cpu_us\": null, \"server_user_us\": null,"
	    " \"server_system_us\": null, \"bottleneck\": true}\n"));
	ck_assert_ptr_null(strstr(print(SUMMARY_FORM_TEXT), "server"));
	ck_assert_ptr_nonnull(strstr(print(SUMMARY_FORM_TEXT), "97 %"));
}
END_TEST

START_TEST(divides_by_no_answers_that_there_were_not)
{
	result = (struct trial_result){ .clients = 1, .threads = 1 };
	result.outcomes[OUTCOME_REFUSED] = 5;
	ck_assert_str_eq(print(SUMMARY_FORM_CSV), NAMES
	    "0.000,1,0,0,0.0,0,0,0,0,0,0,5,0,0,0,0,0,5,0,0,,,,,false\n");
	ck_assert_ptr_null(strstr(print(SUMMARY_FORM_TEXT), "nan"));
	ck_assert_ptr_null(strstr(print(SUMMARY_FORM_TEXT), "latency"));
}
END_TEST

START_TEST(names_each_kind_of_error_to_people)
{
	const char *said = print(SUMMARY_FORM_TEXT);

	ck_assert_ptr_nonnull(strstr(said, "errors     2 wrong: "));
	ck_assert_ptr_nonnull(strstr(said, "errors     1 late: "));
	ck_assert_ptr_null(strstr(said, "reset"));
	ck_assert_ptr_null(strstr(said, "bottleneck"));
	result.outcomes[OUTCOME_WRONG] = result.outcomes[OUTCOME_LATE] = 0;
	ck_assert_ptr_nonnull(strstr(print(SUMMARY_FORM_TEXT),
	    "errors     none\n"));
}
END_TEST

UNIT_MAIN_WITHIN((&(const struct unit_frame){ set_up, NULL }), "summary",
    prints_names_and_values_for_programs, prints_one_object_of_the_same_names,
    leaves_out_what_it_does_not_know, divides_by_no_answers_that_there_were_not,
    names_each_kind_of_error_to_people)

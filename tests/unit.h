/* The main of every unit test: suites are tables of tests. */

#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <check.h>
#include <stdlib.h>

/*
 * An assertion that holds would tell the parent process where it stands, which
 * is a write for each of some millions.  One that fails tells its place anyway;
 * of a crash only the test is named, and CK_FORK=no shows it to a debugger.
 */
#define _mark_point(file, line) ((void)0)

/*
 * How long one test may take: on a busy machine, under a sanitizer.  It is there
 * to end what hangs, and says nothing about speed.
 */
enum { UNIT_TEST_S = 600 };

/* What surrounds each test. */
struct unit_frame {
	void (*set_up)(void); /* or NULL, like the other */
	void (*tear_down)(void);
};

/* Run the tests as one suite; the exit status says whether all passed. */
static inline int
unit_run(const char *suite_name, const struct unit_frame *frame,
    const TTest *const *tests, size_t count)
{
	Suite *suite = suite_create(suite_name);
	TCase *tcase = tcase_create(suite_name);
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(tcase, frame->set_up, frame->tear_down);
	tcase_set_timeout(tcase, UNIT_TEST_S);
	for (size_t i = 0; i < count; i++)
		tcase_add_test(tcase, tests[i]);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define UNIT_MAIN_WITHIN(frame, suite_name, ...)                               \
	int main(void)                                                         \
	{                                                                      \
		const TTest *const tests[] = { __VA_ARGS__ };                  \
                                                                               \
		return unit_run(suite_name, frame, tests,                      \
		    sizeof tests / sizeof tests[0]);                           \
	}

#define UNIT_MAIN(suite_name, ...)                                             \
	UNIT_MAIN_WITHIN(                                                      \
	    (&(const struct unit_frame){ NULL, NULL }), suite_name,            \
	    __VA_ARGS__)

#endif

#include "unit.h"

#include "net/reserve.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

/* No further descriptor can be had in this process. */
static void
exhaust_descriptors(void)
{
	int next = dup(0);
	struct rlimit limit;

	close(next);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = (rlim_t)next;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

START_TEST(has_one_descriptor_when_there_are_no_more)
{
	struct reserve reserve;
	int lent;

	reserve_open(&reserve, 0);
	exhaust_descriptors();
	ck_assert_int_lt(dup(0), 0);
	ck_assert_int_eq(errno, EMFILE);
	reserve_lend(&reserve);
	lent = dup(0);
	ck_assert_int_ge(lent, 0);
	/* Until it has come back there is none to lend. */
	reserve_regain(&reserve);
	ck_assert(!reserve_note_lack(&reserve, 1000));
	ck_assert(!reserve_note_lack(&reserve, 9000));
	close(lent);
	reserve_regain(&reserve);
	ck_assert(reserve_note_lack(&reserve, 9000));
	reserve_close(&reserve);
}
END_TEST

START_TEST(waits_for_a_second_of_lack_before_it_is_lent)
{
	struct reserve reserve;

	reserve_open(&reserve, 0);
	ck_assert(!reserve_note_lack(&reserve, 5000));
	ck_assert(!reserve_note_lack(&reserve, 5999));
	ck_assert(reserve_note_lack(&reserve, 6000));
	reserve_note_plenty(&reserve);
	ck_assert(!reserve_note_lack(&reserve, 6001));
	ck_assert(reserve_note_lack(&reserve, 7001));
	reserve_close(&reserve);
}
END_TEST

UNIT_MAIN("net/reserve", has_one_descriptor_when_there_are_no_more,
    waits_for_a_second_of_lack_before_it_is_lent)

#include "dir/load_known.h"

#include "dir/invert.h"
#include "record/record.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static struct inverter_found *
find(struct load_known *known, unsigned attribute, const char *value)
{
	const struct record_field field = { attribute, span_from(value) };

	return load_known_find(known, &field);
}

START_TEST(gives_back_what_was_put_down_for_a_value)
{
	struct load_known *known = load_known_new();

	ck_assert_uint_eq(find(known, 1, "Registrar")->count, 0);
	find(known, 1, "Registrar")->count = 3;
	find(known, 2, "Registrar")->count = 5;
	ck_assert_uint_eq(find(known, 1, "Registrar")->count, 3);
	ck_assert_uint_eq(find(known, 2, "Registrar")->count, 5);
	load_known_free(&known);
	ck_assert_ptr_null(known);
}
END_TEST

/* There are more of them than places. */
START_TEST(never_takes_one_value_for_another)
{
	enum { VALUES = 5000 };
	struct load_known *known = load_known_new();
	unsigned kept = 0;

	for (unsigned round = 0; round < 2; round++)
		for (unsigned i = 1; i <= VALUES; i++) {
			struct inverter_found *found;
			char value[32];

			snprintf(value, sizeof value, "Department %u",
			    round == 0 ? i : VALUES + 1 - i);
			found = find(known, 1, value);
			if (found->count > 0)
				ck_assert_uint_eq(found->table,
				    round == 0 ? i : VALUES + 1 - i);
			kept += found->count;
			found->count = 1;
			found->table = round == 0 ? i : VALUES + 1 - i;
		}
	ck_assert_uint_gt(kept, 0);
	load_known_free(&known);
}
END_TEST

START_TEST(keeps_no_long_values)
{
	struct load_known *known = load_known_new();
	char value[1000];

	memset(value, 'x', sizeof value - 1);
	value[sizeof value - 1] = '\0';
	ck_assert_ptr_null(find(known, 1, value));
	value[40] = '\0';
	ck_assert_ptr_nonnull(find(known, 1, value));
	load_known_free(&known);
}
END_TEST

UNIT_MAIN("dir/load_known",
    gives_back_what_was_put_down_for_a_value,
    never_takes_one_value_for_another,
    keeps_no_long_values)

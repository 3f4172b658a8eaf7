#include "access/viewer.h"

#include "unit.h"

START_TEST(is_in_its_classes_and_no_other)
{
	const struct viewer viewer = { .count = 2,
		.classes = { span_from("campus"), span_from("staff") } };

	ck_assert(viewer_is_in(&viewer, span_from("campus")));
	ck_assert(viewer_is_in(&viewer, span_from("staff")));
	ck_assert(!viewer_is_in(&viewer, span_from("staf")));
	ck_assert(!viewer_is_in(&viewer, span_from("")));
}
END_TEST

START_TEST(is_in_none_when_it_has_none)
{
	const struct viewer stranger = { .count = 0 };

	ck_assert(!viewer_is_in(&stranger, span_from("campus")));
}
END_TEST

UNIT_MAIN("access/viewer", is_in_its_classes_and_no_other,
    is_in_none_when_it_has_none)

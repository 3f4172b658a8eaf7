#include "access/classes.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

static void
add_class(struct classes *classes, const char *name, const char *network,
    unsigned shown_max)
{
	struct class *class = &classes->list[classes->count++];
	struct fault fault;

	snprintf(class->name, sizeof class->name, "%s", name);
	class->shown_max = shown_max;
	ck_assert_int_eq(networks_add(&class->networks, span_from(network),
	    &fault), ERR_NONE);
}

static struct classes
make_classes(void)
{
	struct classes classes = { .count = 0 };

	add_class(&classes, "campus", "129.100.0.0/16", 200);
	add_class(&classes, "library", "129.100.7.0/24", 100);
	add_class(&classes, "wireless", "129.100.8.0/24", 0);
	add_class(&classes, "guests", "198.51.100.0/24", 5);
	add_class(&classes, "desk", "local", 1000);
	return classes;
}

static struct viewer
view(const struct classes *classes, const char *text)
{
	struct addr addr = { .family = ADDR_NONE };

	if (strcmp(text, "local") != 0)
		ck_assert(addr_parse(&addr, span_from(text)));
	return classes_view(classes, &addr);
}

START_TEST(an_address_is_in_every_class_with_its_network)
{
	static const struct {
		const char *addr;
		const char *names;
	} rows[] = {
		{ "129.100.1.1", "campus " },
		{ "129.100.7.1", "campus library " },
		{ "129.100.8.1", "campus wireless " },
		{ "198.51.100.9", "guests " },
		{ "203.0.113.1", "" },
		{ "2001:db8::1", "" },
		{ "local", "desk " },
	};
	struct classes classes = make_classes();

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct viewer viewer = view(&classes, rows[i].addr);
		char names[128] = "";

		for (unsigned n = 0; n < viewer.count; n++)
			snprintf(names + strlen(names),
			    sizeof names - strlen(names), "%.*s ",
			    (int)viewer.classes[n].length,
			    viewer.classes[n].data);
		ck_assert_str_eq(names, rows[i].names);
	}
}
END_TEST

START_TEST(the_largest_cap_of_its_classes_holds)
{
	static const struct {
		const char *addr;
		unsigned shown_max;
	} rows[] = {
		{ "129.100.1.1", 200 },
		{ "129.100.7.1", 200 },
		{ "129.100.8.1", 200 },
		{ "198.51.100.9", 5 },
		{ "203.0.113.1", 50 },
		{ "local", 1000 },
	};
	struct classes classes = make_classes();

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct viewer viewer = view(&classes, rows[i].addr);

		ck_assert_uint_eq(classes_shown_max(&classes, &viewer, 50),
		    rows[i].shown_max);
	}
}
END_TEST

START_TEST(a_class_without_a_cap_has_the_one_of_others)
{
	struct classes classes = { .count = 0 };
	struct viewer viewer;

	add_class(&classes, "wireless", "129.100.8.0/24", 0);
	viewer = view(&classes, "129.100.8.1");
	ck_assert_uint_eq(viewer.count, 1);
	ck_assert_uint_eq(classes_shown_max(&classes, &viewer, 50), 50);
}
END_TEST

START_TEST(is_found_by_its_whole_name)
{
	struct classes classes = make_classes();

	ck_assert_ptr_eq(classes_find(&classes, span_from("library")),
	    &classes.list[1]);
	ck_assert_ptr_null(classes_find(&classes, span_from("librar")));
	ck_assert_ptr_null(classes_find(&classes, span_from("")));
}
END_TEST

START_TEST(a_name_is_one_plain_word)
{
	static const struct {
		const char *name;
		bool is_good;
	} rows[] = {
		{ "campus", true },
		{ "a", true },
		{ "desk-2_b", true },
		{ "abcdefghijklmnopqrstuvwxyz012345", true },
		{ "abcdefghijklmnopqrstuvwxyz0123456", false },
		{ "", false },
		{ "2b", false },
		{ "-a", false },
		{ "Campus", false },
		{ "a b", false },
		{ "a\033", false },
		{ "all", false },
		{ "everyone", false },
		{ "nobody", false },
		{ "local", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct fault fault;

		ck_assert_msg((class_check_name(span_from(rows[i].name),
		    &fault) == ERR_NONE) == rows[i].is_good, "%s",
		    rows[i].name);
	}
}
END_TEST

UNIT_MAIN("access/classes", an_address_is_in_every_class_with_its_network,
    the_largest_cap_of_its_classes_holds,
    a_class_without_a_cap_has_the_one_of_others, is_found_by_its_whole_name,
    a_name_is_one_plain_word)

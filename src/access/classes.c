#include "access/classes.h"

#include <stddef.h>

static bool
is_name(struct span text)
{
	if (text.length == 0 || text.length > VIEWER_CLASS_NAME_MAX ||
	    text.data[0] < 'a' || text.data[0] > 'z')
		return false;
	for (size_t i = 1; i < text.length; i++) {
		char c = text.data[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-' && c != '_')
			return false;
	}
	return true;
}

enum err
class_check_name(struct span name, struct fault *fault)
{
	static const char *const taken[] = { "everyone", "nobody", "all",
		"local" };

	if (!is_name(name))
		return fault_set(fault, ERR_REFUSED,
		    "\"%.*s\" is no name of a class; one begins with a letter,"
		    " and has at most %d of a-z, 0-9, - and _",
		    (int)name.length, name.data, VIEWER_CLASS_NAME_MAX);
	for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
		if (span_is(name, taken[i]))
			return fault_set(fault, ERR_REFUSED,
			    "\"%s\" has a meaning of its own; "
			    "give the class another name",
			    taken[i]);
	return ERR_NONE;
}

const struct class *
classes_find(const struct classes *classes, struct span name)
{
	for (unsigned i = 0; i < classes->count; i++)
		if (span_is(name, classes->list[i].name))
			return &classes->list[i];
	return NULL;
}

struct viewer
classes_view(const struct classes *classes, const struct addr *addr)
{
	struct viewer viewer = { .count = 0 };

	for (unsigned i = 0; i < classes->count; i++) {
		const struct class *class = &classes->list[i];

		if (networks_contain(&class->networks, addr))
			viewer.classes[viewer.count++] = span_from(class->name);
	}
	return viewer;
}

unsigned
classes_shown_max(const struct classes *classes, const struct viewer *viewer,
    unsigned others)
{
	unsigned most = 0;

	for (unsigned i = 0; i < viewer->count; i++) {
		const struct class *class =
		    classes_find(classes, viewer->classes[i]);

		if (class != NULL && class->shown_max > most)
			most = class->shown_max;
	}
	return most > 0 ? most : others;
}

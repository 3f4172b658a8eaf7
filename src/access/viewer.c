#include "access/viewer.h"

const struct viewer viewer_stranger = { .count = 0 };

bool
viewer_is_in(const struct viewer *viewer, struct span class_name)
{
	for (unsigned i = 0; i < viewer->count; i++)
		if (span_equal(viewer->classes[i], class_name))
			return true;
	return false;
}

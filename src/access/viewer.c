#include "access/viewer.h"

bool
viewer_is_in(const struct viewer *viewer, struct span class_name)
{
	for (unsigned i = 0; i < viewer->count; i++)
		if (span_equal(viewer->classes[i], class_name))
			return true;
	return false;
}

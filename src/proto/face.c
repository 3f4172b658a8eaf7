#include "proto/face.h"

#include <stddef.h>

const struct face *const faces[] = {
#define FACE_ENTRY(name) &face_##name,
	FACE_LIST(FACE_ENTRY)
#undef FACE_ENTRY
	NULL,
};

const struct face *
face_find(struct span name)
{
	for (size_t i = 0; faces[i] != NULL; i++)
		if (span_is(name, faces[i]->name))
			return faces[i];
	return NULL;
}

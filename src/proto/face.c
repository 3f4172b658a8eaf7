#include "proto/face.h"

#include "proto/whois.h"

#include <stddef.h>

const struct face *const faces[] = { &face_whois, NULL };

const struct face *
face_find(struct span name)
{
	for (size_t i = 0; faces[i] != NULL; i++)
		if (span_is(name, faces[i]->name))
			return faces[i];
	return NULL;
}

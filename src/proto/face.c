#include "proto/face.h"

#include <stddef.h>

enum { FACE_NAMES_MAX = 256 };

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

void
face_add_names(struct buf *out)
{
	for (size_t i = 0; faces[i] != NULL; i++) {
		if (i > 0)
			buf_add_string(out, faces[i + 1] == NULL ? " and " :
			    ", ");
		buf_add_string(out, faces[i]->name);
	}
}

enum err
face_choose(const struct face **face, struct span name, struct fault *fault)
{
	char memory[FACE_NAMES_MAX];
	struct buf names;

	*face = face_find(name);
	if (*face != NULL)
		return ERR_NONE;
	buf_init(&names, memory, sizeof memory);
	face_add_names(&names);
	return fault_set(fault, ERR_REFUSED,
	    "there is no face \"%.*s\"; there are %.*s", (int)name.length,
	    name.data, (int)names.length, names.data);
}

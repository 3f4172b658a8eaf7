/* Where somebody works: department, room, telephone and title. */

#ifndef SAMPLE_OFFICE_H
#define SAMPLE_OFFICE_H

#include "base/buf.h"
#include "base/span.h"

struct random;

enum { OFFICE_TEXT_BYTES = 64 };

struct office {
	struct span department, title; /* constant; a title may be empty */
	struct buf room, phone;        /* may be empty */
	char room_memory[OFFICE_TEXT_BYTES], phone_memory[OFFICE_TEXT_BYTES];
};

/* The office borrows from itself: never copied. */
void office_make(struct office *office, struct random *random);

#endif

/* What people of some forenames are called. */

#ifndef SAMPLE_NICKNAME_H
#define SAMPLE_NICKNAME_H

#include "base/span.h"

/* Empty: there is none. */
struct span nickname_find(struct span forename);

#endif

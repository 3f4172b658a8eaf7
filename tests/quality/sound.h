/*
 * Spelling by ear: the letters change, the sound stays about the same.
 */

#ifndef QUALITY_SOUND_H
#define QUALITY_SOUND_H

#include <stdbool.h>

struct random;
struct text;

/* One to three changes.  False: no rule applies. */
bool sound_respell(struct text *text, struct random *random);

#endif

/*
 * What a name sounds like, for those who have only heard it.
 *
 * A word becomes codes of classes of sounds: Smith and Smyth, Meyer and Maier,
 * Stephen and Steven, Schmidt and Shmit, Tchaikovsky and Chaikovsky have a code
 * in common.  Soundex, made for English names, keeps the first letter and puts
 * b, f, p and v into one class; here the letters are read by the rules of many
 * languages, and where those disagree, as over the j of Jean, Jan and Jose, a
 * word has a code for each reading.  Many words share a code: rank them by
 * text/distance.
 */

#ifndef TEXT_SOUND_H
#define TEXT_SOUND_H

#include "base/attr.h"
#include "base/span.h"

/* Classes beyond a code's room, and readings beyond these, are left out. */
enum { SOUND_CODE_MAX = 12, SOUND_CODES_MAX = 4 };

/*
 * The codes of a word: all different, none empty, the likeliest reading first.
 * A class is one of
 *   B D F G H J K L M N P R S T V X   consonants: H as in hat and not in John,
 *                                     J as in jam, X as in shy and chin
 *   A E                               a word begins with a, o, u or with e, i
 *   a e o                             it ends in a, in e or i, in o or u
 * and other vowels do not count.
 */
struct sound {
	unsigned count;
	unsigned lengths[SOUND_CODES_MAX];
	char codes[SOUND_CODES_MAX][SOUND_CODE_MAX];
};

/*
 * The codes of a folded word (text/fold).  Only its letters a to z are read;
 * with fewer than two of them, or when all are silent, it has no code.  Two
 * words sound alike when they have a code in common.
 */
void sound_make(struct sound *sound, struct span word);

/* The nth code, nth < sound->count; it lives as long as `sound`. */
struct span sound_code(const struct sound *sound, unsigned nth);

#endif

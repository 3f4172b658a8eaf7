/*
 * The comparable form of text.
 *
 * Index and query are folded by this one function, so two spellings that
 * should meet fold to the same bytes: NFKC_Casefold (UAX #31), then accents and
 * pointing stripped (but not the vowel signs of Indic scripts and Thai or the
 * voicing of kana, which are other letters, not variants of one), then the
 * letters that do not decompose spelled out (ae, oe, o, d, th, i, l, n, ...),
 * then apostrophes of every kind to ', hyphens and dashes of every kind to -,
 * and white space runs to one blank, none at the ends.  Other punctuation
 * stays: text/token knows what separates words.
 */

#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>

/*
 * Append the comparable form of `text`, valid UTF-8.  ASCII takes a fast path.
 * fold(fold(x)) is fold(x).  The result may be longer than the text, as the 3
 * bytes of U+FDFA become 33, but no more than FOLD_GROWTH_MAX times; what does
 * not fit shows as out->overflowed.
 */
enum { FOLD_GROWTH_MAX = 12 };
void fold_add(struct buf *out, struct span text);

/*
 * As fold_add(), but letters that ICAO 9303 (part 3, 6.A) writes as two are
 * spelled so: a, o and u with diaeresis ae, oe and ue, a with ring aa, o with
 * stroke oe.  Other accents may stand beside those.  False, and nothing is
 * appended: there is no such letter.
 */
bool fold_add_expanded(struct buf *out, struct span text) MUST_CHECK;

/*
 * As fold_add(), but accents stay, and so do letters that would be spelled out:
 * only for words in which the two differ it makes a difference who wrote them.
 */
void fold_add_accented(struct buf *out, struct span text);

/*
 * What is stored in the directory's `meta` table: changes whenever folding,
 * tokens, sounds, what is made of them (dir/index, dir/clue) or the Unicode
 * tables they are compiled against do, so that an index made by another version
 * is never searched.
 */
extern const char fold_version[];

#endif

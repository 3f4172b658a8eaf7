/*
 * A mix of kinds of questions, as --mix says it: key=60,name=30,prefix=8,typo=2
 *
 * Each kind has a share; the shares need not make a hundred.  Pure: what is
 * asked under a kind is bench/wording's business.
 */

#ifndef BENCH_MIX_H
#define BENCH_MIX_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdint.h>

struct buf;
struct random;

enum mix_kind {
	MIX_KEY,
	MIX_NAME,
	MIX_SPOKEN,
	MIX_LAST,
	MIX_PREFIX,
	MIX_TYPO,
	MIX_SOUNDS,
	MIX_MAILBOX,
	MIX_PHONE,
	MIX_UNIT,
	MIX_MISSING,
	MIX_KINDS,
};

/* "key", and for people who choose: "an Index Key, as in 481800". */
struct mix_sentence {
	const char *name, *what;
};
extern const struct mix_sentence mix_sentences[MIX_KINDS];

enum { MIX_SHARE_MAX = 1000000 };

struct mix {
	uint32_t shares[MIX_KINDS];
	uint32_t total; /* not 0 */
};

/*
 * ERR_USAGE: the fault says which part is wrong and, where it is the kind,
 * which there are.
 */
enum err mix_parse(struct mix *mix, struct span text, struct fault *fault)
    MUST_CHECK;

/* Append "key, name, ... or missing". */
void mix_add_kinds(struct buf *out);

/* A kind by its share. */
enum mix_kind mix_draw(const struct mix *mix, struct random *random);

#endif

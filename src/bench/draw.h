/*
 * Questions drawn from a directory: who is asked for, and in what words.
 *
 * Some are asked for far more often than others (bench/zipf), and the popular
 * are scattered over the directory, so that they are no neighbours.  The
 * directory is never read as a whole: a question costs a few look-ups, however
 * many people there are.
 */

#ifndef BENCH_DRAW_H
#define BENCH_DRAW_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "bench/mix.h"
#include "bench/protocol.h"

#include <stddef.h>
#include <stdint.h>

struct draw;

struct draw_settings {
	const char *path; /* DIR; borrowed until draw_close() */
	size_t map_bytes; /* as store_open(); 0: the default */
	enum protocol_name protocol;
	struct mix mix;
	double skew;      /* of the popularity, 0 to ZIPF_SKEW_MAX */
	uint64_t seed;    /* the same seed, the same questions */
};

/*
 * DIR cannot be opened, or is empty, or the protocol has no words for a kind of
 * the mix: the fault says so.
 */
enum err draw_open(struct draw **draw, const struct draw_settings *settings,
    struct fault *fault) MUST_CHECK;
void draw_close(struct draw **draw);

/* A question without a line end, and bytes that a right answer holds. */
enum { DRAW_TEXT_MAX = 2048 };
struct drawn {
	enum mix_kind kind;
	struct buf text;
	struct buf expected; /* empty: not known */
	char text_memory[DRAW_TEXT_MAX], expected_memory[DRAW_TEXT_MAX];
};

/*
 * The next one.  ERR_REFUSED: of a thousand entries that were drawn none can be
 * asked for so, as none has a telephone.
 *
 * What is expected of keys, names and mailboxes is the Index Key, of missing
 * keys that there is none.  Not of names which so many bear that the server may
 * leave out some of them, nor of names of one word; of PH not of names at all,
 * since it finds those who have a name more as well, and of finger not that
 * there is nobody, for it may say so in any words.
 */
enum err draw_next(struct draw *draw, struct drawn *drawn,
    struct fault *fault) MUST_CHECK;

#endif

/* The matcher against one that tries everything, and what is cut. */

#include "base/buf.h"
#include "text/fold.h"
#include "text/pattern.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
matches(struct span p, struct span t)
{
	const struct span next_p = span_skip(p, 1), next_t = span_skip(t, 1);
	bool any = t.length > 0;

	if (p.length == 0)
		return !any;
	if (p.data[0] == '*')
		return matches(next_p, t) || (any && matches(p, next_t));
	if (p.data[0] == '+')
		return any && (matches(next_p, next_t) || matches(p, next_t));
	return any && (p.data[0] == '?' || p.data[0] == t.data[0]) &&
	    matches(next_p, next_t);
}

/* The first half of the bytes as a pattern, the second as a text. */
static void
compare(const uint8_t *data, size_t size)
{
	char pattern[8], text[8];
	size_t lengths[2] = { size / 2, size - size / 2 };
	struct span p = { pattern, lengths[0] }, t = { text, lengths[1] };

	for (size_t i = 0; i < lengths[0]; i++)
		pattern[i] = "ab*+?"[data[i] % 5];
	for (size_t i = 0; i < lengths[1]; i++)
		text[i] = "ab"[data[lengths[0] + i] % 2];
	assert(pattern_matches(p, t) == matches(p, t));
}

static void
cut(struct span text)
{
	static char memory[2][1 << 16];
	struct pattern pattern;
	struct buf folded, joined;

	buf_init(&folded, memory[0], sizeof memory[0]);
	buf_init(&joined, memory[1], sizeof memory[1]);
	fold_add(&folded, text);
	if (!pattern_split(&pattern, buf_span(&folded), &joined))
		return;
	assert(!joined.overflowed && joined.length <= folded.length);
	for (unsigned i = 0; i < pattern.count; i++) {
		const struct pattern_word *word = &pattern.words[i];

		assert(word->text.length > 0 && utf8_is_valid(word->text));
		assert(word->has_wildcard ||
		    pattern_matches(word->text, word->text));
		pattern_matches(word->text, buf_span(&folded));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };

	if (size <= 16)
		compare(data, size);
	if (size < 4096 && utf8_is_valid(text))
		cut(text);
	return 0;
}

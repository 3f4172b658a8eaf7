#include "sample/letters.h"

#include "sample/random.h"
#include "text/fold.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	END = 0, /* the letter behind the last and before the first */
	ALPHABET_MAX = 256,
	LETTERS_MIN = 3,
	LETTERS_MAX = 13,
	LETTER_BYTES = 4,
	SHORT = 1 << 24,      /* marks a context of two letters */
	SHORT_PERMILLE = 350, /* how often two letters decide */
};

struct letter {
	uint32_t code_point;
	unsigned char length, ascii_length;
	char bytes[LETTER_BYTES], ascii[LETTER_BYTES];
};

/*
 * Everything read, sorted by what stood before it.  The continuations of a
 * context are neighbours and occur as often as they were read, so drawing one
 * of them evenly is drawing by frequency.
 */
struct step {
	uint32_t context; /* the three letters before; or SHORT and two */
	uint16_t letter;
	uint16_t count;   /* in the first step of a context: its steps */
};

struct letters {
	struct letter alphabet[ALPHABET_MAX];
	unsigned alphabet_count;
	struct step *steps;
	unsigned count, capacity;
};

struct letters *
letters_new(void)
{
	struct letters *letters = calloc(1, sizeof *letters);

	assert(letters != NULL);
	letters->alphabet_count = 1; /* END */
	return letters;
}

void
letters_free(struct letters **letters)
{
	free((*letters)->steps);
	free(*letters);
	*letters = NULL;
}

static void
fill_letter(struct letter *letter, uint32_t code_point)
{
	char memory[64];
	struct buf buf;

	*letter = (struct letter){ .code_point = code_point };
	buf_init(&buf, letter->bytes, sizeof letter->bytes);
	utf8_encode(&buf, code_point);
	letter->length = (unsigned char)buf.length;
	buf_init(&buf, memory, sizeof memory);
	fold_add(&buf, (struct span){ letter->bytes, letter->length });
	if (utf8_is_ascii(buf_span(&buf)) && buf.length <= LETTER_BYTES) {
		letter->ascii_length = (unsigned char)buf.length;
		memcpy(letter->ascii, memory, buf.length);
	}
}

/* The place of a code point in the alphabet; END: the alphabet is full. */
static unsigned
find_letter(struct letters *letters, uint32_t code_point)
{
	unsigned i;

	for (i = 1; i < letters->alphabet_count; i++)
		if (letters->alphabet[i].code_point == code_point)
			return i;
	if (i == ALPHABET_MAX)
		return END;
	fill_letter(&letters->alphabet[i], code_point);
	letters->alphabet_count++;
	return i;
}

static uint32_t
shift(uint32_t context, uint32_t letter)
{
	return (context << 8 | letter) & 0xffffff;
}

static uint32_t
shorten(uint32_t context)
{
	return SHORT | (context & 0xffff);
}

static void
add_steps(struct letters *letters, const unsigned *word, unsigned length)
{
	uint32_t context = 0;

	if (letters->count + 2 * length > letters->capacity) {
		letters->capacity = 2 * letters->capacity + 4096;
		letters->steps = realloc(letters->steps,
		    letters->capacity * sizeof *letters->steps);
		assert(letters->steps != NULL);
	}
	for (unsigned i = 0; i < length; i++) {
		struct step step = { context, (uint16_t)word[i], 0 };

		letters->steps[letters->count++] = step;
		step.context = shorten(context);
		letters->steps[letters->count++] = step;
		context = shift(context, word[i]);
	}
}

void
letters_read(struct letters *letters, struct span text)
{
	unsigned word[LETTERS_MAX + 1];
	unsigned length = 0;

	while (text.length > 0) {
		size_t bytes;
		uint32_t code_point = utf8_decode(text, &bytes);
		unsigned letter = find_letter(letters, code_point);

		if (letter == END || length == LETTERS_MAX)
			return;
		word[length++] = letter;
		text = span_skip(text, bytes);
	}
	word[length++] = END;
	add_steps(letters, word, length);
}

static int
compare_steps(const void *a, const void *b)
{
	const struct step *x = a, *y = b;

	if (x->context != y->context)
		return x->context < y->context ? -1 : 1;
	return (x->letter > y->letter) - (x->letter < y->letter);
}

void
letters_finish(struct letters *letters)
{
	struct step *steps = letters->steps;
	unsigned first = 0;

	qsort(steps, letters->count, sizeof *steps, compare_steps);
	for (unsigned i = 0; i < letters->count; i++) {
		if (steps[i].context != steps[first].context)
			first = i;
		steps[first].count++;
	}
}

/* The first step of `context`; NULL: it was never read. */
static const struct step *
find_context(const struct letters *letters, uint32_t context)
{
	unsigned low = 0, high = letters->count;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (letters->steps[middle].context < context)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == letters->count || letters->steps[low].context != context)
		return NULL;
	return &letters->steps[low];
}

/*
 * The letter behind `context`.  Three letters alone would spell the words read
 * over and over; now and then two decide, which is where the long tail comes
 * from.
 */
static unsigned
draw_letter(const struct letters *letters, struct random *random,
    uint32_t context)
{
	const struct step *first = NULL;

	if (!random_chance(random, SHORT_PERMILLE))
		first = find_context(letters, context);
	if (first == NULL)
		first = find_context(letters, shorten(context));
	assert(first != NULL);
	return first[random_below(random, first->count)].letter;
}

/* One word into `word`; its length, 0: it came out too short or too long. */
static unsigned
draw(const struct letters *letters, struct random *random, unsigned *word)
{
	uint32_t context = 0;

	for (unsigned length = 0; length <= LETTERS_MAX; length++) {
		unsigned letter = draw_letter(letters, random, context);

		if (letter == END)
			return length >= LETTERS_MIN ? length : 0;
		if (length < LETTERS_MAX)
			word[length] = letter;
		context = shift(context, letter);
	}
	return 0;
}

void
letters_add_word(const struct letters *letters, struct random *random,
    struct buf *word, struct buf *ascii)
{
	unsigned drawn[LETTERS_MAX];
	unsigned length;

	do
		length = draw(letters, random, drawn);
	while (length == 0);
	for (unsigned i = 0; i < length; i++) {
		const struct letter *letter = &letters->alphabet[drawn[i]];

		buf_add(word, (struct span){ letter->bytes, letter->length });
		buf_add(ascii,
		    (struct span){ letter->ascii, letter->ascii_length });
	}
}

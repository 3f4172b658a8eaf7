/*
 * Letters as the evaluation of search knows them.  Its tables are its own: with
 * those of the server it could not see what is wrong with them.
 */

#ifndef QUALITY_LETTERS_H
#define QUALITY_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LINE_BYTES = 512, TEXT_POINTS = 256 };

/* A name or a query by code points. */
struct text {
	uint32_t points[TEXT_POINTS];
	size_t length;
};

/* A run of letters in a text: points from to to - 1. */
struct word {
	size_t from, to;
};

/* From UTF-8; what is not, and what is too long, is left out. */
void text_set(struct text *text, const char *utf8);
void text_write(const struct text *text, char utf8[LINE_BYTES]);

/* Make the `removed` points at `at` into `added`, which may be `removed`. */
void text_replace(struct text *text, size_t at, size_t removed,
    const struct text *added);

/* The next word from word->to on; false: there is none. */
bool text_next_word(const struct text *text, struct word *word);

/* Of Latin script, or not a letter. */
bool letter_is_latin(uint32_t point);

/* Latin, Greek, Cyrillic, Armenian, Georgian: people write initials. */
bool letter_has_initials(uint32_t point);

enum spelling {
	SPELLING_PLAIN, /* without accents: u, o, ss */
	SPELLING_ICAO,  /* as in passports, ICAO 9303 part 3: ue, oe, ss */
};

/* How else the letter is spelled; NULL: only as it is. */
const char *letter_spelling(uint32_t point, enum spelling spelling);

/* The letters respelled.  True: some were. */
bool spell(const char *utf8, enum spelling spelling, char out[LINE_BYTES]);

/* Small letters without accents and signs that stand on letters. */
void letters_normalise(const char *utf8, enum spelling spelling,
    char out[LINE_BYTES]);

#endif

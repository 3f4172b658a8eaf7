#include "dir/term.h"

#include "base/buf.h"
#include "text/token.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int
compare(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return span_compare(*x, *y);
}

void
term_add_whole(struct buf *out, const struct token_list *name,
    enum term_whole form)
{
	enum token_form other =
	    form == TERM_WHOLE_JOINED ? TOKEN_PART : TOKEN_JOINED;
	struct span words[TOKENS_MAX];
	size_t count = 0;

	for (unsigned i = 0; i < name->count; i++)
		if (name->tokens[i].form != other)
			words[count++] = name->tokens[i].text;
	qsort(words, count, sizeof words[0], compare);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buf_add_char(out, ' ');
		buf_add(out, words[i]);
	}
}

bool
term_has_parts(const struct token_list *name)
{
	for (unsigned i = 0; i < name->count; i++)
		if (name->tokens[i].form == TOKEN_PART)
			return true;
	return false;
}

static void
reverse(char *digits, unsigned length)
{
	for (unsigned i = 0; i < length / 2; i++) {
		char c = digits[i];

		digits[i] = digits[length - 1 - i];
		digits[length - 1 - i] = c;
	}
}

/* Signs that are written inside a telephone number (E.123 and habit). */
static bool
is_inside_number(char c)
{
	return strchr(" -./()+", c) != NULL && c != '\0';
}

static void
add_digit(struct term_numbers *numbers, char digit)
{
	unsigned nth = numbers->count - 1;
	unsigned *length = &numbers->numbers[nth].length;

	if (*length < TERM_NUMBER_DIGITS_MAX)
		numbers->numbers[nth].digits[(*length)++] = digit;
}

void
term_split_numbers(struct term_numbers *numbers, struct span folded)
{
	bool inside = false;

	numbers->count = 0;
	for (size_t i = 0; i < folded.length; i++) {
		char c = folded.data[i];

		if (c < '0' || c > '9') {
			inside = inside && is_inside_number(c);
			continue;
		}
		if (!inside && numbers->count == TERM_NUMBERS_MAX)
			break;
		if (!inside)
			numbers->numbers[numbers->count++].length = 0;
		inside = true;
		add_digit(numbers, c);
	}
	for (unsigned i = 0; i < numbers->count; i++)
		reverse(numbers->numbers[i].digits, numbers->numbers[i].length);
}

struct span
term_number(const struct term_numbers *numbers, unsigned nth)
{
	assert(nth < numbers->count);
	return (struct span){ numbers->numbers[nth].digits,
		numbers->numbers[nth].length };
}

#include "quality/letters.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

/* Small letters; their capitals are found by case_pairs[]. */
static const struct {
	const char *plain, *letters;
} accents[] = {
	{ "a", "áàâäãåāăąǎảạấầẩẫậắằẳẵặ" },
	{ "c", "çćčĉċ" }, { "d", "ďđḍ" },
	{ "e", "éèêëēėęěĕẹẻẽếềểễệə" },
	{ "g", "ğģǧĝġ" }, { "h", "ħĥḥ" }, { "i", "íìîïīįĩĭıịỉ" },
	{ "j", "ĵ" }, { "k", "ķ" }, { "l", "łľĺļḷ" }, { "n", "ñńňņṇ" },
	{ "o", "óòôöõøōőŏơǒọỏốồổỗộớờởỡợ" },
	{ "r", "řŕŗ" },
	{ "s", "śšşșŝṣ" }, { "t", "ťţțŧṭ" },
	{ "u", "úùûüūůűųũŭưụủứừửữự" }, { "w", "ŵẁẃẅ" },
	{ "y", "ýÿŷỳỵỷỹ" }, { "z", "źžż" },
	{ "ss", "ß" }, { "ae", "æ" }, { "oe", "œ" }, { "d", "ð" },
	{ "th", "þ" },
	{ "α", "ά" }, { "ε", "έ" }, { "η", "ή" }, { "ι", "ίϊΐ" },
	{ "ο", "ό" }, { "υ", "ύϋΰ" }, { "ω", "ώ" },
};

/* Only where it is not the plain spelling. */
static const struct {
	const char *spelled, *letters;
} passport[] = {
	{ "ae", "ä" }, { "oe", "öø" }, { "ue", "ü" }, { "aa", "å" },
};

/* Capitals that stand `distance` before their small letters. */
static const struct {
	uint32_t from, to, distance;
	bool every_second;
} case_pairs[] = {
	{ 0xc0, 0xd6, 32, false }, { 0xd8, 0xde, 32, false },
	{ 0x100, 0x12e, 1, true },
	{ 0x132, 0x136, 1, true }, { 0x139, 0x147, 1, true },
	{ 0x14a, 0x176, 1, true }, { 0x179, 0x17d, 1, true },
	{ 0x1a0, 0x1a4, 1, true }, { 0x1af, 0x1af, 1, true },
	{ 0x1cd, 0x1db, 1, true }, { 0x1e6, 0x1e6, 1, true },
	{ 0x218, 0x21a, 1, true },
	{ 0x1e00, 0x1e94, 1, true }, { 0x1ea0, 0x1ef8, 1, true },
	{ 0x391, 0x3ab, 32, false }, { 0x410, 0x42f, 32, false },
	{ 0x400, 0x40f, 80, false }, { 0x531, 0x556, 48, false },
	{ 0x178, 0x178, (uint32_t)-121, false }, /* ÿ */
	{ 0x18f, 0x18f, 202, false },            /* ə */
	{ 0x130, 0x130, (uint32_t)-199, false }, /* İ, to i */
	{ 0x386, 0x386, 38, false }, { 0x388, 0x38a, 37, false },
	{ 0x38c, 0x38c, 64, false }, { 0x38e, 0x38f, 63, false },
};

/* Signs that are no letters of their own, of the scripts in the sample. */
static const struct {
	uint32_t from, to;
} marks[] = {
	{ 0x300, 0x36f }, { 0x900, 0x902 }, { 0x93c, 0x93c },
	{ 0x941, 0x948 }, { 0x94d, 0x94d }, { 0x981, 0x981 },
	{ 0x9bc, 0x9bc }, { 0x9c1, 0x9c4 }, { 0x9cd, 0x9cd },
	{ 0xe31, 0xe31 }, { 0xe34, 0xe3a }, { 0xe47, 0xe4e },
	{ 0x17b4, 0x17b5 }, { 0x17b7, 0x17bd }, { 0x17c6, 0x17c6 },
	{ 0x17c9, 0x17d3 },
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static size_t
decode(const char *utf8, uint32_t *point)
{
	unsigned char first = (unsigned char)*utf8;
	size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 :
	    first < 0xf0 ? 3 : 4;

	*point = length == 1 ? first : first & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((utf8[i] & 0xc0) != 0x80) {
			*point = 0xfffd;
			return i;
		}
		*point = *point << 6 | ((unsigned char)utf8[i] & 0x3f);
	}
	return length;
}

static size_t
encode(uint32_t point, char *utf8)
{
	static const unsigned char leads[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 :
	    point < 0x10000 ? 3 : 4;

	if (length == 1) {
		*utf8 = (char)point;
		return 1;
	}
	for (size_t i = length; i-- > 1; point >>= 6)
		utf8[i] = (char)(0x80 | (point & 0x3f));
	*utf8 = (char)(leads[length] | point);
	return length;
}

void
text_set(struct text *text, const char *utf8)
{
	text->length = 0;
	while (*utf8 != '\0' && text->length < TEXT_POINTS)
		utf8 += decode(utf8, &text->points[text->length++]);
}

void
text_write(const struct text *text, char utf8[LINE_BYTES])
{
	size_t at = 0;

	for (size_t i = 0; i < text->length && at + 4 < LINE_BYTES; i++)
		at += encode(text->points[i], utf8 + at);
	utf8[at] = '\0';
}

void
text_replace(struct text *text, size_t at, size_t removed,
    const struct text *added)
{
	size_t behind = text->length - at - removed;

	assert(at + removed <= text->length);
	if (text->length - removed + added->length > TEXT_POINTS)
		return;
	memmove(text->points + at + added->length,
	    text->points + at + removed, behind * sizeof *text->points);
	memcpy(text->points + at, added->points,
	    added->length * sizeof *text->points);
	text->length += added->length - removed;
}

static bool
is_letter(uint32_t point)
{
	if (point < 0x80)
		return isalpha((int)point);
	return point != 0x2019; /* the apostrophe that is typeset */
}

bool
text_next_word(const struct text *text, struct word *word)
{
	size_t at = word->to;

	while (at < text->length && !is_letter(text->points[at]))
		at++;
	word->from = at;
	while (at < text->length && is_letter(text->points[at]))
		at++;
	word->to = at;
	return word->to > word->from;
}

bool
letter_is_latin(uint32_t point)
{
	return point < 0x250 || point == 0x259 ||
	    (point >= 0x1e00 && point < 0x1f00) || !is_letter(point);
}

bool
letter_has_initials(uint32_t point)
{
	return letter_is_latin(point) || (point >= 0x370 && point < 0x590) ||
	    (point >= 0x10a0 && point < 0x1100);
}

static uint32_t
small(uint32_t point)
{
	if (point < 0x80)
		return (uint32_t)tolower((int)point);
	for (size_t i = 0; i < COUNT(case_pairs); i++)
		if (point >= case_pairs[i].from && point <= case_pairs[i].to &&
		    (!case_pairs[i].every_second ||
		    (point - case_pairs[i].from) % 2 == 0))
			return point + case_pairs[i].distance;
	return point;
}

static bool
is_mark(uint32_t point)
{
	for (size_t i = 0; i < COUNT(marks); i++)
		if (point >= marks[i].from && point <= marks[i].to)
			return true;
	return false;
}

static bool
is_among(uint32_t point, const char *letters)
{
	char letter[8] = "";

	encode(point, letter);
	return strstr(letters, letter) != NULL;
}

const char *
letter_spelling(uint32_t point, enum spelling spelling)
{
	if (point < 0x80)
		return NULL;
	point = small(point);
	for (size_t i = 0; i < COUNT(passport); i++)
		if (spelling == SPELLING_ICAO &&
		    is_among(point, passport[i].letters))
			return passport[i].spelled;
	for (size_t i = 0; i < COUNT(accents); i++)
		if (is_among(point, accents[i].letters))
			return accents[i].plain;
	return point == 'i' ? "i" : NULL; /* the Turkish capital */
}

/* In the case of `point`: a capital first, if any. */
static size_t
add_spelled(char *out, const char *spelled, uint32_t point)
{
	size_t length = strlen(spelled);

	memcpy(out, spelled, length);
	if (point != small(point) && out[0] > 0)
		out[0] = (char)toupper((unsigned char)out[0]);
	return length;
}

bool
spell(const char *utf8, enum spelling spelling, char out[LINE_BYTES])
{
	bool changed = false;
	size_t at = 0, length;
	uint32_t point;

	for (; *utf8 != '\0' && at + 8 < LINE_BYTES; utf8 += length) {
		const char *spelled;

		length = decode(utf8, &point);
		spelled = letter_spelling(point, spelling);
		if (spelled != NULL) {
			at += add_spelled(out + at, spelled, point);
			changed = true;
		} else {
			memcpy(out + at, utf8, length);
			at += length;
		}
	}
	out[at] = '\0';
	return changed;
}

void
letters_normalise(const char *utf8, enum spelling spelling,
    char out[LINE_BYTES])
{
	size_t at = 0;
	uint32_t point;

	while (*utf8 != '\0' && at + 8 < LINE_BYTES) {
		const char *spelled;

		utf8 += decode(utf8, &point);
		spelled = letter_spelling(point, spelling);
		if (spelled != NULL)
			at += add_spelled(out + at, spelled, 'a');
		else if (!is_mark(point))
			at += encode(small(point), out + at);
	}
	out[at] = '\0';
}

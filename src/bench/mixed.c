#include "bench/mixed.h"

#include "bench/draw.h"
#include "bench/protocol.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Where it lies in the bytes: the text, and behind it what is expected. */
struct place {
	size_t at;
	uint16_t text_bytes, expected_bytes;
};

struct mixed {
	struct place *places;
	size_t count;
	char *bytes;
	size_t used, capacity;
};

struct source {
	struct questions questions;
	const struct mixed *mixed;
	size_t next;
	bool verified;
};

_Static_assert(DRAW_TEXT_MAX + 2 <= UINT16_MAX, "a place holds any question");

static size_t
keep(struct mixed *m, struct span bytes)
{
	size_t at = m->used;

	if (bytes.length > m->capacity - m->used) {
		m->capacity = 2 * m->capacity + DRAW_TEXT_MAX;
		m->bytes = realloc(m->bytes, m->capacity);
		assert(m->bytes != NULL);
	}
	if (bytes.length > 0)
		memcpy(m->bytes + at, bytes.data, bytes.length);
	m->used += bytes.length;
	return at;
}

static void
keep_drawn(struct mixed *m, const struct drawn *drawn)
{
	struct place *place = &m->places[m->count++];

	place->at = keep(m, buf_span(&drawn->text));
	keep(m, protocol_line_end);
	keep(m, buf_span(&drawn->expected));
	place->text_bytes =
	    (uint16_t)(drawn->text.length + protocol_line_end.length);
	place->expected_bytes = (uint16_t)drawn->expected.length;
}

static enum err
fill(struct mixed *m, const struct draw_settings *settings, size_t count,
    struct fault *fault)
{
	struct drawn drawn;
	struct draw *draw;
	enum err err = draw_open(&draw, settings, fault);

	while (err == ERR_NONE && m->count < count) {
		err = draw_next(draw, &drawn, fault);
		if (err == ERR_NONE)
			keep_drawn(m, &drawn);
	}
	draw_close(&draw);
	return err;
}

enum err
mixed_new(struct mixed **mixed, const struct draw_settings *settings,
    size_t count, struct fault *fault)
{
	struct mixed *m = calloc(1, sizeof *m);
	enum err err;

	assert(m != NULL && count > 0);
	m->places = calloc(count, sizeof *m->places);
	assert(m->places != NULL);
	err = fill(m, settings, count, fault);
	if (err != ERR_NONE)
		mixed_free(&m);
	*mixed = m;
	return err;
}

void
mixed_free(struct mixed **mixed)
{
	struct mixed *m = *mixed;

	*mixed = NULL;
	if (m == NULL)
		return;
	free(m->bytes);
	free(m->places);
	free(m);
}

size_t
mixed_count(const struct mixed *mixed)
{
	return mixed->count;
}

struct question
mixed_get(const struct mixed *mixed, size_t which)
{
	const struct place *place = &mixed->places[which];
	const char *bytes = mixed->bytes + place->at;

	return (struct question){
		.text = { bytes, place->text_bytes },
		.expected = { bytes + place->text_bytes,
		    place->expected_bytes },
		.expects = place->expected_bytes > 0 ?
		    QUESTION_EXPECTS_TO_HOLD : QUESTION_EXPECTS_ANYTHING,
	};
}

/* The source. */

static struct question
next(struct questions *questions)
{
	struct source *source = (struct source *)questions;
	struct question question = mixed_get(source->mixed, source->next);

	if (!source->verified)
		question.expects = QUESTION_EXPECTS_ANYTHING;
	if (++source->next == source->mixed->count)
		source->next = 0;
	return question;
}

static void
free_source(struct questions *questions)
{
	free(questions);
}

struct questions *
mixed_in_turn(const struct mixed *mixed, size_t first, bool verified)
{
	struct source *source = calloc(1, sizeof *source);

	assert(source != NULL);
	source->questions = (struct questions){ next, free_source };
	source->mixed = mixed;
	source->next = first % mixed->count;
	source->verified = verified;
	return &source->questions;
}

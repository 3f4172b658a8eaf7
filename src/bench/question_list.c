#include <config.h>

#include "bench/question_list.h"

#include "bench/protocol.h"
#include "bench/questions.h"
#include "sample/random.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All lines in one block: question `i` is from starts[i] to starts[i + 1]. */
struct question_list {
	char *bytes;
	size_t bytes_max;
	size_t *starts;
	size_t count;
	size_t count_max;
};

struct list_source {
	struct questions questions;
	const struct question_list *list;
	size_t turn;
	struct random random;
};

static struct question_list *
list_new(void)
{
	struct question_list *list = calloc(1, sizeof *list);

	assert(list != NULL);
	list->starts = calloc(1, sizeof *list->starts);
	assert(list->starts != NULL);
	return list;
}

static void
make_room(struct question_list *list, size_t length)
{
	size_t wanted = list->starts[list->count] + length;

	if (wanted > list->bytes_max) {
		list->bytes_max = 2 * wanted;
		list->bytes = realloc(list->bytes, list->bytes_max);
		assert(list->bytes != NULL);
	}
	if (list->count == list->count_max) {
		list->count_max = 2 * list->count_max + 64;
		list->starts = realloc(list->starts,
		    (list->count_max + 1) * sizeof *list->starts);
		assert(list->starts != NULL);
	}
}

static void
add(struct question_list *list, struct span text)
{
	size_t start = list->starts[list->count];

	make_room(list, text.length + protocol_line_end.length);
	memcpy(list->bytes + start, text.data, text.length);
	start += text.length;
	memcpy(list->bytes + start, protocol_line_end.data,
	    protocol_line_end.length);
	list->starts[++list->count] = start + protocol_line_end.length;
}

static void
add_lines(struct question_list *list, FILE *file)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	while ((length = getline(&line, &size, file)) >= 0) {
		struct span text = { line, (size_t)length };

		(void)(span_cut_suffix(&text, "\n") &&
		    span_cut_suffix(&text, "\r"));
		if (text.length > 0)
			add(list, text);
	}
	free(line);
}

static enum err
read_file(struct question_list *list, const char *path, struct fault *fault)
{
	FILE *file = fopen(path, "re");
	bool failed;

	if (file == NULL)
		return fault_set(fault, ERR_WORLD, "%s: %s", path,
		    strerror(errno));
	add_lines(list, file);
	failed = ferror(file) != 0;
	fclose(file);
	if (failed)
		return fault_set(fault, ERR_WORLD, "%s: cannot be read", path);
	if (list->count == 0)
		return fault_set(fault, ERR_REFUSED, "%s: holds no question",
		    path);
	return ERR_NONE;
}

enum err
question_list_read(struct question_list **list, const char *path,
    struct fault *fault)
{
	enum err err;

	*list = list_new();
	err = read_file(*list, path, fault);
	if (err != ERR_NONE)
		question_list_free(list);
	return err;
}

struct question_list *
question_list_of(struct span text)
{
	struct question_list *list = list_new();

	add(list, text);
	return list;
}

void
question_list_free(struct question_list **list)
{
	struct question_list *l = *list;

	*list = NULL;
	if (l == NULL)
		return;
	free(l->bytes);
	free(l->starts);
	free(l);
}

size_t
question_list_count(const struct question_list *list)
{
	return list->count;
}

struct span
question_list_get(const struct question_list *list, size_t which)
{
	size_t start = list->starts[which];

	return (struct span){ list->bytes + start,
		list->starts[which + 1] - start };
}

static struct question
next_in_turn(struct questions *questions)
{
	struct list_source *source = (struct list_source *)questions;

	if (source->turn == source->list->count)
		source->turn = 0;
	return (struct question){
		.text = question_list_get(source->list, source->turn++)
	};
}

static struct question
next_at_random(struct questions *questions)
{
	struct list_source *source = (struct list_source *)questions;
	uint32_t which = random_below(&source->random,
	    (uint32_t)source->list->count);

	return (struct question){
		.text = question_list_get(source->list, which)
	};
}

static void
free_source(struct questions *questions)
{
	free(questions);
}

static struct questions *
source_new(const struct list_source *wanted)
{
	struct list_source *source = malloc(sizeof *source);

	assert(source != NULL);
	*source = *wanted;
	source->questions.free = free_source;
	return &source->questions;
}

struct questions *
question_list_in_turn(const struct question_list *list, size_t first)
{
	return source_new(&(struct list_source){
	    .questions.next = next_in_turn,
	    .list = list,
	    .turn = first % list->count });
}

struct questions *
question_list_at_random(const struct question_list *list, uint64_t seed)
{
	return source_new(&(struct list_source){
	    .questions.next = next_at_random,
	    .list = list,
	    .random = random_from(seed, 0) });
}

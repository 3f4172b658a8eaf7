#include "quality/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

void *
grow(void *memory, size_t count, size_t size)
{
	memory = reallocarray(memory, count, size);
	if (memory == NULL)
		die("memory");
	return memory;
}

char *
copy_text(const char *text)
{
	char *copy = strdup(text);

	if (copy == NULL)
		die("memory");
	return copy;
}

/* Cut the first cell from `*row`, without its quotes; NULL: no more. */
static char *
next_cell(char **row)
{
	char *cell = *row, *to = cell;
	bool quoted = false;

	if (cell == NULL)
		return NULL;
	for (char *at = cell;; at++) {
		if (*at == '"' && quoted && at[1] == '"')
			*to++ = *at++;
		else if (*at == '"')
			quoted = !quoted;
		else if (*at == '\0' || (*at == ',' && !quoted)) {
			*row = *at == '\0' ? NULL : at + 1;
			*to = '\0';
			return cell;
		} else
			*to++ = *at;
	}
}

static unsigned
find_column(char *header)
{
	unsigned column = 0;
	char *cell;

	while ((cell = next_cell(&header)) != NULL) {
		if (strcmp(cell, "full_name") == 0)
			return column;
		column++;
	}
	fputs("there is no column full_name\n", stderr);
	exit(EXIT_FAILURE);
}

static void
add_person(struct people *people, char *row, unsigned column)
{
	const char *name = "";

	for (unsigned i = 0; i <= column && row != NULL; i++)
		name = next_cell(&row);
	if ((people->count & (people->count + 1)) == 0)
		people->names = grow(people->names, 2 * people->count + 2,
		    sizeof *people->names);
	people->names[people->count++] = copy_text(name);
}

void
people_read(struct people *people, const char *path)
{
	FILE *file = fopen(path, "r");
	char *row = NULL;
	size_t capacity = 0;
	unsigned column;

	*people = (struct people){ 0 };
	if (file == NULL || getline(&row, &capacity, file) < 0)
		die(path);
	row[strcspn(row, "\r\n")] = '\0';
	column = find_column(row);
	while (getline(&row, &capacity, file) > 0) {
		row[strcspn(row, "\r\n")] = '\0';
		add_person(people, row, column);
	}
	free(row);
	fclose(file);
}

void
people_free(struct people *people)
{
	for (size_t i = 0; i < people->count; i++)
		free(people->names[i]);
	free(people->names);
}

/* The text up to a sign, which is skipped with the blanks behind it. */
static const char *
take(char out[LINE_BYTES], const char *text, char sign)
{
	const char end_signs[] = { sign, '\0' };
	const char *end = text + strcspn(text, end_signs);

	snprintf(out, LINE_BYTES, "%.*s", (int)(end - text), text);
	return end + strspn(end, " ,");
}

void
name_split(struct name *name, const char *stored)
{
	char given[LINE_BYTES];

	stored = take(name->last, stored, ',');
	stored = take(given, stored, ',');
	take(name->suffix, stored, ',');
	take(name->middle, take(name->first, given, ' '), '\0');
}

/* `part`, with `before` where it is not the first; nothing for nothing. */
static void
add_part(char out[LINE_BYTES], const char *before, const char *part)
{
	size_t length = strlen(out);

	if (*part != '\0')
		snprintf(out + length, LINE_BYTES - length, "%s%s",
		    length > 0 ? before : "", part);
}

void
name_write(const struct name *name, enum order order, char out[LINE_BYTES])
{
	bool stored = order == ORDER_STORED;

	out[0] = '\0';
	if (stored)
		add_part(out, "", name->last);
	add_part(out, ", ", name->first);
	add_part(out, " ", name->middle);
	if (!stored)
		add_part(out, " ", name->last);
	add_part(out, stored ? ", " : " ", name->suffix);
}

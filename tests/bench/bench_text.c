/*
 * What was done before there was an index: inetd starts a program for each
 * connection, which reads the directory as text from its beginning until it has
 * found the key.  The record and the answer are made as whoisd makes them.
 *
 * bench_text PEOPLE.csv   answers the key on standard input; the key is in the
 *                         first column
 */

#include "access/privacy.h"
#include "proto/answer.h"
#include "proto/form.h"
#include "record/convert.h"
#include "record/csv.h"
#include "record/record.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	CHUNK_BYTES = 1 << 18,
	ROW_BYTES_MAX = 1 << 16,
	QUESTION_MAX = 256,
	VALUES_MAX = 256,
	ANSWER_BYTES = 1 << 17
};

struct search {
	struct csv_reader *reader;
	struct converter *converter;
	struct csv_row row;
	struct span key;
	bool has_header;
};

static bool
read_question(char question[QUESTION_MAX], struct span *key)
{
	ssize_t n = read(STDIN_FILENO, question, QUESTION_MAX - 1);

	if (n <= 0)
		return false;
	question[n] = '\0';
	*key = (struct span){question, strcspn(question, "\r\n")};
	return true;
}

/* Whether this row is the person; the first one is the header. */
static bool
is_wanted(struct search *search)
{
	struct fault fault;

	if (!search->has_header) {
		search->has_header = true;
		if (converter_set_header(
			search->converter, &search->row, &fault) != ERR_NONE)
			exit(EXIT_FAILURE);
		return false;
	}
	return span_equal(search->row.fields[0], search->key);
}

/* True: the row is the person. */
static bool
search_chunk(struct search *search, struct span chunk)
{
	struct fault fault;

	while (csv_reader_next(search->reader, &chunk, &search->row, &fault) ==
	       CSV_ROW)
		if (is_wanted(search))
			return true;
	return false;
}

static bool
search_file(struct search *search, int file, struct span *record)
{
	static char chunk[CHUNK_BYTES];
	struct converted converted;
	struct fault fault;
	ssize_t n;

	while ((n = read(file, chunk, sizeof chunk)) > 0)
		if (search_chunk(search, (struct span){chunk, (size_t)n})) {
			if (convert_csv(search->converter, &search->row,
				&converted, &fault) != ERR_NONE)
				return false;
			*record = converted.record;
			return true;
		}
	return false;
}

static void
add_person(struct buf *out, const struct schema *schema, struct span record)
{
	static struct answer_value values[VALUES_MAX];
	const struct answer answer = {
	    .schema = schema, .groups = SCHEMA_PUBLIC};
	struct answer_entry entry = {.values = values};
	struct record_parts parts;
	struct record_field field;
	struct record_walk walk;

	if (!record_take_apart(&parts, schema, record))
		return;
	walk = record_walk_begin(&parts, privacy_shown(schema,
	    privacy_attributes(schema, SCHEMA_PUBLIC), &parts));
	while (entry.count < VALUES_MAX && record_walk_next(&walk, &field))
		values[entry.count++] = (struct answer_value){
		    &schema->attributes[field.attribute], field.value};
	form_add_long(out, &answer, &entry);
}

static void
reply(struct buf *out, const struct schema *schema, struct search *search,
    const char *path)
{
	struct span record;
	int file = open(path, O_RDONLY);
	bool found = file >= 0 && search_file(search, file, &record);

	buf_add_format(
	    out, "There were %d matches on your request.\r\n\r\n", found);
	if (found)
		add_person(out, schema, record);
	buf_add_string(out, "\r\nFor more information try 'whois help'.\r\n");
}

int
main(int argc, char **argv)
{
	static char memory[ANSWER_BYTES], question[QUESTION_MAX];
	static struct search search;
	struct fault fault;
	struct schema *schema =
	    schema_parse(span_from(schema_default_text), &fault);
	struct buf out;

	if (argc != 2 || schema == NULL) {
		fprintf(stderr, "usage: bench_text PEOPLE.csv <QUESTION\n");
		return 2;
	}
	search.reader = csv_reader_new(ROW_BYTES_MAX);
	search.converter = converter_new(schema);
	if (!read_question(question, &search.key))
		return EXIT_FAILURE;
	buf_init(&out, memory, sizeof memory);
	reply(&out, schema, &search, argv[1]);
	if (write(STDOUT_FILENO, out.data, out.length) < 0)
		return EXIT_FAILURE;
	converter_free(&search.converter);
	csv_reader_free(&search.reader);
	schema_free(&schema);
	return EXIT_SUCCESS;
}

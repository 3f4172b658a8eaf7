/*
 * The same questions for other directories, and their answers counted.
 *
 * peer ldif PEOPLE.csv           the people as LDIF, each with its number
 * peer filters RULE <LINES       for each line that vary printed what goes into
 *                                a filter (&...) of LDAP: each word in cn by
 *                                RULE, sub or approx
 * peer matches RULE <LINES       KIND, NAME and what SQLite's FTS5 is to
 *                                MATCH, by prefix or trigram
 * peer score LINES PEOPLE.csv <ANSWERS
 *                                KIND and how many were found by those filters,
 *                                from what ldapsearch prints of the numbers
 */

#include "quality/letters.h"
#include "quality/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIGRAM = 3 };

/* One kind of line and what it asks. */
struct line {
	char *text;
	size_t capacity;
	char *kind, *stored, *query;
};

static bool
read_line(struct line *line, FILE *file)
{
	char *rest;

	if (getline(&line->text, &line->capacity, file) < 0)
		return false;
	rest = line->text;
	rest[strcspn(rest, "\n")] = '\0';
	line->kind = strsep(&rest, "\t");
	line->stored = strsep(&rest, "\t");
	line->query = rest;
	return rest != NULL;
}

/* Full stops and commas are no part of what people are called. */
static char *
next_word(char **rest)
{
	char *word;

	while ((word = strsep(rest, " ,.")) != NULL)
		if (*word != '\0')
			return word;
	return NULL;
}

/* RFC 2849: what is not plain ASCII would have to be in base64. */
static void
print_base64(const char *label, const char *value)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t length = strlen(value);

	printf("%s:: ", label);
	for (size_t i = 0; i < length; i += 3) {
		uint32_t three = 0;

		for (size_t j = i; j < i + 3; j++)
			three = three << 8 |
			    (j < length ? (unsigned char)value[j] : 0);
		for (size_t j = 0; j < 4; j++)
			putchar(i + j <= length ?
			    digits[three >> (18 - 6 * j) & 63] : '=');
	}
	putchar('\n');
}

static int
print_ldif(const char *path)
{
	struct people people;
	char swapped[LINE_BYTES];
	struct name name;

	people_read(&people, path);
	puts("dn: dc=example\nobjectClass: domain\ndc: example\n");
	for (size_t i = 0; i < people.count; i++) {
		name_split(&name, people.names[i]);
		name_write(&name, ORDER_SWAPPED, swapped);
		printf("dn: uid=%zu,dc=example\nobjectClass: inetOrgPerson\n"
		    "uid: %zu\n", i, i);
		print_base64("cn", swapped);
		print_base64("sn", name.last);
		if (name.first[0] != '\0')
			print_base64("givenName", name.first);
		putchar('\n');
	}
	people_free(&people);
	return EXIT_SUCCESS;
}

/* RFC 4515: some signs would have to be escaped in a filter. */
static void
print_filter(const char *rule, char *query)
{
	bool sub = strcmp(rule, "sub") == 0;
	char *word;

	while ((word = next_word(&query)) != NULL) {
		word[strcspn(word, "()*\\")] = '\0';
		printf(sub ? "(cn=*%s*)" : "(cn~=%s)", word);
	}
	putchar('\n');
}

/* Shorter words than a trigram cannot be found by one. */
static void
print_match(const char *rule, char *query)
{
	bool prefix = strcmp(rule, "prefix") == 0;
	struct text text;
	char *word;

	while ((word = next_word(&query)) != NULL) {
		text_set(&text, word);
		if (prefix || text.length >= TRIGRAM)
			printf(prefix ? "\"%s\"* " : "\"%s\" ", word);
	}
	putchar('\n');
}

static int
print_filters(const char *rule)
{
	struct line line = { NULL, 0, NULL, NULL, NULL };

	while (read_line(&line, stdin))
		print_filter(rule, line.query);
	free(line.text);
	return EXIT_SUCCESS;
}

static int
print_matches(const char *rule)
{
	struct line line = { NULL, 0, NULL, NULL, NULL };

	while (read_line(&line, stdin)) {
		printf("%s\t%s\t", line.kind, line.stored);
		print_match(rule, line.query);
	}
	free(line.text);
	return EXIT_SUCCESS;
}

/* The answers to one filter, up to its result. */
static bool
is_found(const struct people *people, const char *stored, struct line *answer)
{
	bool found = false;
	size_t person;

	while (getline(&answer->text, &answer->capacity, stdin) > 0) {
		if (strncmp(answer->text, "result: ", 8) == 0)
			return found;
		if (sscanf(answer->text, "uid: %zu", &person) == 1 &&
		    person < people->count)
			found |= strcmp(people->names[person], stored) == 0;
	}
	fputs("there are fewer answers than filters\n", stderr);
	exit(EXIT_FAILURE);
}

static int
score(const char *lines, const char *path)
{
	struct line line = { NULL, 0, NULL, NULL, NULL }, answer = line;
	FILE *file = fopen(lines, "r");
	struct people people;

	people_read(&people, path);
	if (file == NULL) {
		perror(lines);
		return EXIT_FAILURE;
	}
	while (read_line(&line, file))
		printf("%s\t%d\n", line.kind,
		    is_found(&people, line.stored, &answer));
	fclose(file);
	free(line.text);
	free(answer.text);
	people_free(&people);
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "ldif") == 0)
		return print_ldif(argv[2]);
	if (argc == 3 && strcmp(argv[1], "filters") == 0)
		return print_filters(argv[2]);
	if (argc == 3 && strcmp(argv[1], "matches") == 0)
		return print_matches(argv[2]);
	if (argc == 4 && strcmp(argv[1], "score") == 0)
		return score(argv[2], argv[3]);
	fputs("usage: peer ldif|filters|matches|score ...\n", stderr);
	return 2;
}

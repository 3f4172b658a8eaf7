#include <config.h>

#include "answers.h"

#include "die.h"

#include <assert.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_MAX = 4 << 20, QUESTIONS_MAX = 4096 };

struct text {
	char *data; /* our own */
	size_t length;
};

struct pair {
	struct text question;
	struct text answer;
};

struct answers {
	unsigned count;
	struct pair pairs[QUESTIONS_MAX];
};

static struct text
copy(const char *data, size_t length)
{
	struct text own = { malloc(length), length };

	assert(own.data != NULL);
	memcpy(own.data, data, length);
	return own;
}

struct answers *
answers_read(const char *path)
{
	struct answers *a = calloc(1, sizeof *a);
	FILE *file = fopen(path, "r");
	char line[512];

	assert(a != NULL);
	if (file == NULL)
		die(path);
	while (a->count < QUESTIONS_MAX &&
	       fgets(line, sizeof line - 1, file) != NULL) {
		size_t length = strcspn(line, "\r\n");

		memcpy(line + length, "\r\n", 2);
		a->pairs[a->count++].question = copy(line, length + 2);
	}
	fclose(file);
	if (a->count == 0)
		die_with("there are no questions");
	return a;
}

void
answers_free(struct answers **answers)
{
	struct answers *a = *answers;

	*answers = NULL;
	for (unsigned i = 0; i < a->count; i++) {
		free(a->pairs[i].question.data);
		free(a->pairs[i].answer.data);
	}
	free(a);
}

static struct text
ask(const struct text *question, const struct sockaddr_in *server)
{
	static char answer[ANSWER_MAX];
	int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	size_t length = 0;
	ssize_t got;

	if (descriptor < 0 ||
	    connect(descriptor, (const void *)server, sizeof *server) != 0)
		die("connect");
	if (send(descriptor, question->data, question->length, MSG_NOSIGNAL) !=
	    (ssize_t)question->length)
		die("send");
	while ((got = recv(descriptor, answer + length, sizeof answer - length,
		    0)) > 0)
		length += (size_t)got;
	if (got < 0 || length == 0)
		die_with("a question is not answered");
	close(descriptor);
	return copy(answer, length);
}

void
answers_learn(struct answers *a, const struct sockaddr_in *server)
{
	for (unsigned i = 0; i < a->count; i++)
		a->pairs[i].answer = ask(&a->pairs[i].question, server);
}

unsigned
answers_count(const struct answers *a)
{
	return a->count;
}

unsigned
answers_largest(const struct answers *a)
{
	unsigned largest = 0;

	for (unsigned i = 1; i < a->count; i++)
		if (a->pairs[i].answer.length > a->pairs[largest].answer.length)
			largest = i;
	return largest;
}

struct span
answers_question(const struct answers *a, unsigned which)
{
	const struct text *question = &a->pairs[which].question;

	return (struct span){ question->data, question->length };
}

bool
answers_match(const struct answers *a, unsigned which, size_t offset,
    struct span bytes)
{
	const struct text *answer = &a->pairs[which].answer;

	return offset + bytes.length <= answer->length &&
	       memcmp(answer->data + offset, bytes.data, bytes.length) == 0;
}

bool
answers_is_whole(const struct answers *a, unsigned which, size_t length)
{
	return length == a->pairs[which].answer.length;
}

#include <config.h>

#include "answers.h"

#include "die.h"

#include "bench/question_list.h"
#include "bench/questions.h"

#include <assert.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_MAX = 4 << 20 };

struct answers {
	struct questions questions; /* the source that they are */
	struct question_list *list;
	struct question *pairs;
	char **texts; /* of what they expect */
	size_t count;
	size_t turn;
};

static struct question
next(struct questions *questions)
{
	struct answers *a = (struct answers *)questions;

	return a->pairs[a->turn++ % a->count];
}

struct answers *
answers_read(const char *path)
{
	struct answers *a = calloc(1, sizeof *a);
	struct fault fault;

	assert(a != NULL);
	a->questions.next = next;
	if (question_list_read(&a->list, path, &fault) != ERR_NONE)
		die_with(fault.text);
	a->count = question_list_count(a->list);
	a->pairs = calloc(a->count, sizeof *a->pairs);
	a->texts = calloc(a->count, sizeof *a->texts);
	assert(a->pairs != NULL && a->texts != NULL);
	for (size_t i = 0; i < a->count; i++)
		a->pairs[i].text = question_list_get(a->list, i);
	return a;
}

void
answers_free(struct answers **answers)
{
	struct answers *a = *answers;

	*answers = NULL;
	for (size_t i = 0; i < a->count; i++)
		free(a->texts[i]);
	free(a->texts);
	free(a->pairs);
	question_list_free(&a->list);
	free(a);
}

/* The answer lives until the next one. */
static struct span
ask(struct span question, const struct sockaddr_in *server)
{
	static char answer[ANSWER_MAX];
	int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	size_t length = 0;
	ssize_t got;

	if (descriptor < 0 ||
	    connect(descriptor, (const void *)server, sizeof *server) != 0)
		die("connect");
	if (send(descriptor, question.data, question.length, MSG_NOSIGNAL) !=
	    (ssize_t)question.length)
		die("send");
	while ((got = recv(descriptor, answer + length, sizeof answer - length,
		    0)) > 0)
		length += (size_t)got;
	if (got < 0 || length == 0)
		die_with("a question is not answered");
	close(descriptor);
	return (struct span){ answer, length };
}

void
answers_learn(struct answers *a, const struct sockaddr_in *server)
{
	for (size_t i = 0; i < a->count; i++) {
		struct span answer = ask(a->pairs[i].text, server);

		a->texts[i] = malloc(answer.length);
		assert(a->texts[i] != NULL);
		memcpy(a->texts[i], answer.data, answer.length);
		a->pairs[i].expected.data = a->texts[i];
		a->pairs[i].expected.length = answer.length;
		a->pairs[i].expects = QUESTION_EXPECTS_TO_BE;
	}
}

struct questions *
answers_questions(struct answers *a)
{
	return &a->questions;
}

struct question
answers_largest(const struct answers *a)
{
	size_t largest = 0;

	for (size_t i = 1; i < a->count; i++)
		if (a->pairs[i].expected.length >
		    a->pairs[largest].expected.length)
			largest = i;
	return a->pairs[largest];
}

/*
 * How well a directory finds people.
 *
 * ask HOST PORT WIDE_PORT PEOPLE.csv NOTES <LINES
 *      asks what vary printed, each line in a connection of its own, those of
 *      the kind punycode through the whois client, and prints a line of counts
 *      for each kind.  A server at WIDE_PORT shows up to a thousand entries of
 *      the same directory.  PEOPLE.csv is what both serve.  NOTES gets a line
 *      for each question that was missed, crowded, inexact or wrong: KIND,
 *      which of these, the name, the query, the matches, the remark
 *
 * A person is found where an entry with the same stored name is shown.  When
 * more than 50 match as well as this one no order of them can help: such a
 * question counts apart, as crowded.
 */

#include "quality/letters.h"
#include "quality/model.h"
#include "quality/people.h"
#include "quality/reply.h"

#include <fcntl.h>
#include <netdb.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SHOWN_MAX = 50, WIDE_MAX = 1000, REPLY_BYTES = 1 << 20 };
enum { KIND_BYTES = 32 };

extern char **environ;

struct server {
	char *host, *port;
	struct addrinfo *address;
};

/* What became of one kind. */
struct tally {
	char kind[KIND_BYTES];
	unsigned people, at_1, at_5, at_50, empty;
	unsigned crowded; /* more than 50 match equally well; of these ... */
	unsigned exact;   /* ... the count is exact and there is a hint */
	unsigned checked; /* ... the model had a count of its own */
	unsigned wrong;   /* ... and another one */
};

struct asking {
	struct server server, wide;
	struct model *model;
	FILE *notes;
	struct tally tally;
	char text[REPLY_BYTES], wide_text[REPLY_BYTES];
};

struct question {
	char *kind, *stored, *query;
};

_Noreturn static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static void
server_set(struct server *server, char *host, char *port)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	int failed = getaddrinfo(host, port, &hints, &server->address);

	if (failed != 0) {
		fprintf(stderr, "%s: %s\n", host, gai_strerror(failed));
		exit(EXIT_FAILURE);
	}
	server->host = host;
	server->port = port;
}

/* Up to the end of what comes; the descriptor is closed. */
static void
read_all(int descriptor, char text[REPLY_BYTES])
{
	size_t length = 0;
	ssize_t got;

	while (length < REPLY_BYTES - 1 && (got = read(descriptor,
	    text + length, REPLY_BYTES - 1 - length)) > 0)
		length += (size_t)got;
	text[length] = '\0';
	close(descriptor);
}

static void
ask_socket(const struct server *server, const char *query,
    char text[REPLY_BYTES])
{
	const struct addrinfo *address = server->address;
	int descriptor = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC,
	    0);
	char line[LINE_BYTES + 2];
	int length = snprintf(line, sizeof line, "%s\r\n", query);

	if ((size_t)length >= sizeof line) {
		fprintf(stderr, "too long: %s\n", query);
		exit(EXIT_FAILURE);
	}
	if (descriptor < 0 || connect(descriptor, address->ai_addr,
	    address->ai_addrlen) != 0)
		die("connect");
	if (send(descriptor, line, (size_t)length, MSG_NOSIGNAL) != length)
		die("send");
	read_all(descriptor, text);
}

/* Standard output of the client goes into `writing`. */
static pid_t
start_client(const struct server *server, char *query, int writing)
{
	char name[] = "whois", host[] = "-h", port[] = "-p", end[] = "--";
	char *arguments[] = { name, host, server->host, port, server->port,
		end, query, NULL };
	posix_spawn_file_actions_t actions;
	pid_t child;

	if (posix_spawn_file_actions_init(&actions) != 0 ||
	    posix_spawn_file_actions_adddup2(&actions, writing,
	    STDOUT_FILENO) != 0 ||
	    posix_spawnp(&child, name, &actions, NULL, arguments,
	    environ) != 0)
		die("whois");
	posix_spawn_file_actions_destroy(&actions);
	return child;
}

static void
ask_client(const struct server *server, char *query, char text[REPLY_BYTES])
{
	int pipes[2], status;
	pid_t child;

	if (pipe(pipes) != 0)
		die("pipe");
	fcntl(pipes[0], F_SETFD, FD_CLOEXEC);
	fcntl(pipes[1], F_SETFD, FD_CLOEXEC);
	child = start_client(server, query, pipes[1]);
	close(pipes[1]);
	read_all(pipes[0], text);
	if (waitpid(child, &status, 0) != child || status != 0)
		die("whois");
}

static void
ask(const struct server *server, const struct question *question,
    char text[REPLY_BYTES], struct reply *reply)
{
	if (strcmp(question->kind, "punycode") == 0)
		ask_client(server, question->query, text);
	else
		ask_socket(server, question->query, text);
	reply_read(reply, text);
	if (reply->understood)
		return;
	fprintf(stderr, "no count in the answer to: %s\n", question->query);
	exit(EXIT_FAILURE);
}

static void
note(const struct asking *asking, const struct question *question,
    const char *what, const struct reply *reply)
{
	fprintf(asking->notes, "%s\t%s\t%s\t%s\t%lu\t%s\n", question->kind,
	    what, question->stored, question->query, reply->count,
	    reply->remark);
}

/*
 * Those of whom one word only matches do not match the query; nor does the
 * one meant, where the server looked for something else.
 */
static bool
is_crowded(struct asking *asking, const struct question *question,
    const struct reply *reply)
{
	struct reply wide;

	if (reply->count <= SHOWN_MAX ||
	    strstr(reply->remark, "match one") != NULL)
		return false;
	if (reply->remark[0] == '\0')
		return true;
	if (strstr(reply->remark, "begin so") != NULL)
		return model_begins(question->stored, question->query);
	if (reply->count > WIDE_MAX)
		return true;
	ask(&asking->wide, question, asking->wide_text, &wide);
	return reply_rank(&wide, question->stored) > 0;
}

static void
check_count(struct asking *asking, const struct question *question,
    const struct reply *reply)
{
	bool begins = strstr(reply->remark, "begin so") != NULL;
	enum model_verdict verdict;

	/* the model knows no logins */
	if ((reply->remark[0] != '\0' && !begins) || reply->is_login)
		return;
	verdict = model_check(asking->model, question->query,
	    begins ? MODEL_BEGINNINGS : MODEL_EXACT, reply->count);
	asking->tally.checked += verdict != MODEL_SILENT;
	asking->tally.wrong += verdict == MODEL_WRONG;
	if (verdict == MODEL_WRONG)
		note(asking, question, "wrong", reply);
}

static void
count_crowded(struct asking *asking, const struct question *question,
    const struct reply *reply)
{
	asking->tally.crowded++;
	note(asking, question, "crowded", reply);
	if (!reply->is_exact || !reply->has_hint) {
		note(asking, question, "inexact", reply);
		return;
	}
	asking->tally.exact++;
	check_count(asking, question, reply);
}

static void
count_rank(struct asking *asking, const struct question *question,
    const struct reply *reply)
{
	unsigned rank = reply_rank(reply, question->stored);

	asking->tally.at_1 += rank == 1;
	asking->tally.at_5 += rank >= 1 && rank <= 5;
	asking->tally.at_50 += rank >= 1 && rank <= SHOWN_MAX;
	if (rank == 0)
		note(asking, question, "missed", reply);
}

static void
print_tally(const struct tally *tally)
{
	if (tally->people > 0)
		printf("%s\t%u\t%u\t%u\t%u\t%u\t%u\t%u\t%u\t%u\n",
		    tally->kind, tally->people, tally->at_1, tally->at_5,
		    tally->at_50, tally->empty, tally->crowded, tally->exact,
		    tally->checked, tally->wrong);
}

static void
run_question(struct asking *asking, const struct question *question)
{
	struct reply reply;

	if (strcmp(asking->tally.kind, question->kind) != 0) {
		print_tally(&asking->tally);
		asking->tally = (struct tally){ .people = 0 };
		snprintf(asking->tally.kind, KIND_BYTES, "%s",
		    question->kind);
	}
	ask(&asking->server, question, asking->text, &reply);
	asking->tally.people++;
	asking->tally.empty += reply.count == 0;
	if (is_crowded(asking, question, &reply))
		count_crowded(asking, question, &reply);
	else
		count_rank(asking, question, &reply);
}

static void
run(struct asking *asking)
{
	struct question question;
	char *line = NULL, *rest;
	size_t capacity = 0;

	while (getline(&line, &capacity, stdin) > 0) {
		rest = line;
		rest[strcspn(rest, "\n")] = '\0';
		question.kind = strsep(&rest, "\t");
		question.stored = strsep(&rest, "\t");
		question.query = rest;
		if (rest != NULL)
			run_question(asking, &question);
	}
	print_tally(&asking->tally);
	free(line);
}

int
main(int argc, char **argv)
{
	static struct asking asking;
	struct people people;

	if (argc != 6) {
		fputs("usage: ask HOST PORT WIDE_PORT PEOPLE.csv NOTES\n",
		    stderr);
		return 2;
	}
	/* In which the whois client makes punycode. */
	setenv("LC_ALL", "C.UTF-8", 1);
	server_set(&asking.server, argv[1], argv[2]);
	server_set(&asking.wide, argv[1], argv[3]);
	asking.notes = fopen(argv[5], "w");
	if (asking.notes == NULL)
		die(argv[5]);
	people_read(&people, argv[4]);
	asking.model = model_new(&people);
	run(&asking);
	model_free(&asking.model);
	people_free(&people);
	freeaddrinfo(asking.server.address);
	freeaddrinfo(asking.wide.address);
	if (fclose(asking.notes) != 0 || fflush(stdout) != 0)
		die(argv[5]);
	return EXIT_SUCCESS;
}

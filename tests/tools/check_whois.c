/*
 * The client as a whole: the program runs beside the test, which plays the
 * servers.
 */

#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SERVERS = 6, TEXT_MAX = 4096, PATIENCE_MS = 20000 };

/* A made-up server on a free port. */
struct server {
	int listener;
	int port;
	char query[TEXT_MAX]; /* as received; empty: nobody asked */
};

struct client {
	pid_t pid;
	int out, err; /* pipes to read */
	int status;
	char out_text[TEXT_MAX], err_text[TEXT_MAX];
};

static struct server servers[SERVERS];

static void
servers_open(void)
{
	for (int i = 0; i < SERVERS; i++) {
		struct sockaddr_in name = { .sin_family = AF_INET };
		socklen_t size = sizeof name;
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

		name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		ck_assert_int_ge(fd, 0);
		ck_assert_int_eq(bind(fd, (struct sockaddr *)&name, size), 0);
		ck_assert_int_eq(listen(fd, 4), 0);
		ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&name,
		    &size), 0);
		servers[i] = (struct server){ .listener = fd,
			.port = ntohs(name.sin_port) };
	}
}

static void
servers_close(void)
{
	for (int i = 0; i < SERVERS; i++)
		close(servers[i].listener);
}

static bool
is_readable(int fd, int timeout_ms)
{
	struct pollfd pollfd = { .fd = fd, .events = POLLIN };

	return poll(&pollfd, 1, timeout_ms) == 1;
}

/* `whois -h 127.0.0.1:PORT -t SECONDS WORD`, or WHOIS_SERVER in place of -h. */
static void
run_client(bool named, const char *seconds, const char *word)
{
	const char *folder = getenv("top_builddir");
	char path[TEXT_MAX], server[32];

	snprintf(path, sizeof path, "%s/src/tools/whois",
	    folder ? folder : ".");
	snprintf(server, sizeof server, "127.0.0.1:%d", servers[0].port);
	setenv("WHOIS_SERVER", named ? "" : server, 1);
	if (named)
		execl(path, "whois", "-h", server, "-t", seconds, word, NULL);
	else
		execl(path, "whois", "-t", seconds, word, NULL);
	_exit(127);
}

static void
client_start(struct client *client, bool named, const char *seconds,
    const char *word)
{
	int out[2], err[2];

	ck_assert_int_eq(pipe(out), 0);
	ck_assert_int_eq(pipe(err), 0);
	client->pid = fork();
	ck_assert_int_ge(client->pid, 0);
	if (client->pid == 0) {
		dup2(out[1], STDOUT_FILENO);
		dup2(err[1], STDERR_FILENO);
		run_client(named, seconds, word);
	}
	close(out[1]);
	close(err[1]);
	client->out = out[0];
	client->err = err[0];
}

/* Be server `number` for one connection. */
static void
serve(int number, const char *answer)
{
	struct server *server = &servers[number];
	size_t length = 0;
	int fd;

	ck_assert(is_readable(server->listener, PATIENCE_MS));
	fd = accept(server->listener, NULL, NULL);
	ck_assert_int_ge(fd, 0);
	while (memchr(server->query, '\n', length) == NULL) {
		ssize_t got = read(fd, server->query + length,
		    sizeof server->query - 1 - length);

		ck_assert_int_gt(got, 0);
		length += (size_t)got;
	}
	ck_assert_int_eq(write(fd, answer, strlen(answer)),
	    (ssize_t)strlen(answer));
	close(fd);
}

/* Serve an answer that refers to another one of the servers. */
static void
serve_referral(int number, int to)
{
	char answer[128];

	snprintf(answer, sizeof answer, "from %d\r\n"
	    "ReferralServer: whois://127.0.0.1:%d\r\n", number,
	    servers[to].port);
	serve(number, answer);
}

static void
read_all(int fd, char *text)
{
	size_t length = 0;
	ssize_t got;

	while ((got = read(fd, text + length, TEXT_MAX - 1 - length)) > 0)
		length += (size_t)got;
	text[length] = '\0';
	close(fd);
}

static void
client_finish(struct client *client)
{
	int status;

	read_all(client->out, client->out_text);
	read_all(client->err, client->err_text);
	ck_assert_int_eq(waitpid(client->pid, &status, 0), client->pid);
	ck_assert_msg(WIFEXITED(status), "ended by a signal");
	client->status = WEXITSTATUS(status);
}

static bool
anybody_calls(int number)
{
	return is_readable(servers[number].listener, 0);
}

START_TEST(sends_one_line_and_prints_the_answer)
{
	struct client client;

	servers_open();
	client_start(&client, true, "20", "smith, j\xc3\xb6rg");
	serve(0, "There were 1 matches on your request.\r\n\r\nM\xc3\xbc\r\n");
	client_finish(&client);
	ck_assert_str_eq(servers[0].query, "smith, j\xc3\xb6rg\r\n");
	ck_assert_str_eq(client.out_text,
	    "There were 1 matches on your request.\n\nM\xc3\xbc\n");
	ck_assert_str_eq(client.err_text, "");
	ck_assert_int_eq(client.status, 0);
	servers_close();
}
END_TEST

START_TEST(nothing_found_and_refused_are_status_1)
{
	static const char *const answers[] = {
		"There were 0 matches on your request.\r\n",
		"% error: that is too long\r\n",
	};

	for (unsigned i = 0; i < 2; i++) {
		struct client client;

		servers_open();
		client_start(&client, true, "20", "nobody");
		serve(0, answers[i]);
		client_finish(&client);
		ck_assert_int_eq(client.status, 1);
		servers_close();
	}
}
END_TEST

START_TEST(follows_referrals_and_says_so)
{
	struct client client;
	char wanted[128];

	servers_open();
	client_start(&client, true, "20", "smith");
	serve_referral(0, 1);
	serve_referral(1, 2);
	serve(2, "There were 0 matches on your request.\r\n");
	client_finish(&client);
	snprintf(wanted, sizeof wanted, "whois: going on to 127.0.0.1:%d\n"
	    "whois: going on to 127.0.0.1:%d\n", servers[1].port,
	    servers[2].port);
	ck_assert_str_eq(client.err_text, wanted);
	ck_assert_str_eq(servers[2].query, "smith\r\n");
	ck_assert_ptr_nonnull(strstr(client.out_text, "from 1\n"));
	/* The last answer decides. */
	ck_assert_int_eq(client.status, 1);
	servers_close();
}
END_TEST

START_TEST(asks_no_server_twice)
{
	struct client client;

	servers_open();
	client_start(&client, true, "20", "smith");
	serve_referral(0, 1);
	serve_referral(1, 0);
	client_finish(&client);
	ck_assert_ptr_nonnull(strstr(client.err_text, "a referral back to"));
	ck_assert(!anybody_calls(0));
	ck_assert_int_eq(client.status, 0);
	servers_close();
}
END_TEST

START_TEST(follows_four_referrals_and_not_a_fifth)
{
	struct client client;

	servers_open();
	client_start(&client, true, "20", "smith");
	for (int i = 0; i < 5; i++)
		serve_referral(i, i + 1);
	client_finish(&client);
	ck_assert_ptr_nonnull(strstr(client.err_text, "after 4 others"));
	ck_assert(!anybody_calls(5));
	servers_close();
}
END_TEST

/* Without -h nobody has said that a local server is what he wants. */
START_TEST(a_stranger_may_not_refer_to_loopback)
{
	struct client client;

	servers_open();
	client_start(&client, false, "20", "smith");
	serve_referral(0, 1);
	client_finish(&client);
	ck_assert_ptr_nonnull(strstr(client.err_text, "local or private"));
	ck_assert(!anybody_calls(1));
	/* The answer there is stands. */
	ck_assert_int_eq(client.status, 0);
	servers_close();
}
END_TEST

START_TEST(an_rwhois_referral_is_not_followed)
{
	struct client client;

	servers_open();
	client_start(&client, true, "20", "smith");
	serve(0, "ReferralServer: rwhois://127.0.0.1:4321\r\n");
	client_finish(&client);
	ck_assert_ptr_nonnull(strstr(client.err_text, "another protocol"));
	ck_assert_int_eq(client.status, 0);
	servers_close();
}
END_TEST

/* A port that is cut short to what there is room for is another port. */
START_TEST(refuses_a_port_that_is_too_long)
{
	struct client client;

	servers_open();
	client_start(&client, false, "20",
	    "-p00000000000000000000000000000000000000000043");
	client_finish(&client);
	ck_assert_ptr_nonnull(strstr(client.err_text, "-p is not a port"));
	ck_assert_int_eq(client.status, 2);
	servers_close();
}
END_TEST

START_TEST(gives_up_on_a_silent_server_in_time)
{
	struct client client;

	servers_open();
	client_start(&client, true, "1", "smith");
	client_finish(&client); /* connected by the kernel, never answered */
	ck_assert_str_eq(client.err_text,
	    "whois: 127.0.0.1: no answer in time\n");
	ck_assert_int_eq(client.status, 3);
	servers_close();
}
END_TEST

START_TEST(a_query_that_makes_two_commands_is_never_sent)
{
	struct client client;

	servers_open();
	client_start(&client, true, "20", "smith\r\njones");
	client_finish(&client);
	ck_assert_int_eq(client.status, 2);
	ck_assert(!anybody_calls(0));
	servers_close();
}
END_TEST

START_TEST(nobody_listening_is_a_failure_of_the_world)
{
	struct client client;

	servers_open();
	close(servers[0].listener);
	client_start(&client, true, "20", "smith");
	client_finish(&client);
	ck_assert_ptr_nonnull(strstr(client.err_text, "Connection refused"));
	ck_assert_int_eq(client.status, 3);
	for (int i = 1; i < SERVERS; i++)
		close(servers[i].listener);
}
END_TEST

UNIT_MAIN("tools/whois", sends_one_line_and_prints_the_answer,
    nothing_found_and_refused_are_status_1, follows_referrals_and_says_so,
    asks_no_server_twice, follows_four_referrals_and_not_a_fifth,
    a_stranger_may_not_refer_to_loopback, an_rwhois_referral_is_not_followed,
    refuses_a_port_that_is_too_long,
    gives_up_on_a_silent_server_in_time,
    a_query_that_makes_two_commands_is_never_sent,
    nobody_listening_is_a_failure_of_the_world)

/*
 * A closed loop of clients on this machine: each connects, asks, reads up to
 * the end and starts again.  The source addresses are spread over 127/8, since
 * one address has too few ports for the closed ones the kernel remembers.
 *
 * bench_load PORT CLIENTS SECONDS [FILE]
 *      prints "RATE P50 P99", in answers a second and microseconds.  The lines
 *      of FILE are asked in turn; without it always the same one.
 */

#include <config.h>

#include "sys/clock.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SOURCES = 200, SAMPLES_MAX = 8 << 20, BATCH = 64 };
enum { QUERIES_MAX = 1 << 16, QUERY_BYTES = 128 };

struct client {
	int fd;
	uint64_t began_us;
	size_t received;
};

struct load {
	struct sockaddr_in server;
	int epoll;
	unsigned next_source;
	uint32_t *samples_us;
	size_t count;
	unsigned long failed;
	unsigned query_count;
	unsigned next_query;
	char (*queries)[QUERY_BYTES]; /* each with its CR LF */
};

static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static void
add_query(struct load *load, const char *line)
{
	if (load->query_count < QUERIES_MAX)
		snprintf(load->queries[load->query_count++], QUERY_BYTES,
		    "%.*s\r\n", (int)strcspn(line, "\r\n"), line);
}

static void
read_queries(struct load *load, const char *path)
{
	char line[QUERY_BYTES - 2];
	FILE *file = fopen(path, "r");

	if (file == NULL)
		die(path);
	while (fgets(line, sizeof line, file) != NULL)
		add_query(load, line);
	fclose(file);
}

static const char *
next_query(struct load *load)
{
	return load->queries[load->next_query++ % load->query_count];
}

static void
bind_source(struct load *load, int fd)
{
	unsigned source = load->next_source++ % SOURCES;
	struct sockaddr_in name = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(0x7f000002u + source) };
	int one = 1;

	setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
	if (bind(fd, (struct sockaddr *)&name, sizeof name) != 0)
		die("bind");
}

static void
begin(struct load *load, struct client *client)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = client };
	const char *query = next_query(load);

	client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (client->fd < 0)
		die("socket");
	bind_source(load, client->fd);
	client->received = 0;
	client->began_us = clock_monotonic_us();
	if (connect(client->fd, (struct sockaddr *)&load->server,
	    sizeof load->server) != 0)
		die("connect");
	if (send(client->fd, query, strlen(query), MSG_NOSIGNAL) < 0)
		die("send");
	if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, client->fd, &event) != 0)
		die("epoll_ctl");
}

/* True: the answer has ended. */
static bool
receive(struct client *client)
{
	char answer[4096];
	ssize_t n;

	while ((n = recv(client->fd, answer, sizeof answer,
	    MSG_DONTWAIT)) > 0)
		client->received += (size_t)n;
	return n == 0 || errno != EAGAIN;
}

static void
end(struct load *load, struct client *client)
{
	uint64_t took_us = clock_monotonic_us() - client->began_us;

	close(client->fd);
	load->failed += client->received == 0;
	if (load->count < SAMPLES_MAX)
		load->samples_us[load->count++] = (uint32_t)took_us;
}

static void
run(struct load *load, struct client *clients, unsigned count,
    uint64_t until_us)
{
	struct epoll_event events[BATCH];

	for (unsigned i = 0; i < count; i++)
		begin(load, &clients[i]);
	while (clock_monotonic_us() < until_us) {
		int n = epoll_wait(load->epoll, events, BATCH, 1000);

		for (int i = 0; i < n; i++) {
			struct client *client = events[i].data.ptr;

			if (receive(client)) {
				end(load, client);
				begin(load, client);
			}
		}
	}
	for (unsigned i = 0; i < count; i++)
		close(clients[i].fd);
}

static int
compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
	struct load load = { .server.sin_family = AF_INET };
	struct client *clients;
	unsigned count;
	double seconds;

	if (argc != 4 && argc != 5) {
		fprintf(stderr,
		    "usage: bench_load PORT CLIENTS SECONDS [FILE]\n");
		return 2;
	}
	load.queries = calloc(QUERIES_MAX, sizeof *load.queries);
	assert(load.queries != NULL);
	if (argc == 5)
		read_queries(&load, argv[4]);
	if (load.query_count == 0)
		add_query(&load, "smith, john");
	load.server.sin_port = htons((uint16_t)atoi(argv[1]));
	load.server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	count = (unsigned)atoi(argv[2]);
	seconds = atof(argv[3]);
	clients = calloc(count, sizeof *clients);
	load.samples_us = calloc(SAMPLES_MAX, sizeof *load.samples_us);
	load.epoll = epoll_create1(EPOLL_CLOEXEC);
	assert(clients != NULL && load.samples_us != NULL && load.epoll >= 0);
	run(&load, clients, count,
	    clock_monotonic_us() + (uint64_t)(seconds * 1e6));
	qsort(load.samples_us, load.count, sizeof *load.samples_us, compare);
	if (load.count == 0 || load.failed > 0) {
		fprintf(stderr, "%lu of %zu connections had no answer\n",
		    load.failed, load.count);
		return EXIT_FAILURE;
	}
	printf("%.0f %u %u\n", (double)load.count / seconds,
	    load.samples_us[load.count / 2],
	    load.samples_us[load.count - 1 - load.count / 100]);
	free(load.queries);
	free(load.samples_us);
	free(clients);
	return EXIT_SUCCESS;
}

/*
 * A closed loop of LDAP clients, for slapd: each in a thread of its own takes
 * the next filter and searches.
 *
 * bench_ldap URI BASE CLIENTS SECONDS FILE [kept]
 *      the lines of FILE are filters.  Each question has a connection of its
 *      own, as whois has: connect, search without a bind, unbind.  With "kept"
 *      every client keeps one connection.  Prints "rate,p50_us,p99_us,found" in
 *      one line and their values in the next; found are entries for each search
 */

#include <config.h>

#include "sys/clock.h"

#include <assert.h>
#include <ldap.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILTERS_MAX = 1 << 16,
	FILTER_BYTES = 512,
	CLIENTS_MAX = 512,
	SAMPLES_MAX = 1 << 20
};

/* The same for all clients; but for the counts, none changes it. */
struct load {
	const char *uri, *base;
	bool keeps;
	uint64_t until_us;
	char (*filters)[FILTER_BYTES];
	size_t filter_count;
	atomic_size_t next;  /* filter */
	atomic_size_t count; /* samples */
	atomic_ulong found;
	uint32_t *samples_us;
};

static void
die(const char *what, int rc)
{
	fprintf(stderr, "%s: %s\n", what, ldap_err2string(rc));
	exit(EXIT_FAILURE);
}

static void
read_filters(struct load *load, const char *path)
{
	FILE *file = fopen(path, "r");

	load->filters = calloc(FILTERS_MAX, sizeof *load->filters);
	if (file == NULL || load->filters == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	while (load->filter_count < FILTERS_MAX &&
	       fgets(load->filters[load->filter_count], FILTER_BYTES, file) !=
		   NULL) {
		char *line = load->filters[load->filter_count++];

		line[strcspn(line, "\n")] = '\0';
	}
	fclose(file);
}

static LDAP *
connect_to(const char *uri)
{
	int version = LDAP_VERSION3;
	LDAP *session;
	int rc = ldap_initialize(&session, uri);

	if (rc != LDAP_SUCCESS)
		die(uri, rc);
	ldap_set_option(session, LDAP_OPT_PROTOCOL_VERSION, &version);
	return session;
}

/* More than slapd may show is an answer, as it is for whoisd. */
static void
search(struct load *load, LDAP *session)
{
	size_t nth = atomic_fetch_add(&load->next, 1) % load->filter_count;
	LDAPMessage *result = NULL;
	int rc = ldap_search_ext_s(session, load->base, LDAP_SCOPE_SUBTREE,
	    load->filters[nth], NULL, 0, NULL, NULL, NULL, 0, &result);

	if (rc != LDAP_SUCCESS && rc != LDAP_SIZELIMIT_EXCEEDED)
		die(load->filters[nth], rc);
	atomic_fetch_add(
	    &load->found, (unsigned long)ldap_count_entries(session, result));
	ldap_msgfree(result);
}

static void
record(struct load *load, uint64_t took_us)
{
	size_t at = atomic_fetch_add(&load->count, 1);

	assert(at < SAMPLES_MAX);
	load->samples_us[at] = (uint32_t)took_us;
}

static void *
run_client(void *context)
{
	struct load *load = context;
	LDAP *session = NULL;
	uint64_t began_us;

	while ((began_us = clock_monotonic_us()) < load->until_us) {
		if (session == NULL)
			session = connect_to(load->uri);
		search(load, session);
		if (!load->keeps) {
			ldap_unbind_ext_s(session, NULL, NULL);
			session = NULL;
		}
		record(load, clock_monotonic_us() - began_us);
	}
	if (session != NULL)
		ldap_unbind_ext_s(session, NULL, NULL);
	return NULL;
}

static int
compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void
report(struct load *load, double seconds)
{
	size_t count = load->count;

	if (count == 0) {
		fprintf(stderr, "there was no answer\n");
		exit(EXIT_FAILURE);
	}
	qsort(load->samples_us, count, sizeof *load->samples_us, compare);
	printf("rate,p50_us,p99_us,found\n%.1f,%u,%u,%.2f\n",
	    (double)count / seconds, load->samples_us[count / 2],
	    load->samples_us[count - 1 - count / 100],
	    (double)load->found / (double)count);
}

int
main(int argc, char **argv)
{
	static struct load load;
	pthread_t threads[CLIENTS_MAX];
	uint64_t began_us;
	unsigned clients;

	if (argc < 6) {
		fprintf(stderr, "usage: bench_ldap URI BASE CLIENTS SECONDS "
				"FILE [kept]\n");
		return 2;
	}
	load.uri = argv[1];
	load.base = argv[2];
	clients = (unsigned)atoi(argv[3]);
	load.keeps = argc > 6;
	read_filters(&load, argv[5]);
	load.samples_us = calloc(SAMPLES_MAX, sizeof *load.samples_us);
	assert(load.samples_us != NULL && clients <= CLIENTS_MAX);
	began_us = clock_monotonic_us();
	load.until_us = began_us + (uint64_t)(atof(argv[4]) * 1e6);
	for (unsigned i = 0; i < clients; i++)
		if (pthread_create(&threads[i], NULL, run_client, &load) != 0)
			return EXIT_FAILURE;
	for (unsigned i = 0; i < clients; i++)
		pthread_join(threads[i], NULL);
	report(&load, (double)(clock_monotonic_us() - began_us) / 1e6);
	free(load.filters);
	free(load.samples_us);
	return EXIT_SUCCESS;
}

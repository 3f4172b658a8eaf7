/*
 * What an answer costs beyond the two look-ups that it cannot do without: a
 * bare loop over mdb_get(), of the key and of the entry, beside the whole
 * answer to the same question, in one process, on one core, with everything
 * warm.
 *
 * bench_get DIR <KEYS   one key a line.  Prints the median times in
 *                       microseconds, and what part of an answer's time the
 *                       bare look-ups take: of all keys in turn, and of each
 *                       several times in a row
 *
 * The bare loop opens data.mdb for itself and without locks, because dir/store
 * is part of what is measured.
 */

#include "access/viewer.h"
#include "base/arena.h"
#include "dir/generation.h"
#include "proto/face.h"

#include <assert.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PASSES = 9, IN_A_ROW = 64, IN_A_ROW_KEYS = 1000, KEYS_MAX = 100000,
       KEY_BYTES = 64 };

/* Less than the default, so that valgrind can map it twice. */
#define MAP_BYTES ((size_t)1 << 34)

static const struct face_settings settings = {
	.shown_max = 50, .postings_max = 200000, .version = "bench",
};

struct key {
	char text[KEY_BYTES];
	size_t length;
};

struct bare {
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi keys, entries;
};

struct bench {
	struct bare bare;
	struct face_worker worker;
	struct key *keys;
	size_t count;
	unsigned times; /* that each is asked in a row */
};

static int64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * (int64_t)1000000000 + now.tv_nsec;
}

static void
must_succeed(int rc)
{
	if (rc == 0)
		return;
	fprintf(stderr, "%s\n", mdb_strerror(rc));
	exit(EXIT_FAILURE);
}

static void
open_bare(struct bare *bare, const char *dir)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/current", dir);
	must_succeed(mdb_env_create(&bare->env));
	must_succeed(mdb_env_set_mapsize(bare->env, MAP_BYTES));
	must_succeed(mdb_env_set_maxdbs(bare->env, 2));
	must_succeed(mdb_env_open(bare->env, path,
	    MDB_RDONLY | MDB_NOLOCK | MDB_NORDAHEAD, 0));
	must_succeed(mdb_txn_begin(bare->env, NULL, MDB_RDONLY, &bare->txn));
	must_succeed(mdb_dbi_open(bare->txn, "key", 0, &bare->keys));
	must_succeed(mdb_dbi_open(bare->txn, "entry", MDB_INTEGERKEY,
	    &bare->entries));
}

static void
close_bare(struct bare *bare)
{
	mdb_txn_abort(bare->txn);
	mdb_env_close(bare->env);
}

static bool
look_up(struct bench *bench, const struct key *asked)
{
	struct bare *bare = &bench->bare;
	MDB_val key = { asked->length, (void *)(uintptr_t)asked->text };
	MDB_val id, record;

	return mdb_get(bare->txn, bare->keys, &key, &id) == 0 &&
	    mdb_get(bare->txn, bare->entries, &id, &record) == 0;
}

static bool
answer(struct bench *bench, const struct key *asked)
{
	static char memory[FACE_OUTPUT_BYTES];
	struct session session = { 0 };
	const struct face_request question = {
		{ asked->text, asked->length }, false, &session };
	struct face_report report;
	struct buf out;

	arena_reset(bench->worker.arena);
	buf_init(&out, memory, sizeof memory);
	face_whois.serve(&bench->worker, &question, &out, &report);
	return report.hits == 1;
}

typedef bool ask_function(struct bench *bench, const struct key *asked);

/* Microseconds for one key. */
static double
time_pass(struct bench *bench, ask_function *ask)
{
	int64_t start = now_ns();
	bool found = true;

	for (size_t i = 0; i < bench->count; i++)
		for (unsigned again = 0; again < bench->times; again++)
			found &= ask(bench, &bench->keys[i]);
	assert(found);
	return (double)(now_ns() - start) / 1e3 /
	    (double)(bench->count * bench->times);
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
median_of(double times[PASSES])
{
	qsort(times, PASSES, sizeof times[0], compare);
	return times[PASSES / 2];
}

/* The first pass only warms: both maps, and the caches. */
static void
measure(struct bench *bench, const char *name)
{
	double bare[PASSES], whole[PASSES], ratio[PASSES];

	time_pass(bench, look_up);
	time_pass(bench, answer);
	for (unsigned i = 0; i < PASSES; i++) {
		bare[i] = time_pass(bench, look_up);
		whole[i] = time_pass(bench, answer);
		ratio[i] = bare[i] / whole[i];
	}
	printf("%-8s bare %6.2f us  answer %6.2f us  ratio %.2f\n", name,
	    median_of(bare), median_of(whole), median_of(ratio));
}

/* What is no key is left out. */
static void
read_keys(struct bench *bench)
{
	struct key *key = bench->keys;

	while (bench->count < KEYS_MAX &&
	    fgets(key->text, KEY_BYTES, stdin) != NULL) {
		key->length = strcspn(key->text, "\r\n");
		if (look_up(bench, key))
			key = &bench->keys[++bench->count];
	}
	assert(bench->count > 0);
}

int
main(int argc, char **argv)
{
	struct bench bench = { .times = 1,
		.worker = { .settings = &settings,
		.viewer = &viewer_stranger } };
	struct directory *directory;
	struct fault fault;

	if (argc != 2 || directory_open(&directory, argv[1], MAP_BYTES,
	    &fault) != ERR_NONE) {
		fprintf(stderr, "%s\n", argc != 2 ?
		    "usage: bench_get DIR <KEYS" : fault.text);
		return EXIT_FAILURE;
	}
	open_bare(&bench.bare, argv[1]);
	bench.worker.reader = reader_new(directory);
	bench.worker.arena = arena_new(FACE_ARENA_BYTES);
	bench.keys = calloc(KEYS_MAX, sizeof *bench.keys);
	assert(bench.keys != NULL);
	read_keys(&bench);
	measure(&bench, "in turn");
	bench.times = IN_A_ROW;
	if (bench.count > IN_A_ROW_KEYS)
		bench.count = IN_A_ROW_KEYS;
	measure(&bench, "in a row");
	free(bench.keys);
	arena_free(&bench.worker.arena);
	reader_free(&bench.worker.reader);
	close_bare(&bench.bare);
	directory_close(&directory);
	return EXIT_SUCCESS;
}

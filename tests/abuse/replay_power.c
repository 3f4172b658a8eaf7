/*
 * replay_power NOTES START OUT SEED [MOMENT KEPT [lying]]
 *
 * The disk that a loss of power leaves: it held what is under START, then some
 * of the operations of NOTES were done (tests/abuse/disk.h).  OUT is the folder
 * to make.  SEED chooses how many operations, and what share of the unsynced
 * changes is kept; or MOMENT and KEPT, in percent, say so.  With `lying` the
 * disk has not done what it was told to sync, to see that the test would
 * notice.
 *
 * Prints the number of operations that were done, "of" how many there are, and
 * the rest of what was chosen.
 */

#include "disk.h"

#include "base/arena.h"

#include <assert.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARENA_BYTES = 256 << 20, NEAR_THE_END = 25 };

static struct span
read_notes(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;
	void *bytes;

	if (fd < 0 || fstat(fd, &status) != 0) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	bytes =
	    mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	assert(bytes != MAP_FAILED);
	close(fd);
	return (struct span){ bytes, (size_t)status.st_size };
}

static unsigned
do_all(struct disk *disk, struct span notes, unsigned most)
{
	unsigned count = 0;

	while (count < most && disk_do(disk, &notes))
		count++;
	return count;
}

static unsigned
count_operations(struct arena *arena, struct span notes, const char *start)
{
	unsigned count = do_all(disk_read(arena, start), notes, UINT_MAX);

	arena_reset(arena);
	return count;
}

/* Half of the moments near the end: there are the syncs and the flip. */
static unsigned
choose_moment(unsigned count)
{
	unsigned range = count;

	if (random() % 2 == 0 && count > NEAR_THE_END)
		range = NEAR_THE_END;
	return count - (unsigned)random() % (range + 1);
}

static void
choose_loss(struct disk_loss *loss)
{
	static const unsigned shares[] = { 0, 10, 50, 90, 100 };

	loss->kept_percent = shares[random() % 5];
	loss->in_order = random() % 4 == 0;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct disk_loss loss = { .ignores_syncs = argc == 8 };
	struct disk *disk;
	struct span notes;
	unsigned count, moment;

	assert(argc == 5 || argc >= 7);
	srandom((unsigned)strtoul(argv[4], NULL, 10));
	notes = read_notes(argv[1]);
	count = count_operations(arena, notes, argv[2]);
	moment = choose_moment(count);
	choose_loss(&loss);
	if (argc >= 7) {
		moment = (unsigned)strtoul(argv[5], NULL, 10);
		loss.kept_percent = (unsigned)strtoul(argv[6], NULL, 10);
		loss.in_order = false;
	}
	disk = disk_read(arena, argv[2]);
	moment = do_all(disk, notes, moment);
	disk_lose_power(disk, &loss, argv[3]);
	printf("%u of %u operations, seed %s, %u%% kept%s\n", moment, count,
	    argv[4], loss.kept_percent, loss.in_order ? ", in order" : "");
	arena_free(&arena);
	return EXIT_SUCCESS;
}

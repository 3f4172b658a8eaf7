/*
 * A disk, and what a loss of power may leave of it.
 *
 * The model promises no more than POSIX does.  What fsync() or fdatasync() of a
 * file covered is there: its bytes and its length, with fsync() its mode.  What
 * fsync() of a folder covered is there: the names in it, and nothing of the
 * files they lead to.  Of everything else, each change may be on the disk or
 * not, whatever its order; of a write each sector of 512 bytes for itself.  A
 * rename within one folder happens wholly or not at all.
 *
 * A disk with a journal loses less: it keeps changes of names in their order,
 * and a sync of anything covers all names.  That is the second kind of loss.
 *
 * Operations come as tests/abuse/record_io notes them, each as a line
 *
 *   VERB PATH NUMBER LENGTH         and LENGTH bytes
 *
 *   create PATH MODE 0              mkdir PATH MODE 0
 *   write PATH OFFSET LENGTH        and the bytes
 *   truncate PATH SIZE 0            chmod PATH MODE 0
 *   symlink PATH 0 LENGTH           and where it leads
 *   rename PATH 0 LENGTH            and the new path
 *   unlink PATH 0 0                 also for a folder
 *   sync PATH WITH_MODE 0           fsync() has 1, fdatasync() 0
 *
 * where paths begin at the top folder, which is ".".  Everything lives in the
 * arena; what does not fit, or makes no sense, ends the program.
 */

#ifndef TESTS_ABUSE_DISK_H
#define TESTS_ABUSE_DISK_H

#include "base/span.h"

#include <stdbool.h>

struct arena;
struct disk;

/* What is under `folder`, all of it synced. */
struct disk *disk_read(struct arena *arena, const char *folder);

/* Do the first operation of `*notes` and move on; false: there was none. */
bool disk_do(struct disk *disk, struct span *notes);

struct disk_loss {
	unsigned kept_percent; /* of what no sync covered */
	bool in_order;         /* names as on a disk with a journal */
	bool ignores_syncs;    /* a disk that lies about them */
};

/* What random() leaves of the disk, as files under `folder`, a new one. */
void disk_lose_power(
    struct disk *disk, const struct disk_loss *loss, const char *folder);

#endif

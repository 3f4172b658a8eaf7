/*
 * Files that are read through a map, and what is said when one is shortened
 * under it.
 *
 * Reading a page that such a file does not have any more raises SIGBUS.  There
 * is no way to go on: whoever reads may be anywhere in a library.  But it is
 * no bug of ours either, so the process ends with a sentence that names the
 * file, and with an exit status instead of a core.
 *
 * A library does not always tell where it maps a file, so it is not the address
 * that tells the cases apart but who reads: each thread notes which file it is
 * reading.  The signal is delivered to the thread that read.
 */

#ifndef SYS_MAPPED_H
#define SYS_MAPPED_H

#include <stdint.h>

struct mapped_file {
	const char *path;
	int descriptor;
	uint64_t size_bytes; /* when it was mapped */
};

/*
 * From now on, until mapped_end(), what this thread reads is this file.  One
 * at a time.  Costs a store.
 */
void mapped_begin(const struct mapped_file *file);
void mapped_end(void);

/*
 * End the process with `exit_status` and such a sentence.  Any other SIGBUS
 * is a bug, and does what it does by default.  Before any thread; no thread
 * may block the signal.
 */
void mapped_guard(int exit_status);

#endif

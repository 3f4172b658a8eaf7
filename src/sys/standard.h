/*
 * Standard input, output and error are there.
 *
 * Who starts us may have closed them.  Then the next files to be opened would
 * get their numbers, and what is meant for standard error would be written
 * into a directory or to a client.
 */

#ifndef SYS_STANDARD_H
#define SYS_STANDARD_H

/* Open /dev/null for each that is closed; before any other file. */
void standard_fill(void);

#endif

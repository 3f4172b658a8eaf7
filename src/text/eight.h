/*
 * Eight bytes of text looked at in one step, as a number whose lowest byte is
 * the first one.
 *
 * What is found of each byte stands in its top bit.
 */

#ifndef TEXT_EIGHT_H
#define TEXT_EIGHT_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

/* Eight times the same byte. */
#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

static inline uint64_t
eight_load(const char *from)
{
	uint64_t eight;

	memcpy(&eight, from, sizeof eight);
	return le64toh(eight);
}

static inline uint64_t
eight_above_ascii(uint64_t eight)
{
	return eight & EIGHT(0x80);
}

/*
 * Less than a blank or more than a tilde.  The byte behind such a one may be
 * found with it: what is borrowed for one goes on to the next.
 */
static inline uint64_t
eight_unprintable(uint64_t eight)
{
	return ((eight - EIGHT(' ')) | (eight + EIGHT(0x7F - '~')) | eight) &
	    EIGHT(0x80);
}

static inline uint64_t
eight_equal(uint64_t eight, unsigned char byte)
{
	uint64_t other = eight ^ EIGHT(byte);

	/* nothing is carried out of a byte whose top bit is left out */
	return ~(((other & EIGHT(0x7F)) + EIGHT(0x7F)) | other) & EIGHT(0x80);
}

/* Where the first byte is of those that were found, which are some. */
static inline unsigned
eight_first(uint64_t found)
{
	return (unsigned)__builtin_ctzll(found) / 8;
}

#endif

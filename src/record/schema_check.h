/*
 * The rules of a schema that no line breaks alone: what the lines of a block
 * make together, and what one attribute leaves to the others.
 */

#ifndef RECORD_SCHEMA_CHECK_H
#define RECORD_SCHEMA_CHECK_H

struct schema_reading;

/*
 * The whole block of the reading's attribute is there, if there is one: fill in
 * what it leaves to defaults, and hold it against its own rules and the
 * attributes before it.  A complaint names the first line of the block.
 */
void schema_check_block(struct schema_reading *reading);

/* All blocks are there: find the only name and the only key among them. */
void schema_check_whole(struct schema_reading *reading);

#endif

/*
 * What was found for values that come again and again.
 *
 * Departments, rooms, titles, and the names of neighbours in an alphabet: most
 * values have been met before, and with them their terms.  A value that is
 * still known here needs neither to be folded and cut into words nor to have
 * its terms looked up.  Each attribute has a table of fixed size, so small that
 * the processor's cache holds it, and what comes later takes the place of what
 * came before.
 */

#ifndef DIR_LOAD_KNOWN_H
#define DIR_LOAD_KNOWN_H

struct inverter_found;
struct load_known;
struct record_field;

/* One thread at a time. */
struct load_known *load_known_new(void);
void load_known_free(struct load_known **known);

/*
 * Where to look, and to put down, what was found for this value: nothing (a
 * count of 0) when it is new.  It is valid until the next call for the same
 * attribute.  NULL: the value is too long to be kept.
 */
struct inverter_found *load_known_find(struct load_known *known,
    const struct record_field *field);

#endif

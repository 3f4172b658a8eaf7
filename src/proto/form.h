/*
 * The two forms of an entry, as the seed system laid them out.
 *
 * Long form, one line per value and one for an attribute without a value:
 *
 *            Full Name: Quinton, Reg
 *  Directory Addresses: reg.quinton@uwo.ca
 *                     : r.quinton@uwo.ca
 *
 * Short form, two lines:
 *
 *  Quinton, Reg                                      [481800]
 *   Info Tech Svcs                 679-2111x(6026)   reggers@julian.uwo.ca
 *
 * Gateways tell the forms apart by the colon, so the short form has none: one
 * in the data is shown as a semicolon.  They find the first column of the
 * second line by the five blanks behind it, and so the others stand closer:
 *
 *   /^[ *]([A-z0-9].*)\[(.*)\]/
 *   /^  (.*)     /
 */

#ifndef PROTO_FORM_H
#define PROTO_FORM_H

struct answer;
struct answer_entry;
struct buf;

/* What the viewer may not see has no line, not even an empty one. */
void form_add_long(struct buf *out, const struct answer *answer,
    const struct answer_entry *entry);

/* Values are cut with an ellipsis where they would pass their column. */
void form_add_short(struct buf *out, const struct answer *answer,
    const struct answer_entry *entry);

#endif

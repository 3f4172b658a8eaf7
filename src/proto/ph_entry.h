/*
 * What a PH query shows of each entry, and how:
 *
 *   -200:1:           name: Quinton, Reg
 *   -200:1:          other: reg.quinton@uwo.ca
 *   -200:1:               : r.quinton@uwo.ca
 *   -508:1:            fax: Not present in entry.
 *
 * Names of fields stand in a column of their own, as wide as the longest that
 * is wanted, whether or not an entry has it.  Further values have no name.
 */

#ifndef PROTO_PH_ENTRY_H
#define PROTO_PH_ENTRY_H

#include "base/attr.h"
#include "record/schema.h"

#include <stdbool.h>

struct answer;
struct answer_entry;
struct ph;

struct ph_wanted {
	const struct attribute *attributes[SCHEMA_ATTRIBUTES_MAX];
	unsigned count;
	size_t columns;     /* of the names */
	bool tells_missing; /* they were asked for by name: 508 */
};

/*
 * What the arguments from `from` on, behind `return`, ask for, in their order
 * and each once: fields, or `all` of them.  No argument: the default ones.
 * False: what is wrong was told, in lines that others must follow.
 */
bool ph_want(struct ph *ph, const struct answer *answer, unsigned from,
    struct ph_wanted *wanted) MUST_CHECK;

/* Entry `number`, 1 first. */
void ph_add_entry(struct ph *ph, const struct ph_wanted *wanted,
    unsigned number, const struct answer_entry *entry);

#endif

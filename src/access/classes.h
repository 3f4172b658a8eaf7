/*
 * Classes of viewers by network: who is on the campus, who is at the desk.
 *
 * An address is in every class that has it in one of its networks; no class
 * goes before another.  Class names are what schemas show attributes to
 * (access/viewer.h): one that no schema names does no harm, and may still have
 * a cap of its own or be named by a rule (access/rules.h).
 */

#ifndef ACCESS_CLASSES_H
#define ACCESS_CLASSES_H

#include "access/networks.h"
#include "access/viewer.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

struct class {
	char name[VIEWER_CLASS_NAME_MAX + 1];
	unsigned shown_max; /* entries in one answer; 0: no cap of its own */
	struct networks networks;
};

struct classes {
	struct class list[VIEWER_CLASSES_MAX];
	unsigned count;
};

/*
 * Refused: what is no name of lower case letters, digits, "-" and "_" that
 * begins with a letter, and words that mean something else where classes are
 * named ("everyone", "nobody", "all", "local").
 */
enum err class_check_name(struct span name, struct fault *fault) MUST_CHECK;

/* NULL: there is no such class. */
const struct class *classes_find(const struct classes *classes,
    struct span name);

/* All classes of the address; the names are borrowed from `classes`. */
struct viewer classes_view(const struct classes *classes,
    const struct addr *addr);

/*
 * How many entries the viewer is shown: the largest cap of its classes, or
 * `others` when none of them has one.  So a class may be shown less than
 * others, but being in one more class never takes from a viewer what a class
 * gave it.
 */
unsigned classes_shown_max(const struct classes *classes,
    const struct viewer *viewer, unsigned others);

#endif

/*
 * LDIF content records (RFC 2849), read without following anything.
 *
 * Pure, like record/csv.  Folded lines, base64 values, comments (folded ones
 * too, and inside entries), CR LF and `version:` are taken.  `attr:< url`,
 * `include:` and change records are errors with their line.
 */

#ifndef RECORD_LDIF_H
#define RECORD_LDIF_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct ldif_reader;

struct ldif_attribute {
	struct span type;  /* base type without options: "sn;lang-fr" is sn */
	struct span value; /* decoded; any bytes */
};

struct ldif_entry {
	unsigned long line; /* of its dn: line, 1 first */
	struct span dn;
	const struct ldif_attribute *attributes; /* without dn */
	unsigned count;     /* all valid until the next call */
};

/*
 * `entry_bytes_max`, at least 3, bounds what an entry holds without its folds
 * and comments, and any one line; what is longer is an error with its line.
 */
struct ldif_reader *ldif_reader_new(size_t entry_bytes_max);
void ldif_reader_free(struct ldif_reader **reader);

enum ldif_result {
	LDIF_ENTRY,
	LDIF_MORE,
	LDIF_ERROR, /* "line N: ..."; goes on behind the next blank line */
};

/*
 * Take bytes off `*input` until an entry is whole.  An empty input means the
 * end, but right behind an entry or error it does no harm.  LDIF_MORE at the
 * end: no entries left.
 */
enum ldif_result ldif_reader_next(struct ldif_reader *reader,
    struct span *input, struct ldif_entry *entry, struct fault *fault);

/*
 * A person: an object class ends in "person" (inetOrgPerson, OpenLDAPperson),
 * or there are both sn and cn.  Groups, units, roles are not.
 */
bool ldif_entry_is_person(const struct ldif_entry *entry);

#endif

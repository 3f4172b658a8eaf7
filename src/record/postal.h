/*
 * The Postal Address syntax of LDAP (RFC 4517, 3.3.28): lines separated by "$",
 * in which "\24" is a "$" and "\5C" a "\".
 */

#ifndef RECORD_POSTAL_H
#define RECORD_POSTAL_H

#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>

/* Whether values of this LDAP attribute type are postal addresses. */
bool postal_is_type(struct span type);

/* Append an address on one line: its lines trimmed and joined by ", ". */
void postal_add_line(struct buf *out, struct span address);

/* What stands for `c` in an address; NULL: `c` itself. */
const char *postal_code(char c);

#endif

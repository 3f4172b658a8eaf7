/*
 * Local parts of mail addresses, each given to one person only.
 *
 * What is asked for a second time gets a number behind it.  The table counts
 * hashes and not names, so its size is fixed; where two names share a counter
 * their numbers are merely higher than they need be.
 */

#ifndef SAMPLE_MAILBOX_H
#define SAMPLE_MAILBOX_H

#include "base/buf.h"
#include "base/span.h"

struct mailboxes;

struct mailboxes *mailboxes_new(void);
void mailboxes_free(struct mailboxes **mailboxes);

/* Append `wanted`, which does not end in a digit, or `wanted` and a number. */
void mailboxes_add_unique(struct mailboxes *mailboxes, struct buf *out,
    struct span wanted);

#endif

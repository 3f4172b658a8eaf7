/*
 * The schema: which attributes an entry has, as data.
 *
 * A schema is a text (whoisd-schema(5)) that the administrator may replace;
 * the one built in is the record of the seed system.  The text is stored in
 * every generation, so a directory always knows the schema it was made with.
 * Nothing outside this file may know an attribute by its name.
 */

#ifndef RECORD_SCHEMA_H
#define RECORD_SCHEMA_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* What the terms of an attribute are; dir/index has the function for each. */
enum index_kind {
	INDEX_NONE,
	INDEX_NAME,   /* a person's name: words, last, first, whole */
	INDEX_ALIAS,  /* another name: words, found by plain names as well */
	INDEX_WORDS,
	INDEX_DIGITS, /* telephone: numbers, extensions and their endings */
	INDEX_KEY,    /* the Index Key: exact and unique */
	INDEX_EXACT,  /* the whole value */
	INDEX_MAIL,   /* mailboxes: user@host, user@, @host */
	INDEX_KINDS,
};

enum { SCHEMA_ATTRIBUTES_MAX = 48, SCHEMA_SOURCES_MAX = 8,
       SCHEMA_PARTS_MAX = 4, SCHEMA_LABEL_MAX = 20,
       SCHEMA_NO_ATTRIBUTE = SCHEMA_ATTRIBUTES_MAX };

/*
 * A field of PH (RFC 2378) has a name and a number.  Who gives none takes the
 * attribute's own name, and a free number from the last of these on that is
 * made from it.
 */
enum { SCHEMA_PH_NAME_MAX = 20, SCHEMA_PH_NUMBER_MAX = 9999,
       SCHEMA_PH_NUMBER_FREE = 100 };

/* How many characters a value may have where the schema does not say. */
enum { SCHEMA_CHARS_DEFAULT = 256 };

/*
 * Visibility groups by number (record/schema_group), and sets of them as bits.
 * Nobody's is in no set but that of the administrator.
 */
enum { SCHEMA_GROUP_EVERYONE = 0, SCHEMA_GROUPS_MAX = 31,
       SCHEMA_GROUP_NOBODY = 31 };
#define SCHEMA_PUBLIC (UINT32_C(1) << SCHEMA_GROUP_EVERYONE)
#define SCHEMA_ALL_GROUPS UINT32_MAX

/*
 * Where a value comes from: the parts, all present, joined by ", " (sn +
 * givenName).  `first` is 1 or the number of the first value that is taken:
 * cn[2] takes the second cn and those after it.
 */
struct schema_source {
	struct span parts[SCHEMA_PARTS_MAX];
	unsigned count;
	unsigned first;
};

/* Alternatives in the order of preference; the first that is there is used. */
struct schema_sources {
	struct schema_source alternatives[SCHEMA_SOURCES_MAX];
	unsigned count;
};

struct attribute {
	unsigned id; /* its place in schema->attributes, 0 first */
	struct span name;
	struct span label;
	unsigned label_columns; /* on a terminal */
	enum index_kind index;
	bool many;      /* several values; else the first one counts */
	bool long_form; /* shown in the default long form, even when empty */
	bool short_form; /* a column of the short form's second line */
	bool split_blanks; /* CSV: blanks separate values, too */
	bool hides;     /* lists what its entry hides (record/hidden) */
	unsigned group; /* who may see it, and find people by it */
	unsigned max_chars; /* no longer value is loaded */
	struct span ph_name; /* small letters, digits, "_" and "-" */
	unsigned ph_number; /* no two have the same, nor the same ph_name */
	struct schema_sources ldif, csv;
};

struct schema {
	struct span text; /* as parsed; all other spans borrow from it */
	struct attribute attributes[SCHEMA_ATTRIBUTES_MAX];
	unsigned count;
	unsigned name_id; /* the attribute with INDEX_NAME: exactly one */
	unsigned key_id;  /* the attribute with INDEX_KEY: exactly one */
	unsigned hides_id; /* or SCHEMA_NO_ATTRIBUTE */
	struct span groups[SCHEMA_GROUPS_MAX]; /* the classes, with blanks */
	unsigned group_count; /* group 0 is "everyone" */
};

/* The text of the built-in schema; ends in NUL. */
extern const char schema_default_text[];

/*
 * Parse a schema.  The result is the caller's (schema_free) and keeps a copy
 * of the text.  NULL: `fault` says "line N: ...".  Refused are, among others:
 * userPassword as a name or source, labels that are wider than
 * SCHEMA_LABEL_MAX, hold a colon or read as a referral
 * (schema_label_is_referral), two attributes of one name or label, no or
 * several names or keys, a name or key that is not for everyone, two fields of
 * PH of one name or number, several lists of what is hidden or one that is not
 * for nobody, more groups than fit, and sources from which a dump could not be
 * loaded again (schema_dump_source).
 */
struct schema *schema_parse(struct span text, struct fault *fault) MUST_CHECK;
void schema_free(struct schema **schema);

/* By name or label, case ignored, "_" and blank alike.  NULL: there is none. */
const struct attribute *schema_find(const struct schema *schema,
    struct span name);

/* By the name of the field of PH, the case of ASCII ignored.  NULL: none. */
const struct attribute *schema_find_ph(const struct schema *schema,
    struct span name);

/* Names of attributes and columns: case ignored, "_" and blank alike. */
bool schema_names_equal(struct span a, struct span b);

/*
 * What a dump writes a value under: the first alternative of one part that
 * takes all values.  Every attribute has one, and no two have the same.
 */
struct span schema_dump_source(const struct schema_sources *sources);

/* Whether it is for those who may read these groups. */
static inline bool
attribute_is_for(const struct attribute *attribute, uint32_t groups)
{
	return (groups >> attribute->group & 1) != 0;
}

/* "refer", "whois", "ReferralServer", ...: a client would follow the line. */
bool schema_label_is_referral(struct span label);

/* userPassword however it is written, with options too: never stored. */
bool schema_source_is_secret(struct span source);

#endif

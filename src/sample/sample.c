#include "sample/sample.h"

#include "sample/culture.h"
#include "sample/letters.h"
#include "sample/lists.h"
#include "sample/mailbox.h"
#include "sample/nickname.h"
#include "sample/number.h"
#include "sample/office.h"
#include "sample/person.h"
#include "sample/random.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LOCAL_PART_BYTES = 2 * PERSON_ASCII_BYTES, UID_LETTERS = 7 };

/* Chances in a thousand. */
enum {
	UID_FIRST = 700,     /* jsmith, else smithj */
	HAS_INITIAL = 450,   /* j.smith@ */
	HAS_UID = 300,       /* jsmith@ */
	HAS_LAST = 60,       /* smith@ */
	HAS_NICKNAME = 250,  /* of those whose name has one */
};

_Static_assert(SAMPLE_PEOPLE_MAX <= (int)NUMBER_PEOPLE_MAX,
    "everybody has an Index Key");

struct sample {
	uint64_t seed;
	uint64_t made; /* how many people so far */
	struct lists *lists;
	struct cultures *cultures;
	struct letters *letters;
	struct mailboxes *mailboxes;
	/* The one that is being made. */
	struct person person;
	struct office office;
	struct buf uid;
	char uid_memory[LOCAL_PART_BYTES];
};

struct sample *
sample_new(uint64_t seed)
{
	struct sample *sample = calloc(1, sizeof *sample);

	assert(sample != NULL);
	sample->seed = seed;
	sample->lists = lists_new();
	sample->cultures = cultures_new(sample->lists);
	sample->letters = letters_new();
	lists_teach(sample->lists, sample->letters);
	letters_finish(sample->letters);
	sample->mailboxes = mailboxes_new();
	return sample;
}

void
sample_free(struct sample **sample)
{
	mailboxes_free(&(*sample)->mailboxes);
	letters_free(&(*sample)->letters);
	cultures_free(&(*sample)->cultures);
	lists_free(&(*sample)->lists);
	free(*sample);
	*sample = NULL;
}

void
sample_add_header(struct buf *out)
{
	buf_add_string(out, "index_key,full_name,department,room,phone,uid,"
	    "machine_address,directory_addresses,title,nickname\r\n");
}

/* No name holds a quote, so there is none to double (RFC 4180). */
static void
add_field(struct buf *out, struct span text)
{
	bool is_quoted = memchr(text.data, ',', text.length) != NULL;

	buf_add_char(out, ',');
	if (is_quoted)
		buf_add_char(out, '"');
	buf_add(out, text);
	if (is_quoted)
		buf_add_char(out, '"');
}

static struct span
head(struct span text, size_t length)
{
	return (struct span){ text.data,
		text.length < length ? text.length : length };
}

/* "jsmith" or "smithj", "madonna" for one name only. */
static void
make_uid(struct sample *sample, struct random *random)
{
	struct span first = sample->person.first_ascii;
	struct span last = head(buf_span(&sample->person.last), UID_LETTERS);
	char memory[2 * UID_LETTERS];
	struct buf wanted;

	buf_init(&wanted, memory, sizeof memory);
	if (last.length == 0) {
		buf_add(&wanted, head(first, UID_LETTERS));
	} else if (random_chance(random, UID_FIRST)) {
		buf_add(&wanted, head(first, 1));
		buf_add(&wanted, last);
	} else {
		buf_add(&wanted, last);
		buf_add(&wanted, head(first, 1));
	}
	buf_init(&sample->uid, sample->uid_memory, sizeof sample->uid_memory);
	mailboxes_add_unique(sample->mailboxes, &sample->uid,
	    buf_span(&wanted));
}

static void
add_machine_address(struct sample *sample, struct random *random,
    struct buf *out)
{
	static const char *const machines[] = {
		"julian", "hermes", "gaul", "panther", "bosshog", "heartlab",
		"valhalla", "macbeth", "danube", "obelix",
	};

	buf_add_char(out, ',');
	buf_add(out, buf_span(&sample->uid));
	buf_add_char(out, '@');
	buf_add_string(out, machines[random_skewed(random,
	    sizeof machines / sizeof machines[0])]);
	buf_add_string(out, ".example.edu");
}

/* `first` "." last at a host, made unique. */
static void
add_address(struct sample *sample, struct buf *out, struct span first,
    const char *host)
{
	char memory[LOCAL_PART_BYTES];
	struct buf wanted;

	buf_init(&wanted, memory, sizeof memory);
	buf_add(&wanted, first);
	if (first.length > 0 && sample->person.last.length > 0)
		buf_add_char(&wanted, '.');
	buf_add(&wanted, buf_span(&sample->person.last));
	mailboxes_add_unique(sample->mailboxes, out, buf_span(&wanted));
	buf_add_string(out, host);
}

/* One to four, separated by blanks. */
static void
add_directory_addresses(struct sample *sample, struct random *random,
    struct buf *out)
{
	static const char *const hosts[] = {
		"@example.edu", "@example.edu", "@alumni.example.edu",
		"@med.example.edu", "@example.org",
	};
	const char *host = hosts[random_skewed(random,
	    sizeof hosts / sizeof hosts[0])];
	struct span first = sample->person.first_ascii;

	buf_add_char(out, ',');
	add_address(sample, out, first, host);
	if (random_chance(random, HAS_INITIAL)) {
		buf_add_char(out, ' ');
		add_address(sample, out, head(first, 1), host);
	}
	if (random_chance(random, HAS_UID)) {
		buf_add_char(out, ' ');
		buf_add(out, buf_span(&sample->uid));
		buf_add_string(out, host);
	}
	if (sample->person.last.length > 0 && random_chance(random, HAS_LAST)) {
		buf_add_char(out, ' ');
		add_address(sample, out, head(first, 0), host);
	}
}

static void
add_nickname(struct sample *sample, struct random *random, struct buf *out)
{
	struct span nickname = nickname_find(sample->person.first);

	if (!random_chance(random, HAS_NICKNAME))
		nickname.length = 0;
	add_field(out, nickname);
}

void
sample_add_person(struct sample *sample, struct buf *out)
{
	struct random random = random_from(sample->seed, sample->made);

	person_make(&sample->person, &random,
	    cultures_draw(sample->cultures, &random), sample->letters);
	office_make(&sample->office, &random);
	make_uid(sample, &random);
	buf_add_number(out, number_index_key(sample->seed, sample->made++));
	add_field(out, buf_span(&sample->person.full));
	add_field(out, sample->office.department);
	add_field(out, buf_span(&sample->office.room));
	add_field(out, buf_span(&sample->office.phone));
	add_field(out, buf_span(&sample->uid));
	add_machine_address(sample, &random, out);
	add_directory_addresses(sample, &random, out);
	add_field(out, sample->office.title);
	add_nickname(sample, &random, out);
	buf_add_string(out, "\r\n");
}

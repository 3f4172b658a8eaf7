#include "proto/ph_help.h"

#include "base/buf.h"
#include "proto/ph.h"
#include "proto/ph_reply.h"
#include "proto/ph_topics.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { LIST_COLUMNS = 70, COLUMN_GAP = 2 };

static const struct span native = SPAN_LITERAL("native");

/* "-200:number: " */
static void
begin_line(struct ph *ph, unsigned number)
{
	ph_begin_line(ph, -PH_OK);
	ph_add_number(ph, number);
	ph_add_string(ph, " ");
}

static void
say_line(struct ph *ph, unsigned number, struct span text)
{
	begin_line(ph, number);
	ph_add_text(ph, text);
	ph_end_line(ph);
}

/* The topics of one client, which lie together. */
static unsigned
find_client(struct span client, unsigned *first)
{
	unsigned count = 0;

	for (unsigned i = 0; i < ph_topic_count; i++)
		if (span_is_nocase(client, ph_topics[i].client)) {
			*first = count == 0 ? i : *first;
			count++;
		}
	return count;
}

static void
list_clients(struct ph *ph)
{
	say_line(ph, 1, span_from("The following clients have help:"));
	say_line(ph, 1, span_from("native  ph"));
	say_line(ph, 1,
	    span_from("To view one of these topics, type ``help"
		      " name-of-topic-you-want''."));
	ph_say(ph, PH_OK, "Ok.");
}

static size_t
longest_name(const struct ph_topic *topics, unsigned count)
{
	size_t longest = 0;

	for (unsigned i = 0; i < count; i++)
		if (strlen(topics[i].name) > longest)
			longest = strlen(topics[i].name);
	return longest;
}

/* Down the columns, as ls(1) does. */
static void
list_names(struct ph *ph, unsigned number, const struct ph_topic *topics,
    unsigned count)
{
	unsigned columns =
	    (unsigned)(LIST_COLUMNS /
		       (longest_name(topics, count) + COLUMN_GAP));
	unsigned width = LIST_COLUMNS / columns;
	unsigned rows = (count + columns - 1) / columns;

	for (unsigned row = 0; row < rows; row++) {
		begin_line(ph, number);
		for (unsigned i = row; i < count; i += rows) {
			ph_add_string(ph, topics[i].name);
			if (i + rows < count)
				buf_add_repeat(ph->out, ' ',
				    width - strlen(topics[i].name));
		}
		ph_end_line(ph);
	}
}

/* `also` where the server's own topics follow those of a client. */
static void
list_topics(struct ph *ph, unsigned number, struct span client, bool also)
{
	unsigned first = 0;
	unsigned count = find_client(client, &first);

	begin_line(ph, number);
	ph_add_string(ph, "These ``");
	ph_add_text(ph, client);
	ph_add_string(ph, "'' help topics are ");
	ph_add_string(ph, also ? "also available:" : "available:");
	ph_end_line(ph);
	list_names(ph, number, ph_topics + first, count);
	begin_line(ph, number);
	ph_add_string(ph, "To view one of these topics, type ``help ");
	ph_add_text(ph, client);
	ph_add_string(ph, " name-of-topic-you-want''.");
	ph_end_line(ph);
}

static void
list_client(struct ph *ph, struct span client)
{
	list_topics(ph, 1, client, false);
	if (!span_equal_nocase(client, native))
		list_topics(ph, 2, native, true);
	ph_say(ph, PH_OK, "Ok.");
}

static const struct ph_topic *
find_topic(struct span client, struct span name)
{
	const struct ph_topic *topic = ph_topic_find(client, name);

	if (topic == NULL)
		topic = ph_topic_find(native, name);
	return topic != NULL ? topic : ph_topic_find(span_from("ph"), name);
}

/* False: there is none. */
static bool
show_topic(struct ph *ph, unsigned number, struct span client, struct span name)
{
	const struct ph_topic *topic = find_topic(client, name);
	struct span rest;

	if (memchr(name.data, '/', name.length) != NULL) {
		ph_begin_line(ph, -PH_BAD_TOPIC);
		ph_add_number(ph, number);
		ph_add_text(ph, name);
		ph_add_string(ph, ": Valid help topics don't contain /'s.");
		ph_end_line(ph);
		return false;
	}
	ph_begin_line(ph, -PH_OK);
	ph_add_number(ph, number);
	ph_add_text(ph, name);
	ph_add_string(ph, ": ");
	ph_end_line(ph);
	if (topic == NULL)
		return false;
	rest = span_from(topic->text);
	while (rest.length > 0)
		say_line(ph, number, span_cut(&rest, '\n'));
	return true;
}

/* The arguments from `first` on are topics. */
static void
show_topics(struct ph *ph, struct span client, unsigned first)
{
	const struct ph_line *line = &ph->line;
	bool found = false;

	for (unsigned i = first; i < line->count; i++)
		found |= show_topic(
		    ph, i - first + 1, client, line->arguments[i].value);
	if (found)
		ph_say(ph, PH_OK, "Ok.");
	else
		ph_say(ph, PH_ERROR, "No help available.");
}

void
ph_help(struct ph *ph)
{
	const struct ph_line *line = &ph->line;
	unsigned first;

	ph->report->form = "help";
	if (line->count == 0)
		list_clients(ph);
	else if (find_client(line->arguments[0].value, &first) == 0)
		show_topics(ph, native, 0);
	else if (line->count == 1)
		list_client(ph, line->arguments[0].value);
	else
		show_topics(ph, line->arguments[0].value, 1);
}

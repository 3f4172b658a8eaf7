#include <config.h>

#include "proto/client.h"

#include "text/utf8.h"

#include <string.h>

static const struct span nothing = SPAN_LITERAL("There were 0 matches");
static const struct span refused = SPAN_LITERAL("% error:");
static const struct span referral = SPAN_LITERAL("ReferralServer:");

static bool
starts_with_nocase(struct span text, struct span prefix)
{
	return text.length >= prefix.length && span_equal_nocase(
	    (struct span){ text.data, prefix.length }, prefix);
}

/* A copy with its NUL.  False: empty, too long, or not one clean word. */
static bool
copy_word(char *to, size_t size, struct span word)
{
	if (word.length == 0 || word.length >= size)
		return false;
	for (size_t i = 0; i < word.length; i++)
		if ((unsigned char)word.data[i] <= ' ' || word.data[i] == 0x7f)
			return false;
	memcpy(to, word.data, word.length);
	to[word.length] = '\0';
	return true;
}

/* Cut "[IPV6]" off `*rest`.  False: the bracket is never closed. */
static bool
cut_brackets(struct span *rest, struct span *host)
{
	size_t whole = rest->length;

	*rest = span_skip(*rest, 1);
	*host = span_cut(rest, ']');
	return host->length + 2 + rest->length == whole;
}

bool
server_name_parse(struct server_name *name, struct span text)
{
	struct span rest = text, host, after;

	name->port[0] = '\0';
	if (text.length > 0 && text.data[0] == '[') {
		if (!cut_brackets(&rest, &host))
			return false;
		if (rest.length > 0 && span_cut(&rest, ':').length > 0)
			return false;
		if (rest.length == 0)
			return text.data[text.length - 1] == ']' &&
			    copy_word(name->host, sizeof name->host, host);
	} else {
		host = span_cut(&rest, ':');
		after = rest;
		/* More than one colon: an IPv6 address without a port. */
		if (span_cut(&after, ':').length < rest.length)
			return copy_word(name->host, sizeof name->host, text);
		if (host.length == text.length)
			return copy_word(name->host, sizeof name->host, host);
	}
	return copy_word(name->host, sizeof name->host, host) &&
	    copy_word(name->port, sizeof name->port, rest);
}

bool
server_name_equal(const struct server_name *a, const struct server_name *b,
    const char *default_port)
{
	const char *a_port = a->port[0] ? a->port : default_port;
	const char *b_port = b->port[0] ? b->port : default_port;

	return strcmp(a_port, b_port) == 0 &&
	    span_equal_nocase(span_from(a->host), span_from(b->host));
}

bool
client_query_is_safe(struct span query)
{
	for (size_t i = 0; i < query.length; i++)
		if ((unsigned char)query.data[i] < ' ' || query.data[i] == 0x7f)
			return false;
	return true;
}

/* What stands behind "ReferralServer:": a URL of which the host counts. */
static void
note_referral(struct client_notes *notes, struct span url)
{
	static const struct span whois = SPAN_LITERAL("whois://");
	static const struct span rwhois = SPAN_LITERAL("rwhois://");
	struct server_name name;

	url = span_next_word(&url);
	if (starts_with_nocase(url, rwhois)) {
		notes->has_rwhois = true;
	} else if (!notes->has_referral && starts_with_nocase(url, whois)) {
		url = span_skip(url, whois.length);
		if (!server_name_parse(&name, span_cut(&url, '/')))
			return;
		notes->referral = name;
		notes->has_referral = true;
	}
}

static void
note_line(struct client_notes *notes, struct span line)
{
	if (span_starts_with(line, nothing))
		notes->outcome = CLIENT_NOTHING;
	else if (span_starts_with(line, refused))
		notes->outcome = CLIENT_REFUSED;
	else if (starts_with_nocase(line, referral))
		note_referral(notes, span_skip(line, referral.length));
}

void
client_note(struct client_notes *notes, struct span piece)
{
	while (piece.length > 0) {
		size_t before = piece.length;
		struct span line = span_cut(&piece, '\n');
		bool is_ended = line.length < before;

		if (!notes->inside_line)
			note_line(notes, line);
		notes->inside_line = !is_ended;
	}
}

/* How long the character is whose first byte is `c`; 0: it is no first byte. */
static size_t
character_length(unsigned char c)
{
	if (c >= 0xf0)
		return 4;
	if (c >= 0xe0)
		return 3;
	if (c >= 0xc0)
		return 2;
	return c < 0x80;
}

/* The bytes at the end that begin a character which is not all there. */
static size_t
cut_character_length(struct span text)
{
	for (size_t back = 1; back <= 3 && back <= text.length; back++) {
		size_t length = character_length(
		    (unsigned char)text.data[text.length - back]);

		if (length > 0)
			return length > back ? back : 0;
	}
	return 0;
}

size_t
client_piece_length(struct span received, bool must_go)
{
	const char *end = received.length > 0 ?
	    memrchr(received.data, '\n', received.length) : NULL;

	if (end != NULL)
		return (size_t)(end - received.data) + 1;
	return must_go ? received.length - cut_character_length(received) : 0;
}

/* One line, without its LF. */
static void
add_line_shown(struct buf *out, struct span line, bool is_terminal)
{
	if (!is_terminal) {
		buf_add(out, line);
		return;
	}
	while (line.length > 0) {
		size_t before = line.length;
		struct span part = span_cut(&line, '\t');

		utf8_add_sanitised(out, part);
		if (part.length < before)
			buf_add_char(out, '\t');
	}
}

void
client_add_shown(struct buf *out, struct span piece, bool is_terminal)
{
	while (piece.length > 0) {
		size_t before = piece.length;
		struct span line = span_cut(&piece, '\n');
		bool is_ended = line.length < before;

		if (is_ended && line.length > 0 &&
		    line.data[line.length - 1] == '\r')
			line.length--;
		add_line_shown(out, line, is_terminal);
		if (is_ended)
			buf_add_char(out, '\n');
	}
}

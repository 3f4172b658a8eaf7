#include "server/config_text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static unsigned
line_of(const char *text, const char *at)
{
	unsigned line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

/* libconfuse takes a C string, so a NUL would hide what follows it. */
static enum err
refuse_nul(struct span text, const char *name, struct fault *fault)
{
	const char *nul = text.length ?
	    memchr(text.data, '\0', text.length) : NULL;

	if (nul == NULL)
		return ERR_NONE;
	return fault_set(fault, ERR_REFUSED, "%s:%u: there is a NUL byte", name,
	    line_of(text.data, nul));
}

/*
 * The text as a string that ends in a newline: of a backslash at the very end
 * libconfuse's scanner knows nothing better than to print it.
 */
static char *
make_lines(struct span text)
{
	char *string = malloc(text.length + 2);

	assert(string != NULL);
	if (text.length > 0)
		memcpy(string, text.data, text.length);
	memcpy(string + text.length, "\n", 2);
	return string;
}

/* Behind a comment that begins at `text`; `text` when none does, or no end. */
static char *
skip_comment(char *text)
{
	char *end;

	if (text[0] == '#' || strncmp(text, "//", 2) == 0)
		return text + strcspn(text, "\n");
	if (strncmp(text, "/*", 2) != 0)
		return text;
	end = strstr(text + 2, "*/");
	return end ? end + 2 : text;
}

/* Behind the word or the text in quotes at `text`, at least one byte. */
static char *
skip_word(char *text)
{
	const char quote = *text++;

	if (quote != '"' && quote != '\'')
		/* Where a word may not go on, a comment may begin. */
		return strchr(" \t\r\n={}()+,", quote) ? text :
		    text + strcspn(text, " \t\r\n={}()+,\"'#");
	while (*text != '\0' && *text != quote)
		text += text[0] == '\\' && text[1] != '\0' ? 2 : 1;
	return *text == quote ? text + 1 : text;
}

/*
 * Comments become blanks before libconfuse sees them: it counts too many lines
 * for each, takes `//word` for a value, and one that is never closed for the
 * end of the file.
 */
static enum err
blank_comments(char *text, const char *name, struct fault *fault)
{
	char *at = text;

	while (*at != '\0') {
		char *end = skip_comment(at);

		if (end == at && strncmp(at, "/*", 2) == 0)
			return fault_set(fault, ERR_REFUSED, "%s:%u: a comment"
			    " that begins here is never closed", name,
			    line_of(text, at));
		if (end == at)
			at = skip_word(at);
		for (; at < end; at++)
			if (*at != '\n')
				*at = ' ';
	}
	return ERR_NONE;
}

/* libconfuse takes the end of the file for the end of a section, too. */
static enum err
check_braces(char *text, const char *name, struct fault *fault)
{
	const char *opened = text;
	unsigned depth = 0;

	for (char *at = text; *at != '\0'; at = skip_word(at)) {
		if (*at == '{' && depth++ == 0)
			opened = at;
		else if (*at == '}' && depth > 0)
			depth--;
	}
	if (depth == 0)
		return ERR_NONE;
	return fault_set(fault, ERR_REFUSED, "%s:%u: a brace that opens here "
	    "is never closed", name, line_of(text, opened));
}

char *
config_text_prepare(struct span text, const char *name, struct fault *fault)
{
	char *string;

	if (refuse_nul(text, name, fault) != ERR_NONE)
		return NULL;
	string = make_lines(text);
	if (blank_comments(string, name, fault) == ERR_NONE &&
	    check_braces(string, name, fault) == ERR_NONE)
		return string;
	free(string);
	return NULL;
}

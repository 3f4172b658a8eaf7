#include "quality/reply.h"

#include <stdio.h>
#include <string.h>

static const char ellipsis[] = "\xe2\x80\xa6";
static const char label[] = "Full Name: ";

static bool
begins(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

static void
add_name(struct reply *reply, char *name)
{
	size_t length = strlen(name);

	while (length > 0 && name[length - 1] == ' ')
		length--;
	name[length] = '\0';
	if (reply->shown < REPLY_NAMES_MAX)
		reply->names[reply->shown++] = name;
}

/* " Name   [key]"; the second line of an entry has two blanks. */
static bool
is_short_form(const char *line)
{
	return line[0] == ' ' && line[1] != ' ' && line[1] != '\0' &&
	    line[strlen(line) - 1] == ']' && strstr(line, " [") != NULL;
}

static void
read_entry(struct reply *reply, char *line)
{
	char *found = strstr(line, label);

	if (is_short_form(line)) {
		*strrchr(line, '[') = '\0';
		add_name(reply, line + 1);
	} else if (found != NULL && strspn(line, " ") ==
	    (size_t)(found - line)) {
		add_name(reply, found + strlen(label));
	}
}

/*
 * Behind the entries there is a remark that repeats the count, "At least"
 * where it goes on, and one that helps.
 */
static void
read_remark(struct reply *reply, char *line)
{
	if (reply->shown == 0 && reply->remark[0] == '\0')
		reply->remark = line + 2;
	else if (begins(line, "% At least ") ||
	    strstr(line, "too wide") != NULL)
		reply->is_exact = false;
	else if (strstr(line, " this name; to see ") != NULL)
		reply->is_login = true;
	else if (strstr(line, " are shown.") == NULL)
		reply->has_hint = true;
}

static void
read_line(struct reply *reply, char *line)
{
	if (!reply->understood)
		reply->understood = sscanf(line, "There were %lu matches",
		    &reply->count) == 1;
	else if (begins(line, "% "))
		read_remark(reply, line);
	else
		read_entry(reply, line);
}

void
reply_read(struct reply *reply, char *text)
{
	char *line;

	*reply = (struct reply){ .is_exact = true, .remark = "" };
	while ((line = strsep(&text, "\n")) != NULL) {
		line[strcspn(line, "\r")] = '\0';
		read_line(reply, line);
	}
}

/* The short form has a semicolon for a colon and cuts what is too long. */
static bool
is_shown_as(const char *shown, const char *name)
{
	for (; *shown != '\0'; shown++, name++)
		if (*shown != (*name == ':' ? ';' : *name) && *shown != *name)
			return strcmp(shown, ellipsis) == 0 && *name != '\0';
	return *name == '\0';
}

unsigned
reply_rank(const struct reply *reply, const char *name)
{
	for (unsigned i = 0; i < reply->shown; i++)
		if (is_shown_as(reply->names[i], name))
			return i + 1;
	return 0;
}

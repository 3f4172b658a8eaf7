#include "proto/ph_topics.h"

#include <stddef.h>

#define NATIVE(name, text)                                                     \
	{                                                                      \
		"native", name, text                                           \
	}
#define PH(name, text)                                                         \
	{                                                                      \
		"ph", name, text                                               \
	}

/* clang-format off */
const struct ph_topic ph_topics[] = {
	NATIVE("100",
	    "Progress: a remark before an answer.\n"),
	NATIVE("101",
	    "The command as it was read, before its answer, once ``set echo''\n"
	    "has asked for that.\n"),
	NATIVE("102",
	    "So many entries match the query; they follow.\n"),
	NATIVE("200",
	    "All went well.  Lines of -200 are data, the line of 200 is the end\n"
	    "of the answer.\n"),
	NATIVE("201",
	    "All went well, but nothing can be changed here.\n"),
	NATIVE("400",
	    "You are not served at the moment, or not from where you are; the\n"
	    "sentence says why.  The connection is closed.\n"),
	NATIVE("401",
	    "An entry is damaged and cannot be shown.  The administrator is told\n"
	    "in the log.\n"),
	NATIVE("475",
	    "The directory cannot be read at the moment; try again later.  The\n"
	    "administrator is told in the log.\n"),
	NATIVE("500",
	    "The command failed; lines before this one may say why.\n"),
	NATIVE("501",
	    "No entry matches all of the query.  Words are whole words: for the\n"
	    "beginning of one, ask for smi*.\n"),
	NATIVE("502",
	    "More entries match than are shown, and so none is.  Add another word\n"
	    "or another field to the query.\n"),
	NATIVE("507",
	    "There is no field of this name; ``fields'' lists those there are.\n"),
	NATIVE("508",
	    "The entry has no value of a field that you asked to return.\n"),
	NATIVE("512",
	    "The option cannot have this value; it has kept the one it had.\n"),
	NATIVE("513",
	    "There is no option of this name; ``set'' lists those there are.\n"),
	NATIVE("515",
	    "A query needs a field that ``fields'' calls Indexed, and for it a word\n"
	    "of more than one character that does not begin with a wildcard.\n"),
	NATIVE("517",
	    "Nothing can be changed here: entries are changed where the directory\n"
	    "is made.\n"),
	NATIVE("520",
	    "The search would take too long.  Ask for a rarer word.\n"),
	NATIVE("524",
	    "The name of a help topic does not contain a /.\n"),
	NATIVE("529",
	    "There is no way to log in here.\n"),
	NATIVE("598",
	    "There is no such command.  Commands are in small letters; ``help\n"
	    "native commands'' lists them.\n"),
	NATIVE("599",
	    "The words behind the command cannot be understood.  In a query, what\n"
	    "holds blanks or other marks stands in \"quotes\".\n"),
	NATIVE("charsets",
	    "Answers are in UTF-8 unless ``set charset'' has chosen iso-8859-1 or\n"
	    "us-ascii; commands are read in the same charset.\n"
	    "\n"
	    "A value that cannot be written in it is sent as quoted-printable of\n"
	    "its UTF-8 bytes: M=C3=BCller.  An equal sign in such a value is =3D.\n"),
	NATIVE("commands",
	    "query, ph    find people\n"
	    "fields       what is known of a person\n"
	    "help         this help\n"
	    "set          options of this session\n"
	    "status       whether the server is ready\n"
	    "siteinfo     about this server\n"
	    "id           tell the log who you are\n"
	    "quit         end the session; also exit and stop\n"
	    "\n"
	    "login, xlogin, answer, clear, email, logout, change, add and delete\n"
	    "are known, and refused.\n"),
	NATIVE("introduction",
	    "This is a directory of people.  Ask for one by name,\n"
	    "\n"
	    "    query reg quinton\n"
	    "\n"
	    "or by any of the fields that ``fields'' lists:\n"
	    "\n"
	    "    query alias=reggers return email phone\n"
	    "\n"
	    "``help ph query'' tells more.\n"),
	NATIVE("privacy",
	    "What an entry keeps from you is neither shown nor found, and a field\n"
	    "that is not for you does not exist for you.\n"),
	NATIVE("protocol",
	    "The protocol is that of RFC 2378.  An answer ends at its first line\n"
	    "with a code of 200 or more and no minus before it.  Commands may be\n"
	    "sent without waiting for answers, which come in the same order.\n"),
	PH("add",
	    "Nothing can be added here: entries are made where the directory is.\n"),
	PH("answer",
	    "There is no login to answer for.\n"),
	PH("change",
	    "Nothing can be changed here: entries are changed where the directory\n"
	    "is made.\n"),
	PH("clear",
	    "There is no login to answer for.  Send no password.\n"),
	PH("delete",
	    "Nothing can be deleted here: entries are made where the directory is.\n"),
	PH("email",
	    "There is no login to answer for.\n"),
	PH("exit",
	    "The same as quit.\n"),
	PH("fields",
	    "fields [name ...]\n"
	    "\n"
	    "Lists what is known of a person, two lines for each field: how long a\n"
	    "value may be and how the field may be used, and what it means.\n"
	    "\n"
	    "    Indexed   can find people\n"
	    "    Lookup    may stand in a query\n"
	    "    Public    is shown to everyone\n"
	    "    LocalPub  is shown to some, to you among them\n"
	    "    Default   is shown where no other is asked for\n"),
	PH("help",
	    "help\n"
	    "help client [topic ...]\n"
	    "help topic\n"
	    "\n"
	    "Shows the clients that have help, the topics of one, or a topic.\n"),
	PH("id",
	    "id name\n"
	    "\n"
	    "Leaves your name, or any other text, in the log of the server.\n"),
	PH("login",
	    "Nobody can log in here.\n"),
	PH("logout",
	    "Nobody is logged in here.\n"),
	PH("ph",
	    "The same as query.\n"),
	PH("query",
	    "query [field=]value ... [return field ...]\n"
	    "ph [field=]value ... [return field ...]\n"
	    "\n"
	    "    query smith                     a word of the name, or a nickname\n"
	    "    query john smith                both words, in any order\n"
	    "    query name=smith phone=6026     both conditions\n"
	    "    query email=\"j.smith@uwo.ca\"    in quotes: one after the other\n"
	    "    query smith return email phone  these fields only\n"
	    "    query smith return all          every field\n"
	    "\n"
	    "Words are whole words, and capitals and accents make no difference.\n"
	    "In them * stands for any letters, + for one or more, ? for one, and\n"
	    "[aei] for one of these.\n"
	    "\n"
	    "One of the fields must be one that ``fields'' calls Indexed, and its\n"
	    "word have more than one letter and not begin with a wildcard.\n"),
	PH("quit",
	    "Ends the session; also exit and stop.\n"),
	PH("set",
	    "set\n"
	    "set option[=value] ...\n"
	    "\n"
	    "    echo=on            commands are repeated before their answers\n"
	    "    limit=N            a query that finds more than N shows none\n"
	    "    verbose=on         set says what it does\n"
	    "    charset=NAME       utf-8, iso-8859-1 or us-ascii\n"
	    "    addonly, nolog, external\n"
	    "                       are kept, and change nothing here\n"
	    "\n"
	    "An option alone is turned on, one with = and no value off.\n"),
	PH("siteinfo",
	    "Tells programs about this server: its version, how an address for\n"
	    "mail is made, who helps, and the charset of this session.\n"),
	PH("status",
	    "Tells whether the server is ready.\n"),
	PH("stop",
	    "The same as quit.\n"),
	PH("xlogin",
	    "Nobody can log in here.\n"),
};
/* clang-format on */

const unsigned ph_topic_count = sizeof ph_topics / sizeof ph_topics[0];

const struct ph_topic *
ph_topic_find(struct span client, struct span name)
{
	for (unsigned i = 0; i < ph_topic_count; i++)
		if (span_is_nocase(client, ph_topics[i].client) &&
		    span_is_nocase(name, ph_topics[i].name))
			return &ph_topics[i];
	return NULL;
}

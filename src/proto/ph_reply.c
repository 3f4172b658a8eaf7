#include "proto/ph_reply.h"

#include "base/buf.h"
#include "proto/ph.h"
#include "text/utf8.h"

#include <stdlib.h>

enum { SUBJECT_MAX = 60, FIRST_FAILURE = 400 };

void
ph_begin_line(struct ph *ph, int code)
{
	if (code < 0)
		buf_add_char(ph->out, '-');
	buf_add_number(ph->out, (unsigned)abs(code));
	buf_add_char(ph->out, ':');
	if (code >= FIRST_FAILURE)
		ph->report->form = "error";
}

void
ph_add_number(struct ph *ph, unsigned number)
{
	buf_add_number(ph->out, number);
	buf_add_char(ph->out, ':');
}

void
ph_add_text(struct ph *ph, struct span text)
{
	charset_add(ph->out, ph->session.charset, text);
}

void
ph_add_string(struct ph *ph, const char *text)
{
	ph_add_text(ph, span_from(text));
}

void
ph_end_line(struct ph *ph)
{
	buf_add_string(ph->out, "\r\n");
}

void
ph_say(struct ph *ph, int code, const char *sentence)
{
	ph_begin_line(ph, code);
	ph_add_string(ph, sentence);
	ph_end_line(ph);
}

void
ph_say_of(struct ph *ph, int code, struct span subject, const char *sentence)
{
	ph_begin_line(ph, code);
	ph_add_text(ph, utf8_cut(subject, SUBJECT_MAX));
	buf_add_char(ph->out, ':');
	ph_add_string(ph, sentence);
	ph_end_line(ph);
}

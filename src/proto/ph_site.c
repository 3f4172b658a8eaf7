#include "proto/ph_site.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "proto/ph.h"
#include "proto/ph_reply.h"

/* Net::PH loses its place in an answer when progress has no minus here. */
void
ph_status(struct ph *ph)
{
	struct answer answer;

	if (!ph_begin_answer(ph, &answer))
		return;
	answer_end(&answer);
	ph_begin_line(ph, -PH_PROGRESS);
	ph_add_string(ph, "whoisd ");
	ph_add_string(ph, ph->worker->settings->version);
	ph_add_string(ph, ", a white pages server; try help.");
	ph_end_line(ph);
	ph_say(ph, PH_READ_ONLY, "Database ready, read only"
	    " (entries are changed where the directory is made).");
}

void
ph_id(struct ph *ph)
{
	ph_say(ph, PH_OK, "Thanks.");
}

/* Lines of siteinfo, numbered as they come. */
struct info {
	struct ph *ph;
	unsigned count;
};

static void
add_info(struct info *info, const char *name, struct span value)
{
	struct ph *ph = info->ph;

	ph_begin_line(ph, -PH_OK);
	ph_add_number(ph, ++info->count);
	ph_add_string(ph, name);
	ph_add_string(ph, ":");
	ph_add_text(ph, value);
	ph_end_line(ph);
}

/*
 * How clients find where mail goes (RFC 2378, section 3.2): with a maildomain
 * to the mailfield's value in it, else to that value.  There is none where the
 * mailbox has another name than email.
 */
static void
add_mail(struct info *info, const struct answer *answer)
{
	const struct attribute *login =
	    answer_find_indexed(answer, INDEX_EXACT);
	const struct attribute *mailbox =
	    answer_find_indexed(answer, INDEX_MAIL);
	struct span domain =
	    span_from(info->ph->worker->settings->maildomain);

	if (mailbox == NULL)
		return;
	if (login == NULL || !span_is(mailbox->ph_name, "email"))
		domain.length = 0;
	add_info(info, "maildomain", domain);
	add_info(info, "mailfield",
	    domain.length > 0 ? login->ph_name : mailbox->ph_name);
	add_info(info, "mailbox", mailbox->ph_name);
}

static void
add_administrator(struct info *info)
{
	struct span mailbox =
	    span_from(info->ph->worker->settings->administrator);

	if (mailbox.length == 0)
		return;
	add_info(info, "administrator", mailbox);
	add_info(info, "passwords", mailbox);
}

void
ph_siteinfo(struct ph *ph)
{
	struct info info = { .ph = ph };
	struct answer answer;

	if (!ph_begin_answer(ph, &answer))
		return;
	ph_begin_line(ph, -PH_OK);
	ph_add_number(ph, ++info.count);
	ph_add_string(ph, "version:whoisd ");
	ph_add_string(ph, ph->worker->settings->version);
	ph_end_line(ph);
	add_mail(&info, &answer);
	add_administrator(&info);
	add_info(&info, "charset",
	    span_from(charset_name(ph->session.charset)));
	answer_end(&answer);
	ph_say(ph, PH_OK, "Ok.");
}

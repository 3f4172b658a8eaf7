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

void
ph_siteinfo(struct ph *ph)
{
	ph_say(ph, PH_OK, "Ok.");
}

#include "proto/ph_query.h"

#include "proto/ph.h"
#include "proto/ph_reply.h"

void
ph_query(struct ph *ph)
{
	ph_say(ph, PH_ERROR, "Did not understand query.");
}

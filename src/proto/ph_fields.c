#include "proto/ph_fields.h"

#include "proto/ph.h"
#include "proto/ph_reply.h"

void
ph_fields(struct ph *ph)
{
	ph_say(ph, PH_SYNTAX, "Invalid field request.");
}

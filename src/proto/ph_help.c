#include "proto/ph_help.h"

#include "proto/ph.h"
#include "proto/ph_reply.h"

void
ph_help(struct ph *ph)
{
	ph_say(ph, PH_ERROR, "No help available.");
}

#include "net/reserve.h"

#include <fcntl.h>
#include <unistd.h>

enum { PATIENCE_MS = 1000 };

void
reserve_open(struct reserve *r, int original)
{
	*r = (struct reserve){ .descriptor = -1, .original = original };
	reserve_regain(r);
}

void
reserve_close(struct reserve *r)
{
	reserve_lend(r);
}

void
reserve_note_plenty(struct reserve *r)
{
	r->short_since_ms = 0;
	reserve_regain(r);
}

bool
reserve_note_lack(struct reserve *r, uint64_t now_ms)
{
	if (r->short_since_ms == 0)
		r->short_since_ms = now_ms;
	return now_ms - r->short_since_ms >= PATIENCE_MS && r->descriptor >= 0;
}

void
reserve_lend(struct reserve *r)
{
	if (r->descriptor >= 0)
		close(r->descriptor);
	r->descriptor = -1;
}

/* Somebody else may have been faster: then there is none for a while. */
void
reserve_regain(struct reserve *r)
{
	if (r->descriptor < 0)
		r->descriptor = fcntl(r->original, F_DUPFD_CLOEXEC, 0);
}

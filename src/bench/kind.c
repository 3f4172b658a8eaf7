#include "bench/kind.h"

enum { BACK_MS = 100, HIT_AND_RUN_MS = 20, BYTE_MS = 1000 };

const struct kind kinds[KINDS] = {
	[KIND_SILENT] = { "silent", "connect and say nothing", SAYS_NOTHING,
	    HEARS_ALL, true, BACK_MS },
	[KIND_SLOW] = { "slow", "say one byte a second, never a whole line",
	    SAYS_A_BYTE, HEARS_ALL, true, BYTE_MS },
	[KIND_UNREADING] = { "unreading", "ask for much and never read it",
	    SAYS_LARGE, HEARS_NOTHING, true, BACK_MS },
	[KIND_HALF] = { "half", "say half a question and no more", SAYS_HALF,
	    HEARS_ALL, true, BACK_MS },
	[KIND_RESETTING] = { "resetting", "ask for much, read a byte, reset",
	    SAYS_LARGE, HEARS_A_BYTE, false, HIT_AND_RUN_MS },
	[KIND_LEAVING] = { "leaving", "connect and close at once", SAYS_NOTHING,
	    HEARS_NOT, false, HIT_AND_RUN_MS },
	[KIND_GARBAGE] = { "garbage", "say a line of any bytes", SAYS_GARBAGE,
	    HEARS_ALL, false, HIT_AND_RUN_MS },
	[KIND_ENDLESS] = { "endless", "say a line of 64 KiB", SAYS_ENDLESS,
	    HEARS_ALL, false, HIT_AND_RUN_MS },
	[KIND_ORDINARY] = { "ordinary", "ask, read to the end, ask again",
	    SAYS_QUESTION, HEARS_ALL, false, 0},
};

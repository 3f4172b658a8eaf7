#include "bench/outcome.h"

const struct outcome_text outcome_texts[OUTCOMES] = {
	[OUTCOME_ANSWERED] = { "answered", "answered" },
	[OUTCOME_WRONG] = { "wrong", "answered, but not as it must be" },
	[OUTCOME_DENIED] = { "denied", "answered by a sentence of refusal" },
	[OUTCOME_EMPTY] = { "empty", "closed without an answer" },
	[OUTCOME_CUT] = { "cut", "closed before the answer had ended" },
	[OUTCOME_RESET] = { "reset", "connections reset" },
	[OUTCOME_REFUSED] = { "refused", "connections refused" },
	[OUTCOME_UNREACHED] = { "unreached", "not connected in time" },
	[OUTCOME_LATE] = { "late", "not answered in time" },
	[OUTCOME_LEFT] = { "left", "left by the client" },
};

#include "dir/find_choice.h"

#include "base/arena.h"
#include "dir/find.h"

struct name_choices *
name_choices_new(struct find *find, const struct wanted *wanted)
{
	const struct token_list *words = &wanted->words;
	struct name_choices *choices;

	if (words->words == 0 || words->words > CHOICE_WORDS_MAX)
		return NULL;
	choices = arena_calloc(find->scope.arena, 1, sizeof *choices);
	if (choices == NULL) {
		find->scope.full = true;
		return NULL;
	}
	choices->wanted = wanted;
	for (unsigned i = 0; i < words->count; i++)
		if (words->tokens[i].form != TOKEN_PART)
			choices->tokens[choices->count++] = &words->tokens[i];
	return choices;
}

const struct choices *
name_choices_find(const struct name_choices *choices, unsigned word)
{
	for (unsigned i = 0; i < choices->count; i++)
		if (choices->tokens[i]->word == word)
			return choices->choices[i].count > 0 ?
			    &choices->choices[i] : NULL;
	return NULL;
}

unsigned
choices_within(const struct choices *choices, unsigned cost)
{
	unsigned count = choices->count;

	while (count > 0 && choices->list[count - 1].cost > cost)
		count--;
	return count;
}

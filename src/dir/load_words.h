/*
 * The vocabulary of a generation: the distinct words of names, and what they
 * are found by (dir/clue).
 *
 * Words come out of the merge of the terms in ascending order and are appended
 * at once.  A thread makes their clues and near forms meanwhile, and sorts them
 * in bounded memory; they are appended when all words are there.
 */

#ifndef DIR_LOAD_WORDS_H
#define DIR_LOAD_WORDS_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

struct load_job;
struct load_words;

struct load_words *load_words_start(struct load_job *job);

/* Take the term if it is a word of a name.  The writer's thread. */
void load_words_offer(struct load_words *words, struct span term_key);

/*
 * No more terms: append clues and near forms unless the load has failed, free
 * everything.
 */
enum err load_words_finish(struct load_words **words, struct fault *fault)
    MUST_CHECK;

#endif

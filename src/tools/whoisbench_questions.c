#include "tools/whoisbench_questions.h"

#include "base/buf.h"
#include "base/span.h"
#include "bench/draw.h"
#include "bench/mixed.h"
#include "bench/protocol.h"
#include "bench/question_list.h"
#include "bench/questions.h"
#include "tools/whoisbench_options.h"

enum { QUESTION_MAX = 2048 };

/* The words of the command line, as one question. */
static enum err
take_words(struct whoisbench_questions *questions,
    const struct whoisbench_options *options, struct fault *fault)
{
	char memory[QUESTION_MAX];
	struct buf question;

	buf_init(&question, memory, sizeof memory);
	for (char **word = options->words; *word != NULL; word++) {
		if (question.length > 0)
			buf_add_char(&question, ' ');
		buf_add_string(&question, *word);
	}
	if (question.overflowed)
		return fault_set(fault, ERR_USAGE,
		    "the question is longer than %d bytes", QUESTION_MAX);
	if (question.length == 0)
		buf_add_string(&question,
		    protocols[options->protocol].question);
	questions->list = question_list_of(buf_span(&question));
	return ERR_NONE;
}

static enum err
take_directory(struct whoisbench_questions *questions,
    const struct whoisbench_options *options, struct fault *fault)
{
	const struct draw_settings settings = {
		.path = options->from,
		.protocol = options->protocol,
		.mix = options->mix,
		.skew = options->skew,
		.seed = options->seed,
	};

	return mixed_new(&questions->mixed, &settings,
	    options->question_count, fault);
}

/* Each thread begins somewhere else, so that they do not ask in step. */
static struct questions *
source_of(const struct whoisbench_questions *questions,
    const struct whoisbench_options *options, size_t thread)
{
	size_t count;

	if (questions->mixed != NULL) {
		count = mixed_count(questions->mixed);
		return mixed_in_turn(questions->mixed,
		    thread * count / options->threads, options->verified);
	}
	if (options->at_random)
		return question_list_at_random(questions->list,
		    options->seed + thread);
	count = question_list_count(questions->list);
	return question_list_in_turn(questions->list,
	    thread * count / options->threads);
}

enum err
whoisbench_questions_take(struct whoisbench_questions *questions,
    const struct whoisbench_options *options, struct fault *fault)
{
	enum err err;

	if (options->from != NULL)
		err = take_directory(questions, options, fault);
	else if (options->questions != NULL)
		err = question_list_read(&questions->list, options->questions,
		    fault);
	else
		err = take_words(questions, options, fault);
	for (size_t i = 0; err == ERR_NONE && i < options->threads; i++)
		questions->sources[i] = source_of(questions, options, i);
	return err;
}

void
whoisbench_questions_free(struct whoisbench_questions *questions)
{
	for (size_t i = 0; i < TRIAL_THREADS_MAX; i++)
		questions_free(&questions->sources[i]);
	mixed_free(&questions->mixed);
	question_list_free(&questions->list);
}

void
whoisbench_questions_print(struct whoisbench_questions *questions,
    uint64_t count, FILE *file)
{
	while (count-- > 0) {
		struct span text =
		    questions_next(questions->sources[0]).text;

		span_cut_suffix(&text, "\r\n");
		fwrite(text.data, 1, text.length, file);
		fputc('\n', file);
	}
}

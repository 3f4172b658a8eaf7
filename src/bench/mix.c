#include "bench/mix.h"

#include "base/buf.h"
#include "sample/random.h"

#include <assert.h>
#include <string.h>

const struct mix_sentence mix_sentences[MIX_KINDS] = {
	[MIX_KEY] = { "key", "an Index Key: 481800" },
	[MIX_NAME] = { "name", "a full name as it stands: Smith, John Q." },
	[MIX_SPOKEN] = { "spoken", "a full name as it is said: John Q. Smith" },
	[MIX_LAST] = { "last", "a last name alone: Smith" },
	[MIX_PREFIX] = { "prefix", "three to five letters that a last name "
	    "begins with: smi*" },
	[MIX_TYPO] = { "typo", "a full name with one slip of the finger: "
	    "Smtih, John" },
	[MIX_SOUNDS] = { "sounds", "what sounds like a last name: "
	    "sounds Smith" },
	[MIX_MAILBOX] = { "mailbox", "a mailbox: smith@example.edu" },
	[MIX_PHONE] = { "phone", "a telephone number: phone 679-2111" },
	[MIX_UNIT] = { "unit", "the people of a department: expand Physics" },
	[MIX_MISSING] = { "missing", "a key or a name that is not there, in "
	    "equal parts" },
};

enum { SHOWN_MAX = 40, KINDS_BYTES = 256 };

/* So much of a part as a sentence holds, safe to print. */
struct quote {
	struct buf text;
	char memory[4 * SHOWN_MAX + 1];
};

static const char *
quote_part(struct quote *quote, struct span part)
{
	buf_init(&quote->text, quote->memory, sizeof quote->memory);
	if (part.length > SHOWN_MAX)
		part.length = SHOWN_MAX;
	buf_add_escaped(&quote->text, part);
	buf_add_char(&quote->text, '\0');
	return quote->memory;
}

void
mix_add_kinds(struct buf *out)
{
	for (unsigned i = 0; i < MIX_KINDS; i++) {
		if (i > 0)
			buf_add_string(out, i + 1 < MIX_KINDS ? ", " : " or ");
		buf_add_string(out, mix_sentences[i].name);
	}
}

/* MIX_KINDS: there is none of that name. */
static enum mix_kind
find_kind(struct span name)
{
	unsigned kind = 0;

	while (kind < MIX_KINDS && !span_is(name, mix_sentences[kind].name))
		kind++;
	return (enum mix_kind)kind;
}

static enum err
refuse_kind(struct span name, struct fault *fault)
{
	char kinds[KINDS_BYTES];
	struct quote quote;
	struct buf out;

	buf_init(&out, kinds, sizeof kinds);
	mix_add_kinds(&out);
	buf_add_char(&out, '\0');
	assert(!out.overflowed);
	return fault_set(fault, ERR_USAGE, "\"%s\" is no kind of question: "
	    "it is %s", quote_part(&quote, name), kinds);
}

static enum err
parse_part(struct mix *mix, struct span part, struct fault *fault)
{
	struct span share = part, name = span_cut(&share, '=');
	enum mix_kind kind = find_kind(name);
	struct quote quote;
	unsigned number;

	if (kind == MIX_KINDS)
		return refuse_kind(name, fault);
	if (!span_read_number(share, MIX_SHARE_MAX, &number) || number == 0)
		return fault_set(fault, ERR_USAGE, "\"%s\" wants a share from "
		    "1 to %d, as in %s=60", quote_part(&quote, part),
		    MIX_SHARE_MAX, mix_sentences[kind].name);
	if (mix->shares[kind] != 0)
		return fault_set(fault, ERR_USAGE, "%s is there twice",
		    mix_sentences[kind].name);
	mix->shares[kind] = number;
	mix->total += number;
	return ERR_NONE;
}

enum err
mix_parse(struct mix *mix, struct span text, struct fault *fault)
{
	const char *end = text.data + text.length;
	enum err err = ERR_NONE;
	struct span part;

	memset(mix, 0, sizeof *mix);
	do {
		part = span_cut(&text, ',');
		err = parse_part(mix, part, fault);
	} while (err == ERR_NONE && part.data + part.length < end);
	return err;
}

enum mix_kind
mix_draw(const struct mix *mix, struct random *random)
{
	uint32_t at = random_below(random, mix->total);
	unsigned kind = 0;

	while (at >= mix->shares[kind])
		at -= mix->shares[kind++];
	return (enum mix_kind)kind;
}

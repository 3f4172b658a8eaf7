#include "access/rules.h"

#include "access/classes.h"
#include "access/networks.h"
#include "text/utf8.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static enum err
parse_verdict(struct rule *rule, struct span word, struct fault *fault)
{
	static const char *const names[] = {
		[RULE_ALLOW] = "allow",
		[RULE_REFUSE] = "refuse",
		[RULE_SILENT] = "silent",
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (span_is(word, names[i])) {
			rule->verdict = (enum rule_verdict)i;
			return ERR_NONE;
		}
	}
	return fault_set(fault, ERR_REFUSED,
	    "a rule begins with allow, refuse"
	    " or silent, not \"%.*s\"",
	    (int)word.length, word.data);
}

static enum err
parse_who(struct rule *rule, struct span word, struct fault *fault)
{
	struct fault ignored;

	if (word.length == 0)
		return fault_set(fault, ERR_REFUSED,
		    "the rule does not say "
		    "whom it is for: a network, a class or all");
	rule->who = RULE_WHO_ALL;
	if (span_is(word, "all"))
		return ERR_NONE;
	rule->who = RULE_WHO_CLASS;
	/* No network reads like a name: that would lack its colon or dot. */
	if (class_check_name(word, &ignored) == ERR_NONE) {
		memcpy(rule->class_name, word.data, word.length);
		return ERR_NONE;
	}
	rule->who = RULE_WHO_NETWORK;
	return network_parse(&rule->network, word, fault);
}

static enum err
parse_face(struct rule *rule, struct span word, struct fault *fault)
{
	if (word.length == 0 || word.length > RULE_FACE_MAX)
		return fault_set(fault, ERR_REFUSED,
		    "behind \"on\" belongs the name of a face");
	memcpy(rule->face, word.data, word.length);
	return ERR_NONE;
}

/* What can be sent as it stands. */
static bool
is_plain_text(struct span text)
{
	size_t length;

	if (!utf8_is_valid(text))
		return false;
	for (; text.length > 0; text = span_skip(text, length))
		if (utf8_is_control(utf8_decode(text, &length)))
			return false;
	return true;
}

static enum err
parse_sentence(struct rule *rule, struct span text, struct fault *fault)
{
	if (rule->verdict != RULE_REFUSE)
		return fault_set(fault, ERR_REFUSED,
		    "only a rule that refuses may say something");
	if (text.length == 0 || text.length > RULE_SENTENCE_MAX ||
	    !is_plain_text(text))
		return fault_set(fault, ERR_REFUSED,
		    "behind \"say\" belongs "
		    "one line of at most %d bytes in UTF-8",
		    RULE_SENTENCE_MAX);
	memcpy(rule->sentence, text.data, text.length);
	return ERR_NONE;
}

enum err
rule_parse(struct rule *rule, struct span text, struct fault *fault)
{
	struct span rest = text, word;
	enum err err;

	*rule = (struct rule){ .verdict = RULE_ALLOW };
	err = parse_verdict(rule, span_next_word(&rest), fault);
	if (err == ERR_NONE)
		err = parse_who(rule, span_next_word(&rest), fault);
	word = span_next_word(&rest);
	if (err == ERR_NONE && span_is(word, "on")) {
		err = parse_face(rule, span_next_word(&rest), fault);
		word = span_next_word(&rest);
	}
	if (err == ERR_NONE && span_is(word, "say"))
		err = parse_sentence(rule, span_trim(rest), fault);
	else if (err == ERR_NONE && word.length > 0)
		err = fault_set(fault, ERR_REFUSED,
		    "what does \"%.*s\" mean? "
		    "A rule reads VERDICT WHO on FACE say SENTENCE",
		    (int)word.length, word.data);
	return err;
}

const char *
rule_sentence(const struct rule *rule)
{
	return rule->sentence[0] != '\0' ? rule->sentence :
	    "Your network may not ask here.";
}

static bool
is_for(const struct rule *rule, const struct rule_caller *caller)
{
	if (rule->face[0] != '\0' && !span_is(caller->face, rule->face))
		return false;
	switch (rule->who) {
	case RULE_WHO_ALL:
		return true;
	case RULE_WHO_NETWORK:
		return prefix_contains(&rule->network, caller->addr);
	case RULE_WHO_CLASS:
		return viewer_is_in(caller->viewer,
		    span_from(rule->class_name));
	}
	assert(false && "a rule for nobody");
	return false;
}

const struct rule *
rules_find(const struct rules *rules, const struct rule_caller *caller)
{
	for (unsigned i = 0; i < rules->count; i++)
		if (is_for(&rules->list[i], caller))
			return &rules->list[i];
	return NULL;
}

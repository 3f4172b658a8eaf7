/*
 * Access rules: who is let in at all, by network and face.
 *
 * A rule is a line of words:
 *
 *   allow  WHO [on FACE]
 *   refuse WHO [on FACE] [say SENTENCE]
 *   silent WHO [on FACE]
 *
 * WHO is a network as access/networks.h has it, the name of a class, or "all".
 * The first rule that fits decides; whom none fits is let in.
 *
 * Refusing tells a person what to do, silence tells a machine nothing, and
 * both cost no worker.
 */

#ifndef ACCESS_RULES_H
#define ACCESS_RULES_H

#include "access/viewer.h"
#include "base/addr.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

enum { RULES_MAX = 128, RULE_FACE_MAX = 16, RULE_SENTENCE_MAX = 240 };

enum rule_verdict { RULE_ALLOW, RULE_REFUSE, RULE_SILENT };

enum rule_who { RULE_WHO_ALL, RULE_WHO_NETWORK, RULE_WHO_CLASS };

struct rule {
	enum rule_verdict verdict;
	enum rule_who who;
	struct prefix network;
	char class_name[VIEWER_CLASS_NAME_MAX + 1];
	char face[RULE_FACE_MAX + 1];         /* empty: every face */
	char sentence[RULE_SENTENCE_MAX + 1]; /* empty: the usual one */
};

struct rules {
	struct rule list[RULES_MAX];
	unsigned count;
};

/*
 * Whether the class and the face exist is for the caller to ask: rules know
 * neither.
 */
enum err rule_parse(struct rule *rule, struct span text, struct fault *fault)
    MUST_CHECK;

/* What a rule that refuses says: its own sentence or the usual one. */
const char *rule_sentence(const struct rule *rule);

/* Who knocks where; the viewer is of this address. */
struct rule_caller {
	const struct addr *addr;
	const struct viewer *viewer;
	struct span face;
};

/* The rule that decides.  NULL: none fits. */
const struct rule *rules_find(const struct rules *rules,
    const struct rule_caller *caller);

#endif

#include "server/config_access.h"

#include "access/classes.h"
#include "access/networks.h"
#include "access/rules.h"
#include "proto/face.h"
#include "server/config.h"

#include <assert.h>
#include <string.h>

/* libconfuse lets a list grow; it is not for us to hold it all. */
static bool
has_room(const struct option *option, cfg_t *cfg, cfg_opt_t *opt,
    unsigned most)
{
	if (cfg_opt_size(opt) <= most)
		return true;
	cfg_error(cfg, "there may be at most %u of %s", most, option->name);
	return false;
}

static bool
check_networks(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	unsigned count = cfg_opt_size(opt);
	struct prefix network;
	struct fault fault;

	if (count == 0 || network_parse(&network,
	    span_from(cfg_opt_getnstr(opt, count - 1)), &fault) == ERR_NONE)
		return has_room(option, cfg, opt, NETWORKS_MAX);
	cfg_error(cfg, "%s: %s", option->name, fault.text);
	return false;
}

static void
take_networks(const struct option *option, void *settings, cfg_opt_t *opt)
{
	struct networks *networks = option_place(option, settings);

	networks->count = 0;
	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		struct fault fault;
		enum err err = networks_add(networks,
		    span_from(cfg_opt_getnstr(opt, i)), &fault);

		assert(err == ERR_NONE);
	}
}

const struct kind_functions config_networks_kind = { CFGT_STR, CFGF_LIST,
	check_networks, take_networks, option_bytes_differ };

/* A word that a rule uses has to be known, or it would do nothing. */
static enum err
check_words(const struct rule *rule, cfg_t *cfg, struct fault *fault)
{
	const struct face *unused;

	if (rule->face[0] != '\0' &&
	    face_choose(&unused, span_from(rule->face), fault) != ERR_NONE)
		return ERR_REFUSED;
	if (rule->who == RULE_WHO_CLASS &&
	    cfg_gettsec(cfg, "class", rule->class_name) == NULL)
		return fault_set(fault, ERR_REFUSED, "above this line there is"
		    " no class \"%s\"", rule->class_name);
	return ERR_NONE;
}

static bool
check_rules(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	unsigned count = cfg_opt_size(opt);
	struct fault fault;
	struct rule rule;
	const char *text;
	enum err err;

	if (count == 0)
		return true;
	text = cfg_opt_getnstr(opt, count - 1);
	err = rule_parse(&rule, span_from(text), &fault);
	if (err == ERR_NONE)
		err = check_words(&rule, cfg, &fault);
	if (err == ERR_NONE)
		return has_room(option, cfg, opt, RULES_MAX);
	cfg_error(cfg, "%s: \"%s\": %s", option->name, text, fault.text);
	return false;
}

static void
take_rules(const struct option *option, void *settings, cfg_opt_t *opt)
{
	struct rules *rules = option_place(option, settings);

	rules->count = 0;
	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		struct fault fault;
		enum err err = rule_parse(&rules->list[rules->count++],
		    span_from(cfg_opt_getnstr(opt, i)), &fault);

		assert(err == ERR_NONE);
	}
}

const struct kind_functions config_rules_kind = { CFGT_STR, CFGF_LIST,
	check_rules, take_rules, option_bytes_differ };

static const struct option class_options[] = {
	{ "networks", KIND_NETWORKS, offsetof(struct class, networks),
	    sizeof(struct networks) },
	{ "shown_max", KIND_NUMBER, offsetof(struct class, shown_max),
	    sizeof(unsigned), 1, CONFIG_SHOWN_MAX },
};

const struct option_table config_class_table = { class_options,
	sizeof class_options / sizeof class_options[0] };

/* Asked at its closing brace. */
static bool
check_classes(const struct option *option, cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_t *section = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	const char *name = cfg_title(section);
	struct fault fault;

	if (class_check_name(span_from(name), &fault) != ERR_NONE)
		cfg_error(cfg, "%s: %s", option->name, fault.text);
	else if (cfg_size(section, "networks") == 0)
		cfg_error(cfg, "class %s lacks its networks, as in "
		    "networks = {\"192.0.2.0/24\"}", name);
	else
		return has_room(option, cfg, opt, VIEWER_CLASSES_MAX);
	return false;
}

static void
take_classes(const struct option *option, void *settings, cfg_opt_t *opt)
{
	struct classes *classes = option_place(option, settings);

	*classes = (struct classes){ .count = 0 };
	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		struct class *class = &classes->list[classes->count++];
		cfg_t *section = cfg_opt_getnsec(opt, i);
		struct span name = span_from(cfg_title(section));

		memcpy(class->name, name.data, name.length);
		option_take_all(&config_class_table, class, section);
	}
}

const struct kind_functions config_classes_kind = { CFGT_SEC,
	CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES, check_classes,
	take_classes, option_bytes_differ };

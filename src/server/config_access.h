/*
 * Who may see, come and take how much, in the configuration: networks, access
 * rules and classes of viewers (src/access).
 *
 *   class campus { networks = {"129.100.0.0/16"} shown_max = 200 }
 *   access = {"allow campus", "refuse all say Members only."}
 *
 * A rule may name the classes that stand above it.
 */

#ifndef SERVER_CONFIG_ACCESS_H
#define SERVER_CONFIG_ACCESS_H

#include "server/config_option.h"

/* The values go into struct networks, struct rules and struct classes. */
extern const struct kind_functions config_networks_kind;
extern const struct kind_functions config_rules_kind;
extern const struct kind_functions config_classes_kind;

/* What may stand in a class: settings of struct class. */
extern const struct option_table config_class_table;

#endif

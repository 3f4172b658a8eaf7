#include "proto/ph_fields.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "proto/ph.h"
#include "proto/ph_reply.h"
#include "record/schema.h"

const struct attribute *
ph_find_field(const struct answer *answer, struct span name)
{
	const struct attribute *attribute =
	    schema_find_ph(answer->schema, name);

	return attribute != NULL && answer_may_show(answer, attribute)
		   ? attribute
		   : NULL;
}

void
ph_refuse_field(struct ph *ph, struct span name)
{
	ph_say_of(ph, -PH_UNKNOWN_FIELD, name, "unknown field.");
}

static void
begin_field(struct ph *ph, const struct attribute *attribute)
{
	ph_begin_line(ph, -PH_OK);
	ph_add_number(ph, attribute->ph_number);
	ph_add_text(ph, attribute->ph_name);
	ph_add_string(ph, ":");
}

static void
add_field(struct ph *ph, const struct attribute *attribute)
{
	begin_field(ph, attribute);
	ph_add_string(ph, "max ");
	buf_add_number(ph->out, attribute->max_chars);
	if (attribute->index != INDEX_NONE)
		ph_add_string(ph, " Indexed");
	ph_add_string(ph, " Lookup");
	ph_add_string(ph, attribute->group == SCHEMA_GROUP_EVERYONE
			      ? " Public"
			      : " LocalPub");
	if (attribute->long_form)
		ph_add_string(ph, " Default");
	ph_end_line(ph);
	begin_field(ph, attribute);
	ph_add_text(ph, attribute->label);
	ph_end_line(ph);
}

static void
add_all_fields(struct ph *ph, const struct answer *answer)
{
	const struct schema *schema = answer->schema;

	for (unsigned i = 0; i < schema->count; i++)
		if (answer_may_show(answer, &schema->attributes[i]))
			add_field(ph, &schema->attributes[i]);
}

static bool
is_field(struct ph *ph, const struct answer *answer, unsigned nth)
{
	const struct ph_argument *argument = &ph->line.arguments[nth];

	if (argument->kind != PH_VALUE) {
		ph_begin_line(ph, -PH_SYNTAX);
		ph_add_string(ph, "argument ");
		ph_add_number(ph, nth + 1);
		ph_add_string(ph, "is not a field name.");
		ph_end_line(ph);
		return false;
	}
	if (ph_find_field(answer, argument->value) != NULL)
		return true;
	ph_refuse_field(ph, argument->value);
	return false;
}

/* Either all that was asked for, or all that is wrong with it. */
static void
answer_fields(struct ph *ph, const struct answer *answer)
{
	bool understood = true;

	for (unsigned i = 0; i < ph->line.count; i++)
		understood = is_field(ph, answer, i) && understood;
	if (!understood) {
		ph_say(ph, PH_SYNTAX, "Invalid field request.");
		return;
	}
	if (ph->line.count == 0)
		add_all_fields(ph, answer);
	for (unsigned i = 0; i < ph->line.count; i++)
		add_field(
		    ph, ph_find_field(answer, ph->line.arguments[i].value));
	ph_say(ph, PH_OK, "Ok.");
}

void
ph_fields(struct ph *ph)
{
	struct answer answer;

	if (!ph_begin_answer(ph, &answer))
		return;
	answer_fields(ph, &answer);
	answer_end(&answer);
}

#include "proto/ph_entry.h"

#include "base/buf.h"
#include "proto/answer.h"
#include "proto/ph.h"
#include "proto/ph_fields.h"
#include "proto/ph_reply.h"

/* As qi has it; a longer name gets one blank before it. */
enum { COLUMNS_LEAST = 9 };

static void
want(struct ph_wanted *wanted, const struct attribute *attribute)
{
	for (unsigned i = 0; i < wanted->count; i++)
		if (wanted->attributes[i] == attribute)
			return;
	wanted->attributes[wanted->count++] = attribute;
	if (wanted->columns <= attribute->ph_name.length)
		wanted->columns = attribute->ph_name.length + 1;
}

/* In the order of the schema. */
static void
want_many(
    struct ph_wanted *wanted, const struct answer *answer, bool only_default)
{
	const struct schema *schema = answer->schema;

	for (unsigned i = 0; i < schema->count; i++) {
		const struct attribute *attribute = &schema->attributes[i];

		if (answer_may_show(answer, attribute) &&
		    (attribute->long_form || !only_default))
			want(wanted, attribute);
	}
}

static bool
want_argument(struct ph *ph, const struct answer *answer, unsigned nth,
    struct ph_wanted *wanted)
{
	const struct ph_argument *argument = &ph->line.arguments[nth];
	const struct attribute *attribute;

	if (argument->kind != PH_VALUE) {
		ph_begin_line(ph, -PH_SYNTAX);
		ph_add_string(ph, "Argument ");
		ph_add_number(ph, nth + 1);
		ph_add_string(ph, " must be field name.");
		ph_end_line(ph);
		return false;
	}
	if (span_is_nocase(argument->value, "all")) {
		want_many(wanted, answer, false);
		wanted->tells_missing = false;
		return true;
	}
	attribute = ph_find_field(answer, argument->value);
	if (attribute == NULL) {
		ph_refuse_field(ph, argument->value);
		return false;
	}
	want(wanted, attribute);
	return true;
}

bool
ph_want(struct ph *ph, const struct answer *answer, unsigned from,
    struct ph_wanted *wanted)
{
	bool understood = true;

	wanted->count = 0;
	wanted->columns = COLUMNS_LEAST;
	wanted->tells_missing = from < ph->line.count;
	if (from >= ph->line.count)
		want_many(wanted, answer, true);
	for (unsigned i = from; i < ph->line.count; i++)
		understood = want_argument(ph, answer, i, wanted) && understood;
	return understood;
}

/* "code:number:" */
static void
begin_line(struct ph *ph, int code, unsigned number)
{
	ph_begin_line(ph, code);
	ph_add_number(ph, number);
}

/* The name, or as many blanks, and the text. */
static void
add_line(struct ph *ph, struct span name, size_t columns, struct span text)
{
	buf_add_repeat(ph->out, ' ', columns - name.length);
	buf_add(ph->out, name);
	buf_add_string(ph->out, ": ");
	ph_add_text(ph, text);
	ph_end_line(ph);
}

void
ph_add_entry(struct ph *ph, const struct ph_wanted *wanted, unsigned number,
    const struct answer_entry *entry)
{
	for (unsigned i = 0; i < wanted->count; i++) {
		const struct attribute *attribute = wanted->attributes[i];
		struct span name = attribute->ph_name;
		const struct answer_value *values;
		unsigned count;

		values = answer_values(entry, attribute, &count);
		if (count == 0 && wanted->tells_missing) {
			begin_line(ph, -PH_NOT_PRESENT, number);
			add_line(ph, name, wanted->columns,
			    span_from("Not present in entry."));
		}
		for (unsigned j = 0; j < count; j++) {
			begin_line(ph, -PH_OK, number);
			add_line(ph, name, wanted->columns, values[j].text);
			name.length = 0;
		}
	}
}

#include "record/convert.h"

#include "record/csv.h"
#include "record/gather.h"
#include "record/hidden.h"
#include "record/ldif.h"
#include "record/postal.h"
#include "record/record.h"
#include "record/schema.h"
#include "record/value.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* value_add() wants six times the room, and no longer value fits a record. */
enum { SCRATCH_BYTES = 6 * RECORD_BYTES_MAX, NAMES_TEXT_MAX = 256 };

/* Eighteen digits, the first of them not 0. */
#define KEY_SMALLEST UINT64_C(100000000000000000)
#define KEY_LARGEST UINT64_C(999999999999999999)

/* A source of the schema with the slots of its names. */
struct step {
	const struct schema_source *source;
	unsigned slots[SCHEMA_PARTS_MAX];
	bool postal[SCHEMA_PARTS_MAX]; /* LDIF only: a Postal Address */
};

/* One of the two formats of input, CSV or LDIF. */
struct format {
	bool is_ldif;
	struct gather *gather;
	struct {
		const struct schema_sources *sources;
		struct step steps[SCHEMA_SOURCES_MAX];
	} attributes[SCHEMA_ATTRIBUTES_MAX];

	/* The attributes that may have a value, ascending. */
	unsigned fed[SCHEMA_ATTRIBUTES_MAX], fed_count;
};

struct converter {
	const struct schema *schema;
	struct format csv, ldif;
	unsigned column_count;
	unsigned columns[CSV_FIELDS_MAX]; /* slots, or GATHER_NONE */

	/* Of the conversion that is under way. */
	const struct format *format;
	bool was_latin1;
	/* Of the first value that is too long; NULL: there was none. */
	const struct attribute *long_attribute;
	size_t long_chars;
	struct buf record, rekeyed, value, decoded, scratch;
	char record_bytes[RECORD_BYTES_MAX];
	char rekeyed_bytes[RECORD_BYTES_MAX];
	char value_bytes[RECORD_BYTES_MAX];
	char decoded_bytes[RECORD_BYTES_MAX];
	char scratch_bytes[SCRATCH_BYTES];
};

static void
step_init(struct step *step, struct format *format,
    const struct schema_source *source)
{
	step->source = source;
	for (unsigned i = 0; i < source->count; i++) {
		struct span name = source->parts[i];

		/* schema_parse() lets none through. */
		assert(!schema_source_is_secret(name));
		step->slots[i] = gather_slot(format->gather, name);
		step->postal[i] = format->is_ldif && postal_is_type(name);
	}
}

static void
format_init(struct format *format, const struct schema *schema)
{
	format->gather = gather_new();
	for (unsigned id = 0; id < schema->count; id++) {
		const struct schema_sources *sources = format->is_ldif ?
		    &schema->attributes[id].ldif : &schema->attributes[id].csv;

		format->attributes[id].sources = sources;
		for (unsigned i = 0; i < sources->count; i++)
			step_init(&format->attributes[id].steps[i], format,
			    &sources->alternatives[i]);
		format->fed[format->fed_count++] = id;
	}
}

struct converter *
converter_new(const struct schema *schema)
{
	struct converter *converter = calloc(1, sizeof *converter);

	assert(converter != NULL);
	converter->schema = schema;
	converter->ldif.is_ldif = true;
	format_init(&converter->csv, schema);
	format_init(&converter->ldif, schema);
	buf_init(&converter->record, converter->record_bytes,
	    sizeof converter->record_bytes);
	buf_init(&converter->rekeyed, converter->rekeyed_bytes,
	    sizeof converter->rekeyed_bytes);
	buf_init(&converter->value, converter->value_bytes,
	    sizeof converter->value_bytes);
	buf_init(&converter->decoded, converter->decoded_bytes,
	    sizeof converter->decoded_bytes);
	buf_init(&converter->scratch, converter->scratch_bytes,
	    sizeof converter->scratch_bytes);
	return converter;
}

void
converter_free(struct converter **converter)
{
	gather_free(&(*converter)->ldif.gather);
	gather_free(&(*converter)->csv.gather);
	free(*converter);
	*converter = NULL;
}

/* Append `raw` made fit to the value. */
static void
add_to_value(struct converter *converter, struct span raw)
{
	if (raw.length > RECORD_BYTES_MAX)
		converter->value.overflowed = true;
	else
		value_add(&converter->value, raw, &converter->scratch,
		    &converter->was_latin1);
}

/* The first value that is too long is what the entry is refused for. */
static void
note_length(struct converter *converter, const struct attribute *attribute,
    struct span value)
{
	size_t chars = utf8_count(value);

	if (chars <= attribute->max_chars || converter->long_attribute != NULL)
		return;
	converter->long_attribute = attribute;
	converter->long_chars = chars;
}

/* Add the value as a field; an empty one is none. */
static bool
end_value(struct converter *converter, const struct attribute *attribute)
{
	struct buf *value = &converter->value;

	if (value->overflowed)
		converter->record.overflowed = true;
	else if (value->length > 0)
		record_add_field(&converter->record, attribute->id,
		    buf_span(value));
	/* Characters are counted only where the bytes could be too many. */
	if (value->length > attribute->max_chars && !value->overflowed)
		note_length(converter, attribute, buf_span(value));
	return value->overflowed || value->length > 0;
}

static bool
add_value(struct converter *converter, const struct attribute *attribute,
    struct span raw)
{
	if (value_is_plain(raw) && raw.length <= attribute->max_chars) {
		record_add_field(&converter->record, attribute->id, raw);
		return true;
	}
	buf_rewind(&converter->value, 0);
	add_to_value(converter, raw);
	return end_value(converter, attribute);
}

/* A value as it was given, but a Postal Address on one line. */
static struct span
fetch(struct converter *converter, const struct step *step, unsigned part,
    unsigned value)
{
	struct span raw = gather_raw(converter->format->gather, value);

	if (!step->postal[part])
		return raw;
	buf_rewind(&converter->decoded, 0);
	postal_add_line(&converter->decoded, raw);
	if (converter->decoded.overflowed)
		converter->record.overflowed = true;
	return buf_span(&converter->decoded);
}

/*
 * The values of a CSV field: one a line where it has line breaks, else one a
 * word where the schema splits them so.
 */
static bool
add_values(struct converter *converter, const struct attribute *attribute,
    struct span raw)
{
	bool added = false, lines;

	if (converter->format->is_ldif || !attribute->many)
		return add_value(converter, attribute, raw);
	lines = memchr(raw.data, '\n', raw.length) != NULL;
	if (!lines && !attribute->split_blanks)
		return add_value(converter, attribute, raw);
	while (raw.length > 0) {
		struct span one = lines ? span_cut(&raw, '\n') :
		    span_next_word(&raw);

		if (one.length > 0 && add_value(converter, attribute, one))
			added = true;
	}
	return added;
}

/* The values of one source from `first` on; one is enough if not `many`. */
static bool
add_single(struct converter *converter, const struct attribute *attribute,
    const struct step *step)
{
	const struct gather *gather = converter->format->gather;
	unsigned value = gather_first(gather, step->slots[0]), nth = 1;
	bool added = false;

	for (; value != GATHER_NONE; value = gather_next(gather, value)) {
		if (nth++ < step->source->first)
			continue;
		if (add_values(converter, attribute,
		    fetch(converter, step, 0, value)))
			added = true;
		if (added && !attribute->many)
			break;
	}
	return added;
}

/* The first values of all parts joined by ", ", if all are there. */
static bool
add_joined(struct converter *converter, const struct attribute *attribute,
    const struct step *step)
{
	const struct gather *gather = converter->format->gather;
	struct buf *value = &converter->value;

	buf_rewind(value, 0);
	for (unsigned i = 0; i < step->source->count; i++) {
		unsigned part = gather_first(gather, step->slots[i]);
		size_t before;

		if (part == GATHER_NONE)
			return false;
		if (i > 0)
			buf_add_string(value, ", ");
		before = value->length;
		add_to_value(converter, fetch(converter, step, i, part));
		if (value->length == before && !value->overflowed)
			return false;
	}
	return end_value(converter, attribute);
}

/* False: it has no value. */
static bool
add_attribute(struct converter *converter, const struct attribute *attribute)
{
	const struct format *format = converter->format;
	unsigned count = format->attributes[attribute->id].sources->count;
	bool added = false;

	for (unsigned i = 0; i < count && !added; i++) {
		const struct step *step =
		    &format->attributes[attribute->id].steps[i];

		added = step->source->count == 1 ?
		    add_single(converter, attribute, step) :
		    add_joined(converter, attribute, step);
	}
	return added;
}

/* "full_name, last+first", for a message. */
static void
list_sources(const struct schema_sources *sources, struct buf *out)
{
	for (unsigned i = 0; i < sources->count; i++) {
		const struct schema_source *source = &sources->alternatives[i];

		for (unsigned k = 0; k < source->count; k++) {
			if (i + k > 0)
				buf_add_string(out, k > 0 ? "+" : ", ");
			buf_add(out, source->parts[k]);
		}
	}
}

/* Say that there is no name, and where one could have come from. */
static enum err
refuse_nameless(const struct converter *converter, const char *what,
    struct fault *fault)
{
	const struct schema *schema = converter->schema;
	unsigned id = schema->name_id;
	char text[NAMES_TEXT_MAX];
	struct buf names;

	buf_init(&names, text, sizeof text);
	list_sources(converter->format->attributes[id].sources, &names);
	return fault_set(fault, ERR_REFUSED, "%s: it needs one of %.*s", what,
	    (int)names.length, names.data);
}

/* Whether each value is short enough, and all of them together. */
static enum err
check_lengths(const struct converter *converter, struct fault *fault)
{
	const struct attribute *attribute = converter->long_attribute;

	if (converter->record.overflowed)
		return fault_set(fault, ERR_REFUSED, "the record is longer "
		    "than %d bytes", RECORD_BYTES_MAX);
	if (attribute == NULL)
		return ERR_NONE;
	return fault_set(fault, ERR_REFUSED, "the value of '%.*s' has %zu "
	    "characters and may have %u; shorten it, or write 'max %zu' for "
	    "this attribute into the schema", (int)attribute->name.length,
	    attribute->name.data, converter->long_chars, attribute->max_chars,
	    converter->long_chars);
}

void
convert_generate_key(struct span identity, unsigned long occurrence,
    char digits[CONVERT_KEY_DIGITS + 1])
{
	uint64_t hash = UINT64_C(14695981039346656037);
	char *at = digits + CONVERT_KEY_DIGITS;

	for (size_t i = 0; i < identity.length; i++)
		hash = (hash ^ (unsigned char)identity.data[i]) *
		    UINT64_C(1099511628211);
	/* FNV-1a leaves its last bytes in the low bits: mix (MurmurHash3). */
	hash += occurrence * UINT64_C(0x9e3779b97f4a7c15);
	hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
	hash = (hash ^ hash >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
	hash ^= hash >> 33;
	hash = KEY_SMALLEST + hash % (KEY_LARGEST - KEY_SMALLEST + 1);
	for (*at = '\0'; at > digits; hash /= 10)
		*--at = (char)('0' + hash % 10);
}

void
convert_add_identity(struct buf *out, const struct schema *schema,
    struct span record)
{
	const struct hidden hidden = hidden_read(schema, record);
	struct record_field field;

	while (record_next(&record, &field)) {
		const struct attribute *attribute =
		    &schema->attributes[field.attribute];
		bool shown = attribute_is_for(attribute, SCHEMA_PUBLIC) &&
		    !hidden_has(&hidden, attribute->id);

		if (attribute->id != schema->key_id &&
		    (shown || hidden.whole))
			record_add_field(out, attribute->id, field.value);
	}
}

/* Give the record a key made from what identifies it. */
static struct span
generate_key(struct converter *converter, struct span identity)
{
	char digits[CONVERT_KEY_DIGITS + 1];
	struct span record = buf_span(&converter->record);

	buf_rewind(&converter->rekeyed, 0);
	if (identity.length == 0) {
		convert_add_identity(&converter->rekeyed, converter->schema,
		    record);
		identity = buf_span(&converter->rekeyed);
	}
	convert_generate_key(identity, 0, digits);
	buf_rewind(&converter->rekeyed, 0);
	if (!record_set_key(&converter->rekeyed, converter->schema, record,
	    span_from(digits)))
		converter->record.overflowed = true;
	return buf_span(&converter->rekeyed);
}

/* Build the record from what was gathered.  CSV rows have no identity. */
static enum err
convert(struct converter *converter, struct span identity,
    struct converted *converted, struct fault *fault)
{
	const struct schema *schema = converter->schema;
	const struct format *format = converter->format;

	converter->was_latin1 = false;
	converter->long_attribute = NULL;
	converted->hides = false;
	buf_rewind(&converter->record, 0);
	for (unsigned i = 0; i < format->fed_count; i++) {
		unsigned id = format->fed[i];

		if (add_attribute(converter, &schema->attributes[id]) &&
		    id == schema->hides_id)
			converted->hides = true;
	}
	converted->record = buf_span(&converter->record);
	converted->key = record_value(converted->record, schema->key_id);
	converted->key_is_generated = converted->key.length == 0;
	if (converted->key_is_generated) {
		converted->record = generate_key(converter, identity);
		converted->key = record_value(converted->record,
		    schema->key_id);
	}
	if (check_lengths(converter, fault) != ERR_NONE)
		return fault->code;
	converted->name = record_value(converted->record, schema->name_id);
	if (converted->name.length == 0)
		return refuse_nameless(converter, "there is no name", fault);
	converted->was_latin1 = converter->was_latin1;
	return ERR_NONE;
}

static bool
contains(struct span text, char byte)
{
	return text.length > 0 && memchr(text.data, byte, text.length) != NULL;
}

/* Which of the things that spreadsheets write it is, if one of them. */
static enum err
refuse_header(const struct converter *converter, const struct csv_row *header,
    struct fault *fault)
{
	struct span first = header->fields[0];

	if (span_starts_with(first, span_from("\xff\xfe")) ||
	    span_starts_with(first, span_from("\xfe\xff")))
		return fault_set(fault, ERR_REFUSED,
		    "the file is UTF-16; save it as UTF-8");
	if (header->count == 1 && contains(first, ';'))
		return fault_set(fault, ERR_REFUSED, "the columns are separated"
		    " by semicolons; save the file with commas");
	if (header->count == 1 && contains(first, '\t'))
		return fault_set(fault, ERR_REFUSED, "the columns are separated"
		    " by tabs; save the file with commas");
	return refuse_nameless(converter, "no column of the header gives a"
	    " name", fault);
}

/* Whether a row with a value in every column has one for the attribute. */
static bool
is_fed(struct converter *converter, unsigned id)
{
	buf_rewind(&converter->record, 0);
	return add_attribute(converter, &converter->schema->attributes[id]);
}

/* What was gathered is a header, each name as the value of its column. */
static void
find_fed(struct converter *converter)
{
	struct format *csv = &converter->csv;

	csv->fed_count = 0;
	for (unsigned id = 0; id < converter->schema->count; id++)
		if (is_fed(converter, id))
			csv->fed[csv->fed_count++] = id;
}

enum err
converter_set_header(struct converter *converter,
    const struct csv_row *header, struct fault *fault)
{
	converter->format = &converter->csv;
	converter->column_count = header->count;
	gather_clear(converter->csv.gather);
	for (unsigned i = 0; i < header->count; i++) {
		converter->columns[i] = gather_find(converter->csv.gather,
		    span_trim(header->fields[i]));
		if (converter->columns[i] != GATHER_NONE)
			gather_add(converter->csv.gather,
			    converter->columns[i], header->fields[i]);
	}
	find_fed(converter);
	if (!is_fed(converter, converter->schema->name_id))
		return refuse_header(converter, header, fault);
	return ERR_NONE;
}

void
converter_list_unknown(const struct converter *converter,
    const struct csv_row *header, struct buf *names)
{
	assert(header->count == converter->column_count);
	for (unsigned i = 0; i < header->count; i++) {
		struct span name = span_trim(header->fields[i]);
		size_t whole = names->length;

		if (converter->columns[i] != GATHER_NONE || name.length == 0)
			continue;
		if (names->length > 0)
			buf_add_string(names, ", ");
		utf8_add_sanitised(names, name);
		if (names->overflowed) {
			names->length = whole;
			break;
		}
	}
}

enum err
convert_csv(struct converter *converter, const struct csv_row *row,
    struct converted *converted, struct fault *fault)
{
	const struct span none = { NULL, 0 };
	struct gather *gather = converter->csv.gather;

	assert(converter->column_count > 0);
	if (row->count != converter->column_count)
		return fault_set(fault, ERR_REFUSED, "the row has %u field%s "
		    "where the header has %u", row->count,
		    row->count == 1 ? "" : "s", converter->column_count);
	gather_clear(gather);
	for (unsigned i = 0; i < row->count; i++)
		if (converter->columns[i] != GATHER_NONE)
			gather_add(gather, converter->columns[i],
			    row->fields[i]);
	converter->format = &converter->csv;
	return convert(converter, none, converted, fault);
}

enum err
convert_ldif(struct converter *converter, const struct ldif_entry *entry,
    struct converted *converted, struct fault *fault)
{
	struct gather *gather = converter->ldif.gather;

	gather_clear(gather);
	for (unsigned i = 0; i < entry->count; i++) {
		const struct ldif_attribute *attribute = &entry->attributes[i];
		unsigned slot = gather_find(gather, attribute->type);

		if (slot != GATHER_NONE)
			gather_add(gather, slot, attribute->value);
	}
	converter->format = &converter->ldif;
	return convert(converter, entry->dn, converted, fault);
}

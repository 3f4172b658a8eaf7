#include "tools/command.h"

#include "access/privacy.h"
#include "access/viewer.h"
#include "base/buf.h"
#include "dir/generation.h"
#include "dir/inspect.h"
#include "record/export.h"
#include "record/record.h"
#include "record/schema.h"
#include "tools/report.h"
#include "tools/view.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void
add_csv_header(struct buf *out, const struct schema *schema, uint32_t groups)
{
	record_add_csv_header(out, schema, groups);
}

static void
add_ldif_header(struct buf *out, const struct schema *schema, uint32_t groups)
{
	(void)schema, (void)groups;
	record_add_ldif_header(out);
}

static void
add_ldif(struct buf *out, const struct schema *schema, uint32_t groups,
    struct span record)
{
	(void)groups;
	record_add_ldif(out, schema, record);
}

static const struct dump_format {
	const char *name;
	void (*add_header)(struct buf *out, const struct schema *schema,
	    uint32_t groups);
	void (*add_record)(struct buf *out, const struct schema *schema,
	    uint32_t groups, struct span record);
} formats[] = {
	{ "ldif", add_ldif_header, add_ldif },
	{ "csv", add_csv_header, record_add_csv },
};

enum {
	FORMATS = sizeof formats / sizeof formats[0],
	DUMP_MAX = EXPORT_LDIF_MAX > (int)EXPORT_CSV_MAX ?
	    (int)EXPORT_LDIF_MAX : (int)EXPORT_CSV_MAX,
};

struct dump {
	/* as the options say */
	const char *path;
	const struct dump_format *format;
	bool for_viewer; /* else everything, for the administrator */
	struct viewer viewer;

	const struct schema *schema;
	uint32_t groups; /* that are dumped */
	struct buf shown, out;
};

static enum err
put(struct buf *out, struct fault *fault)
{
	size_t written = fwrite(out->data, 1, out->length, stdout);

	if (written < out->length)
		return fault_set(fault, ERR_WORLD, "standard output: %s",
		    strerror(errno));
	buf_rewind(out, 0);
	return ERR_NONE;
}

static enum err
dump_entry(struct dump *d, uint32_t id, struct span record,
    struct fault *fault)
{
	struct record_parts parts;

	if (!record_take_apart(&parts, d->schema, record))
		return fault_set(fault, ERR_REFUSED, "entry %" PRIu32
		    " is damaged; see 'whoisctl verify'", id);
	if (d->for_viewer) {
		buf_rewind(&d->shown, 0);
		if (!privacy_add_record(&d->shown, d->schema,
			privacy_attributes(d->schema, d->groups), &parts))
			return ERR_NONE;
		record = buf_span(&d->shown);
	}
	d->format->add_record(&d->out, d->schema, d->groups, record);
	return put(&d->out, fault);
}

static enum err
dump_all(struct dump *d, struct reader *reader, struct fault *fault)
{
	struct entry_walk *walk = entry_walk_open(reader);
	struct fault ignored;
	struct span record;
	uint32_t id;
	enum err err, walk_err;

	d->format->add_header(&d->out, d->schema, d->groups);
	err = put(&d->out, fault);
	while (err == ERR_NONE && entry_walk_next(walk, &id, &record))
		err = dump_entry(d, id, record, fault);
	walk_err = entry_walk_close(&walk, err == ERR_NONE ? fault : &ignored);
	return err != ERR_NONE ? err : walk_err;
}

static enum err
dump(struct dump *d, struct reader *reader, struct fault *fault)
{
	static char memory[DUMP_MAX], shown[RECORD_BYTES_MAX];

	buf_init(&d->out, memory, sizeof memory);
	buf_init(&d->shown, shown, sizeof shown);
	d->schema = reader_schema(reader);
	d->groups = d->for_viewer ? privacy_groups(d->schema, &d->viewer) :
	    SCHEMA_ALL_GROUPS;
	return dump_all(d, reader, fault);
}

static int
take_format(struct dump *d, const char *name)
{
	for (unsigned i = 0; i < FORMATS; i++)
		if (strcmp(formats[i].name, name) == 0) {
			d->format = &formats[i];
			return ERR_NONE;
		}
	return report(ERR_USAGE, "-f wants csv or ldif, not \"%s\"", name);
}

static int
take_option(struct dump *d, int option, char **argv)
{
	switch (option) {
	case 'd':
		d->path = optarg;
		return ERR_NONE;
	case 'f':
		return take_format(d, optarg);
	case COMMAND_OPTION_AS:
		d->for_viewer = true;
		return command_take_viewer(&d->viewer, optarg);
	default:
		return report_option(option, argv);
	}
}

static int
take_options(struct dump *d, int argc, char **argv)
{
	static const struct option options[] = {
		{ "as", required_argument, NULL, COMMAND_OPTION_AS },
		{ NULL, 0, NULL, 0 },
	};
	int option, status = ERR_NONE;

	while (status == ERR_NONE && (option = getopt_long(argc, argv,
	    ":d:f:", options, NULL)) != -1)
		status = take_option(d, option, argv);
	if (status == ERR_NONE && (d->path == NULL || optind < argc))
		return report(ERR_USAGE, "dump wants -d DIR and no words "
		    "behind; try --help");
	return status;
}

int
command_dump(int argc, char **argv)
{
	struct dump d = { .format = &formats[0] };
	struct fault fault;
	struct view view;
	enum err err;
	int status = take_options(&d, argc, argv);

	if (status != ERR_NONE)
		return status;
	if (view_open(&view, d.path, &fault) != ERR_NONE)
		return report_fault(&fault);
	err = dump(&d, view.reader, &fault);
	view_close(&view);
	return err == ERR_NONE ? report_output(ERR_NONE) :
	    report_fault(&fault);
}

#include "tools/command.h"

#include "base/buf.h"
#include "dir/generation.h"
#include "dir/inspect.h"
#include "record/export.h"
#include "record/record.h"
#include "tools/report.h"
#include "tools/view.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
dump_csv_header(struct buf *out, const struct schema *schema)
{
	record_add_csv_header(out, schema);
}

static void
dump_ldif_header(struct buf *out, const struct schema *schema)
{
	(void)schema;
	record_add_ldif_header(out);
}

static const struct dump_format {
	const char *name;
	void (*add_header)(struct buf *out, const struct schema *schema);
	void (*add_record)(struct buf *out, const struct schema *schema,
	    struct span record);
} formats[] = {
	{ "ldif", dump_ldif_header, record_add_ldif },
	{ "csv", dump_csv_header, record_add_csv },
};

enum {
	FORMATS = sizeof formats / sizeof formats[0],
	DUMP_MAX = EXPORT_LDIF_MAX > (int)EXPORT_CSV_MAX ?
	    (int)EXPORT_LDIF_MAX : (int)EXPORT_CSV_MAX,
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
dump(struct reader *reader, const struct dump_format *format,
    struct fault *fault)
{
	static char memory[DUMP_MAX];
	const struct schema *schema = reader_schema(reader);
	struct entry_walk *walk = entry_walk_open(reader);
	struct fault ignored;
	struct span record;
	struct buf out;
	uint32_t id;
	enum err err, walk_err;

	buf_init(&out, memory, sizeof memory);
	format->add_header(&out, schema);
	err = put(&out, fault);
	while (err == ERR_NONE && entry_walk_next(walk, &id, &record)) {
		if (!record_is_valid(schema, record)) {
			err = fault_set(fault, ERR_REFUSED, "entry %" PRIu32
			    " is damaged; see 'whoisctl verify'", id);
			break;
		}
		format->add_record(&out, schema, record);
		err = put(&out, fault);
	}
	walk_err = entry_walk_close(&walk, err == ERR_NONE ? fault : &ignored);
	return err != ERR_NONE ? err : walk_err;
}

/* Like command_take_only_directory(), with -f. */
static int
take_dump_options(const char **path, const struct dump_format **format,
    int argc, char **argv)
{
	const char *name = "ldif";
	int option;

	*path = NULL;
	*format = NULL;
	while ((option = getopt(argc, argv, ":d:f:")) != -1) {
		if (option == 'd')
			*path = optarg;
		else if (option == 'f')
			name = optarg;
		else
			return report_option(option, argv);
	}
	for (unsigned i = 0; i < FORMATS; i++)
		if (strcmp(formats[i].name, name) == 0)
			*format = &formats[i];
	if (*format == NULL)
		return report(ERR_USAGE, "-f wants csv or ldif, not \"%s\"",
		    name);
	if (*path == NULL || optind < argc)
		return report(ERR_USAGE, "dump wants -d DIR and no words "
		    "behind; try --help");
	return ERR_NONE;
}

int
command_dump(int argc, char **argv)
{
	const struct dump_format *format;
	struct fault fault;
	struct view view;
	const char *path;
	enum err err;
	int status = take_dump_options(&path, &format, argc, argv);

	if (status != ERR_NONE)
		return status;
	if (view_open(&view, path, &fault) != ERR_NONE)
		return report_fault(&fault);
	err = dump(view.reader, format, &fault);
	view_close(&view);
	return err == ERR_NONE ? report_output(ERR_NONE) :
	    report_fault(&fault);
}

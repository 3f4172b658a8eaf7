#include "config.h"

#include "unit.h"

#include "base/buf.h"
#include "dir/generation.h"
#include "dir/inspect.h"
#include "dir/load.h"
#include "dir/store.h"
#include "record/key.h"
#include "record/record.h"
#include "record/schema.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 512, FILES_MAX = 4, MAP_BYTES = 1 << 28 };

#define HEADER "index_key,full_name,phone,directory_addresses\n"

/* Each test has a folder of its own with the input and DIR in it. */
static char folder[PATH_BYTES];

/* What a load said. */
struct outcome {
	enum err err;
	struct fault fault;
	struct load_summary summary;
	char messages[65536];
};

/* What is loaded and how. */
struct input {
	const char *files[FILES_MAX]; /* names; NULL ends */
	const char *texts[FILES_MAX]; /* NULL: the file is not written */
	bool skip_bad;
	enum load_format format;
	size_t memory_bytes; /* 0: the least */
};

static const char *
path_of(const char *name, char path[PATH_BYTES])
{
	ck_assert_int_lt(snprintf(path, PATH_BYTES, "%s/%s", folder, name),
	    PATH_BYTES);
	return path;
}

static void
write_bytes(const char *name, const char *bytes, size_t length)
{
	char path[PATH_BYTES];
	FILE *file = fopen(path_of(name, path), "we");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
	ck_assert_int_eq(fclose(file), 0);
}

static void
set_up(void)
{
	strcpy(folder, "/tmp/check_load-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
remove_tree(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		char child[PATH_BYTES * 2];

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(child, sizeof child, "%s/%s", path, entry->d_name);
		if (unlink(child) != 0)
			remove_tree(child);
	}
	if (dir != NULL)
		closedir(dir);
	rmdir(path);
}

static void
tear_down(void)
{
	remove_tree(folder);
}

static void
load_into(const char *directory, const struct input *input,
    struct outcome *outcome)
{
	static char paths[FILES_MAX][PATH_BYTES];
	const char *files[FILES_MAX];
	char path[PATH_BYTES];
	FILE *messages = fmemopen(outcome->messages, sizeof outcome->messages,
	    "w");
	struct load_settings settings = {
		.directory = path_of(directory, path),
		.format = input->format,
		.memory_bytes = input->memory_bytes ? input->memory_bytes :
		    LOAD_MEMORY_MIN,
		.map_bytes = MAP_BYTES,
		.skip_bad = input->skip_bad,
		.files = files,
		.messages = messages,
	};

	outcome->messages[0] = '\0';
	for (; settings.file_count < FILES_MAX &&
	    input->files[settings.file_count] != NULL; settings.file_count++) {
		size_t n = settings.file_count;

		files[n] = strcmp(input->files[n], "-") == 0 ? "-" :
		    path_of(input->files[n], paths[n]);
		if (input->texts[n] != NULL)
			write_bytes(input->files[n], input->texts[n],
			    strlen(input->texts[n]));
	}
	outcome->err = load_run(&settings, &outcome->summary, &outcome->fault);
	fclose(messages);
}

static void
load(const struct input *input, struct outcome *outcome)
{
	load_into("DIR", input, outcome);
}

static void
load_well(const struct input *input)
{
	static struct outcome outcome;

	load(input, &outcome);
	ck_assert_msg(outcome.err == ERR_NONE, "%s", outcome.fault.text);
}

/* All members of the list that a cursor stands on. */
static void
dump_list(struct store_cursor *cursor, enum store_table table,
    struct span key, FILE *out)
{
	static const char first[NEAR_BYTES];
	const uint32_t *ids;
	const char *value;
	enum store_found found;
	size_t count;

	while (table != STORE_NEAR &&
	    store_postings_page(cursor, &ids, &count) == STORE_FOUND)
		fwrite(ids, sizeof *ids, count, out);
	if (table != STORE_NEAR)
		return;
	found = store_near_seek(cursor, key_read_id(key), first, &value);
	for (; found == STORE_FOUND; found = store_near_next(cursor, &value))
		fwrite(value, 1, NEAR_BYTES, out);
}

static void
dump_table(struct store_reader *reader, enum store_table table, FILE *out)
{
	bool has_lists = table == STORE_TERM || table == STORE_CLUE ||
	    table == STORE_NEAR;
	struct store_cursor *cursor = store_cursor_open(reader, table);
	struct span key, value;
	enum store_found found = store_cursor_seek(cursor,
	    (struct span){ "", 0 }, &key, &value);

	for (; found == STORE_FOUND;
	    found = store_cursor_next(cursor, &key, &value)) {
		fwrite(key.data, 1, key.length, out);
		fputc('=', out);
		if (has_lists)
			dump_list(cursor, table, key, out);
		else
			fwrite(value.data, 1, value.length, out);
		fputc('\n', out);
	}
	ck_assert_int_eq(found, STORE_ABSENT);
	store_cursor_close(&cursor);
}

/* All tables but meta as text: what a directory is.  It is sound, too. */
static char *
dump(const char *directory, size_t *length)
{
	struct directory *handle;
	struct inspection found;
	struct reader *reader;
	struct fault fault;
	char path[PATH_BYTES], *text = NULL;
	FILE *out = open_memstream(&text, length);

	ck_assert_msg(directory_open(&handle, path_of(directory, path),
	    MAP_BYTES, &fault) == ERR_NONE, "%s", fault.text);
	reader = reader_new(handle);
	ck_assert_int_eq(reader_begin(reader, &fault), ERR_NONE);
	ck_assert_int_eq(inspect_verify(reader, &found, &fault), ERR_NONE);
	ck_assert_msg(found.wrong == 0, "%s", found.sentences[0]);
	for (enum store_table table = STORE_ENTRY; table < STORE_TABLES;
	    table++)
		dump_table(reader_store(reader), table, out);
	reader_end(reader);
	reader_free(&reader);
	directory_close(&handle);
	fclose(out);
	return text;
}

static void
check_same(const char *one, const char *other)
{
	size_t lengths[2];
	char *texts[2] = { dump(one, &lengths[0]), dump(other, &lengths[1]) };

	ck_assert_uint_eq(lengths[0], lengths[1]);
	ck_assert_int_eq(memcmp(texts[0], texts[1], lengths[0]), 0);
	free(texts[0]);
	free(texts[1]);
}

/* "key name|key name|": the entries in order. */
static void
describe(char *text, size_t size)
{
	struct directory *handle;
	struct reader *reader;
	struct span record;
	struct fault fault;
	struct buf out;
	char path[PATH_BYTES];

	buf_init(&out, text, size - 1);
	ck_assert_msg(directory_open(&handle, path_of("DIR", path), MAP_BYTES,
	    &fault) == ERR_NONE, "%s", fault.text);
	reader = reader_new(handle);
	ck_assert_int_eq(reader_begin(reader, &fault), ERR_NONE);
	for (uint32_t id = 1; store_get_entry(reader_store(reader), id,
	    &record) == STORE_FOUND; id++) {
		const struct schema *schema = reader_schema(reader);

		buf_add(&out, record_value(record, schema->key_id));
		buf_add_char(&out, ' ');
		buf_add(&out, record_value(record, schema->name_id));
		buf_add_char(&out, '|');
	}
	reader_end(reader);
	reader_free(&reader);
	directory_close(&handle);
	text[out.length] = '\0';
}

static unsigned
files_in(const char *name)
{
	char path[PATH_BYTES];
	DIR *dir = opendir(path_of(name, path));
	unsigned count = 0;

	ck_assert_ptr_nonnull(dir);
	while (readdir(dir) != NULL)
		count++;
	closedir(dir);
	return count - 2;
}

START_TEST(takes_what_spreadsheets_write)
{
	static const struct {
		const char *text, *entries;
	} rows[] = {
		{ HEADER "1,\"Quinton, Reg\",679-2111,\n", "1 Quinton, Reg|" },
		{ "\xef\xbb\xbfindex_key,full_name\r\n1,\"Quinton, Reg\"\r\n",
		  "1 Quinton, Reg|" },
		{ "full_name,index_key\n\"Quinton, Reg\",1",
		  "1 Quinton, Reg|" },
		{ "index_key,first,last\n2,Reg,Quinton\n\n1,Ann,Li\n",
		  "1 Li, Ann|2 Quinton, Reg|" },
		{ "index_key,full_name,room\n1,\"Q \"\"R\"\"\",\"a\nb\"\n",
		  "1 Q \"R\"|" },
		{ "index_key,full_name\n1,M\xfcller\n", "1 M\xc3\xbcller|" },
	};
	char text[512];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		load_well(&(struct input){ { "a.csv" }, { rows[i].text } });
		describe(text, sizeof text);
		ck_assert_msg(strcmp(text, rows[i].entries) == 0, "%zu: %s", i,
		    text);
	}
}
END_TEST

START_TEST(ends_at_the_first_bad_entry_and_names_its_line)
{
	static const struct {
		const char *name, *text, *sentence; /* NULL: no such file */
		enum err err;
	} rows[] = {
		{ "none.csv", NULL, "none.csv: No such file", ERR_WORLD },
		{ "a.csv", "", "a.csv:1: the file is empty", ERR_REFUSED },
		{ "a.csv", HEADER, "there is no entry in ", ERR_REFUSED },
		{ "a.csv", HEADER "1,Li,,\n2,Wu\n3\n", "a.csv:3: ",
		  ERR_REFUSED },
		{ "a.csv", HEADER "1,Li,,\n2,\"Wu,,\n3,Xu,,\n", "a.csv:3: ",
		  ERR_REFUSED },
		{ "a.csv", HEADER "1,Li,,\n2,,,\n", "a.csv:3: ", ERR_REFUSED },
		{ "a.csv", "colour,shape\nred,round\n", "a.csv:1: ",
		  ERR_REFUSED },
		{ "a.csv", HEADER "1,Li,,\n2,Wu,,\n1,Xu,,\n",
		  "a.csv:4: Index Key 1 was already used at ", ERR_REFUSED },
		{ "a.ldif", "dn: cn=a\nsn: Li\ncn: Li\n\ndn: cn=b\n"
		  "jpegPhoto:< file:///etc/passwd\n", "a.ldif:6: ",
		  ERR_REFUSED },
		{ "a.ldif", "dn: cn=a\nsn: Li\ncn: Li\n\ndn: cn=a\nsn: Wu\n"
		  "cn: Wu\n", "a.ldif:5: this dn was already used at ",
		  ERR_REFUSED },
		{ "people", HEADER, "say with -f whether", ERR_USAGE },
	};
	static struct outcome outcome;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		load(&(struct input){ { rows[i].name }, { rows[i].text } },
		    &outcome);
		ck_assert_msg(outcome.err == rows[i].err &&
		    strstr(outcome.fault.text, rows[i].sentence) != NULL,
		    "%zu: %s", i, outcome.fault.text);
	}
}
END_TEST

START_TEST(skips_counts_and_lists_bad_entries)
{
	static struct outcome outcome;
	const struct input input = {
		{ "a.csv", "b.csv" },
		{ HEADER "1,Li,,\n2,Wu\n3,Xu,,\n", HEADER "1,Ma,,\n4,Ng,,\n" },
		.skip_bad = true,
	};
	char text[512], *second;

	load(&input, &outcome);
	ck_assert_msg(outcome.err == ERR_NONE, "%s", outcome.fault.text);
	ck_assert_uint_eq(outcome.summary.entries, 3);
	ck_assert_uint_eq(outcome.summary.bad, 2);
	describe(text, sizeof text);
	ck_assert_str_eq(text, "1 Li|4 Ng|3 Xu|");
	ck_assert_ptr_nonnull(strstr(outcome.messages, "a.csv:3: "));
	second = strchr(outcome.messages, '\n') + 1;
	ck_assert_ptr_nonnull(strstr(second,
	    "b.csv:2: Index Key 1 was already used at "));
	ck_assert_ptr_nonnull(strstr(second, "a.csv:2\n"));
}
END_TEST

START_TEST(lists_the_columns_it_leaves_out)
{
	static struct outcome outcome;
	static const struct input input = {
		{ "a.csv" }, { "Full Name,dept,,room, e\033mail\nLi,,,,\n" },
	};
	static char names[8192];
	const struct input many = { { "a.csv" }, { names } };
	char path[PATH_BYTES], wanted[PATH_BYTES + 128];

	load(&input, &outcome);
	ck_assert_msg(outcome.err == ERR_NONE, "%s", outcome.fault.text);
	snprintf(wanted, sizeof wanted, "%s:1: the schema leaves out the "
	    "columns dept, e\xef\xbf\xbdmail\n", path_of("a.csv", path));
	ck_assert_str_eq(outcome.messages, wanted);

	strcpy(names, "full_name");
	for (int i = 0; i < 200; i++)
		strcat(names, ",column");
	strcat(names, "\nLi");
	for (int i = 0; i < 200; i++)
		strcat(names, ",");
	load(&many, &outcome);
	ck_assert_msg(outcome.err == ERR_NONE, "%s", outcome.fault.text);
	ck_assert_uint_lt(strlen(outcome.messages), 1024);
	ck_assert_ptr_nonnull(strstr(outcome.messages, "column, ...\n"));
}
END_TEST

START_TEST(lists_the_first_hundred_in_order)
{
	static struct outcome outcome;
	static char text[65536];
	struct buf out;
	char *line = outcome.messages;

	buf_init(&out, text, sizeof text - 1);
	buf_add_string(&out, HEADER "1,Li,,\n");
	for (unsigned i = 0; i < 5000; i++)
		buf_add_string(&out, "short\n");
	load(&(struct input){ { "a.csv" }, { text }, .skip_bad = true },
	    &outcome);
	ck_assert_int_eq(outcome.err, ERR_NONE);
	ck_assert_uint_eq(outcome.summary.bad, 5000);
	for (unsigned i = 0; i < LOAD_LISTED_MAX; i++) {
		char place[32];

		snprintf(place, sizeof place, "a.csv:%u: ", i + 3);
		ck_assert_msg(strstr(line, place) != NULL, "%s", place);
		line = strchr(line, '\n') + 1;
	}
	ck_assert_str_eq(line, "and 4900 more\n");
}
END_TEST

START_TEST(a_duplicate_is_the_later_one_in_any_order_of_names)
{
	static struct outcome outcome;

	load(&(struct input){ { "a.csv", "b.csv" },
	    { HEADER "7,Zu,,\n8,Yi,,\n", HEADER "8,Bo,,\n7,Ai,,\n" } },
	    &outcome);
	ck_assert_int_eq(outcome.err, ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(outcome.fault.text,
	    "b.csv:2: Index Key 8 was already used at "));
	ck_assert_ptr_nonnull(strstr(outcome.fault.text, "a.csv:3;"));
}
END_TEST

START_TEST(skips_entries_that_are_not_people)
{
	static struct outcome outcome;
	static const char text[] =
	    "version: 1\n\n"
	    "dn: ou=People,o=x\nobjectClass: organizationalUnit\nou: People\n"
	    "\n# a comment\n"
	    "dn: cn=Reg Quinton,ou=People,o=x\nobjectClass: inetOrgPerson\n"
	    "cn: Reg Quinton\nsn: Quinton\ngivenName: Reg\n"
	    "employeeNumber: 481800\nuserPassword: secret\n"
	    "homePhone: 555-1234\n\n"
	    "dn: cn=all,o=x\nobjectClass: groupOfNames\ncn: all\n"
	    "member: cn=Reg Quinton,ou=People,o=x\n";
	char described[512], *whole;
	size_t length;

	load(&(struct input){ { "a.ldif" }, { text } }, &outcome);
	ck_assert_msg(outcome.err == ERR_NONE, "%s", outcome.fault.text);
	ck_assert_uint_eq(outcome.summary.entries, 1);
	ck_assert_uint_eq(outcome.summary.not_people, 2);
	describe(described, sizeof described);
	ck_assert_str_eq(described, "481800 Quinton, Reg|");
	whole = dump("DIR", &length);
	ck_assert_ptr_null(memmem(whole, length, "secret", 6));
	free(whole);
}
END_TEST

START_TEST(mixes_formats_and_reads_standard_input)
{
	char path[PATH_BYTES], text[512];
	int fd;

	write_bytes("in", HEADER "2,Wu,,\n", strlen(HEADER "2,Wu,,\n"));
	fd = open(path_of("in", path), O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	close(fd);
	load_well(&(struct input){ { "-", "a.csv" },
	    { NULL, HEADER "1,Li,,\n" }, .format = LOAD_CSV });
	describe(text, sizeof text);
	ck_assert_str_eq(text, "1 Li|2 Wu|");
	load_well(&(struct input){ { "a.csv", "b.LDIF" },
	    { HEADER "1,Li,,\n", "dn: cn=x\nsn: Wu\ncn: Wu\n"
	    "employeeNumber: 2\n" } });
	describe(text, sizeof text);
	ck_assert_str_eq(text, "1 Li|2 Wu|");
}
END_TEST

START_TEST(keys_it_makes_do_not_depend_on_the_order_of_rows)
{
	static struct outcome outcome;
	char text[512];

	load_into("one", &(struct input){ { "a.csv" }, { HEADER
	    ",Li,,\n,Wu,1,\n,Li,,\n,Li,2,\n,Li,,\n" } }, &outcome);
	ck_assert_msg(outcome.err == ERR_NONE, "%s", outcome.fault.text);
	ck_assert_uint_eq(outcome.summary.entries, 5);
	ck_assert_uint_eq(outcome.summary.generated_keys, 5);
	load_into("other", &(struct input){ { "a.csv", "b.csv" },
	    { HEADER ",Li,2,\n,Li,,\n,Li,,\n",
	    "phone,full_name\n1,Wu\n,Li\n" } }, &outcome);
	ck_assert_msg(outcome.err == ERR_NONE, "%s", outcome.fault.text);
	check_same("one", "other");
	load(&(struct input){ { "a.csv" }, { HEADER ",Li,,\n,Li,,\n" } },
	    &outcome);
	describe(text, sizeof text);
	ck_assert_ptr_ne(strstr(text, " Li|"), NULL);
	ck_assert_ptr_ne(strstr(text, "|"), strrchr(text, '|'));
}
END_TEST

/*
 * Row `nth` of a made-up population, with namesakes.  It has so many words that
 * neither their clues nor its terms fit into the least memory.
 */
static void
add_row(struct buf *out, unsigned nth)
{
	buf_add_format(out, "%u,\"Name%u, First%u\",679-%u,a%u@x b%u@y%u\n",
	    nth * 7, nth % 20000, nth % 37, nth % 5000, nth, nth, nth % 3);
}

START_TEST(the_directory_depends_on_the_rows_alone)
{
	enum { ROWS = 150000, BYTES = ROWS * 80 };
	static struct outcome outcome;
	struct input input = { { "a.csv" }, { NULL } };
	char *text = malloc(BYTES);
	struct buf out;

	buf_init(&out, text, BYTES);
	buf_add_string(&out, HEADER);
	for (unsigned i = 0; i < ROWS; i++)
		add_row(&out, i);
	ck_assert(!out.overflowed);
	write_bytes("a.csv", out.data, out.length);
	load_into("little", &input, &outcome);
	ck_assert_msg(outcome.err == ERR_NONE, "%s", outcome.fault.text);
	ck_assert_uint_eq(outcome.summary.entries, ROWS);
	input.memory_bytes = (size_t)256 << 20;
	load_into("much", &input, &outcome);
	ck_assert_int_eq(outcome.err, ERR_NONE);
	check_same("little", "much");
	buf_rewind(&out, strlen(HEADER));
	for (unsigned i = ROWS; i > 0; i--)
		add_row(&out, i - 1);
	write_bytes("a.csv", out.data, out.length);
	load_into("backwards", &input, &outcome);
	ck_assert_int_eq(outcome.err, ERR_NONE);
	check_same("little", "backwards");
	free(text);
}
END_TEST

START_TEST(a_failed_load_changes_nothing_and_leaves_nothing)
{
	static struct outcome outcome;
	const struct rlimit limit = { .rlim_cur = 1 << 20,
		.rlim_max = RLIM_INFINITY };
	const struct rlimit none = { .rlim_cur = RLIM_INFINITY,
		.rlim_max = RLIM_INFINITY };
	char text[512];
	unsigned files;

	load_well(&(struct input){ { "a.csv" }, { HEADER "1,Li,,\n" } });
	files = files_in("DIR");
	load(&(struct input){ { "b.csv" }, { HEADER "1,Wu,,\n2\n" } },
	    &outcome);
	ck_assert_int_eq(outcome.err, ERR_REFUSED);
	ck_assert_uint_eq(files_in("DIR"), files);

	signal(SIGXFSZ, SIG_IGN);
	for (unsigned i = 0; i < 5; i++) {
		static char big[1 << 20];
		struct buf out;

		buf_init(&out, big, sizeof big - 1);
		buf_add_string(&out, HEADER);
		for (unsigned n = 0; n < 10000; n++)
			add_row(&out, n);
		write_bytes("c.csv", out.data, out.length);
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
		load(&(struct input){ { "c.csv" }, { NULL } }, &outcome);
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
		ck_assert_int_eq(outcome.err, ERR_WORLD);
		ck_assert_msg(strstr(outcome.fault.text, "File too large") ||
		    strstr(outcome.fault.text, "the disk is full"), "%s",
		    outcome.fault.text);
		ck_assert_uint_eq(files_in("DIR"), files);
	}
	describe(text, sizeof text);
	ck_assert_str_eq(text, "1 Li|");
}
END_TEST

START_TEST(says_what_it_needs)
{
	static struct outcome outcome;

	load(&(struct input){ { "a.csv" }, { HEADER "1,Li,,\n" },
	    .memory_bytes = 1 << 20 }, &outcome);
	ck_assert_int_eq(outcome.err, ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(outcome.fault.text, "memory"));
	load(&(struct input){ { NULL }, { NULL } }, &outcome);
	ck_assert_int_eq(outcome.err, ERR_USAGE);
}
END_TEST

static const struct unit_frame frame = { set_up, tear_down };

UNIT_MAIN_WITHIN(&frame, "dir/load",
    takes_what_spreadsheets_write,
    ends_at_the_first_bad_entry_and_names_its_line,
    skips_counts_and_lists_bad_entries,
    lists_the_first_hundred_in_order,
    lists_the_columns_it_leaves_out,
    a_duplicate_is_the_later_one_in_any_order_of_names,
    skips_entries_that_are_not_people,
    mixes_formats_and_reads_standard_input,
    keys_it_makes_do_not_depend_on_the_order_of_rows,
    the_directory_depends_on_the_rows_alone,
    a_failed_load_changes_nothing_and_leaves_nothing,
    says_what_it_needs)

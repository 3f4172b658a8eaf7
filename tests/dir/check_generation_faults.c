/* Every way in which what `current` names can be of no use. */

#include "config.h"

#include "dir/generation.h"

#include "dir/store.h"
#include "record/record.h"
#include "record/schema.h"
#include "small.h"
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Each generation's one person is named after it. */
static const char *const first[] = { "name=First|key=1" };
static const char *const second[] = { "name=Second|key=1" };
static const char *const third[] = { "name=Third|key=1" };

static bool
reads(struct reader *reader, const char *name)
{
	struct span record;
	struct fault fault;
	bool same;

	ck_assert_msg(reader_begin(reader, &fault) == ERR_NONE, "%s",
	    fault.text);
	same = store_get_entry(reader_store(reader), 1, &record) ==
	    STORE_FOUND &&
	    span_is(record_value(record, reader_schema(reader)->name_id),
		name);
	reader_end(reader);
	return same;
}

/* What may be wrong with gen-000002, to which `current` leads. */

static void
write_generation(const char *folder, const char *name,
    const char *const *people, const char *meta)
{
	char path[256];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	ck_assert_int_eq(mkdir(path, 0755), 0);
	small_write(path, people, 1, meta);
}

static void
lead_to(const char *folder, const char *name)
{
	char path[256], next[256];

	snprintf(path, sizeof path, "%s/current", folder);
	snprintf(next, sizeof next, "%s/current.next", folder);
	ck_assert_int_eq(symlink(name, next), 0);
	ck_assert_int_eq(rename(next, path), 0);
}

static void
make_whole(const char *folder)
{
	write_generation(folder, "gen-000002", second, NULL);
	lead_to(folder, "gen-000002");
}

static void
make_other_format(const char *folder)
{
	write_generation(folder, "gen-000002", second, "format=whoisd-99");
	lead_to(folder, "gen-000002");
}

static void
make_other_folding(const char *folder)
{
	write_generation(folder, "gen-000002", second, "fold=nonsense");
	lead_to(folder, "gen-000002");
}

static void
make_bad_schema(const char *folder)
{
	write_generation(folder, "gen-000002", second, "schema=nonsense");
	lead_to(folder, "gen-000002");
}

/* The path of the second generation's data, which `make_whole` made. */
static const char *
make_data(const char *folder)
{
	static char path[256];

	make_whole(folder);
	snprintf(path, sizeof path, "%s/gen-000002/data.mdb", folder);
	return path;
}

static void
cut_short(const char *folder)
{
	const char *data = make_data(folder);
	struct stat status;

	ck_assert_int_eq(stat(data, &status), 0);
	ck_assert_int_eq(truncate(data, status.st_size / 2), 0);
}

static void
cut_last_byte(const char *folder)
{
	const char *data = make_data(folder);
	struct stat status;

	ck_assert_int_eq(stat(data, &status), 0);
	ck_assert_int_eq(truncate(data, status.st_size - 1), 0);
}

static void
empty(const char *folder)
{
	ck_assert_int_eq(truncate(make_data(folder), 0), 0);
}

static void
overwrite(const char *folder)
{
	FILE *file = fopen(make_data(folder), "w");

	ck_assert_ptr_nonnull(file);
	for (int i = 0; i < 10000; i++)
		fputs("no database\n", file);
	fclose(file);
}

static void
remove_data(const char *folder)
{
	ck_assert_int_eq(unlink(make_data(folder)), 0);
}

static void
replace_by_folder(const char *folder)
{
	const char *data = make_data(folder);

	ck_assert_int_eq(unlink(data), 0);
	ck_assert_int_eq(mkdir(data, 0755), 0);
}

static void
replace_by_fifo(const char *folder)
{
	const char *data = make_data(folder);

	ck_assert_int_eq(unlink(data), 0);
	ck_assert_int_eq(mkfifo(data, 0644), 0);
}

/* Unreadable for root, too. */
static void
make_unreadable(const char *folder)
{
	const char *data = make_data(folder);

	ck_assert_int_eq(unlink(data), 0);
	ck_assert_int_eq(symlink("data.mdb", data), 0);
}

static void
lead_to_nothing(const char *folder)
{
	lead_to(folder, "gen-000002");
}

static void
remove_link(const char *folder)
{
	char path[256];

	make_whole(folder);
	snprintf(path, sizeof path, "%s/current", folder);
	ck_assert_int_eq(unlink(path), 0);
}

static void
lead_elsewhere(const char *folder)
{
	make_whole(folder);
	lead_to(folder, "/etc");
}

static const struct {
	void (*break_it)(const char *folder);
	const char *sentence;
	const char *fallback; /* whom a start in this state finds */
} faults[] = {
	{ make_other_format, "whoisd-99", "First" },
	{ make_other_folding, "folded by the rules 'nonsense'", "First" },
	{ make_bad_schema, "its schema: line 1", "First" },
	{ cut_short, "data.mdb: cut short: ", "First" },
	{ cut_last_byte, "data.mdb: cut short: ", "First" },
	{ empty, "data.mdb: cut short: it is empty", "First" },
	{ overwrite, "not an LMDB file", "First" },
	{ remove_data, "gen-000002/data.mdb: No such file", "First" },
	{ replace_by_folder, "data.mdb: not a file", "First" },
	{ replace_by_fifo, "data.mdb: not a file", "First" },
	{ make_unreadable, "levels of symbolic links", "First" },
	{ lead_to_nothing, "gen-000002/data.mdb: No such file", "First" },
	{ remove_link, "nothing is loaded there yet", "Second" },
	{ lead_elsewhere, "not a link to a generation", "Second" },
};

enum { FAULTS = sizeof faults / sizeof faults[0] };

static unsigned
count_descriptors(void)
{
	DIR *entries = opendir("/proc/self/fd");
	unsigned count = 0;

	while (entries != NULL && readdir(entries) != NULL)
		count++;
	if (entries != NULL)
		closedir(entries);
	return count;
}

/* However often somebody looks, nothing is left open by it. */
static void
expect_broken(struct directory *directory, const char *sentence)
{
	unsigned before = count_descriptors();
	struct fault fault;

	for (int i = 0; i < 20; i++) {
		ck_assert_int_eq(directory_refresh(directory, &fault),
		    DIRECTORY_BROKEN);
		ck_assert_msg(strstr(fault.text, sentence) != NULL,
		    "\"%s\" lacks \"%s\"", fault.text, sentence);
	}
	ck_assert_uint_eq(count_descriptors(), before);
}

/* A good generation comes, and everything goes on from there. */
static void
expect_recovery(struct directory *directory, const char *folder,
    struct reader *reader)
{
	struct fault fault;

	write_generation(folder, "gen-000009", third, NULL);
	lead_to(folder, "gen-000009");
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_MOVED);
	ck_assert(reads(reader, "Third"));
}

static struct directory *
open_any(const char *folder, enum directory_start wanted, const char *sentence)
{
	struct directory *directory;
	struct fault fault;

	ck_assert_int_eq(directory_open_any(&directory, folder,
	    SMALL_MAP_BYTES, &fault), wanted);
	ck_assert_msg(wanted == DIRECTORY_OPENED ||
	    strstr(fault.text, sentence) != NULL,
	    "\"%s\" lacks \"%s\"", fault.text, sentence);
	return directory;
}

static void
check_service(unsigned fault)
{
	char *folder = small_folder();
	struct directory *directory;
	struct reader *reader;

	small_load(folder, first, 1);
	directory = open_any(folder, DIRECTORY_OPENED, NULL);
	reader = reader_new(directory);
	ck_assert(reads(reader, "First"));
	faults[fault].break_it(folder);
	expect_broken(directory, faults[fault].sentence);
	ck_assert(reads(reader, "First"));
	expect_recovery(directory, folder, reader);
	reader_free(&reader);
	directory_close(&directory);
	small_remove(&folder);
}

START_TEST(whatever_is_wrong_with_the_new_generation_the_old_one_serves)
{
	for (unsigned i = 0; i < FAULTS; i++)
		check_service(i);
}
END_TEST

static void
check_start(unsigned fault)
{
	char *folder = small_folder();
	struct directory *directory;
	struct reader *reader;

	small_load(folder, first, 1);
	faults[fault].break_it(folder);
	directory = open_any(folder, DIRECTORY_FELL_BACK,
	    faults[fault].sentence);
	reader = reader_new(directory);
	ck_assert(reads(reader, faults[fault].fallback));
	expect_broken(directory, faults[fault].sentence);
	expect_recovery(directory, folder, reader);
	reader_free(&reader);
	directory_close(&directory);
	small_remove(&folder);
}

START_TEST(a_start_falls_back_to_the_newest_generation_that_opens)
{
	for (unsigned i = 0; i < FAULTS; i++)
		check_start(i);
}
END_TEST

static void
check_refusal(unsigned fault)
{
	char *folder = small_folder();

	write_generation(folder, "gen-000001", first, "format=whoisd-98");
	faults[fault].break_it(folder);
	ck_assert_ptr_null(open_any(folder, DIRECTORY_REFUSED,
	    faults[fault].sentence));
	small_remove(&folder);
}

/* Where the link alone is at fault, the second generation opens. */
START_TEST(a_start_with_nothing_that_opens_is_refused)
{
	char *folder = small_folder();

	ck_assert_ptr_null(open_any(folder, DIRECTORY_REFUSED,
	    "nothing is loaded"));
	small_remove(&folder);
	for (unsigned i = 0; i < FAULTS; i++)
		if (strcmp(faults[i].fallback, "First") == 0)
			check_refusal(i);
}
END_TEST

START_TEST(a_start_does_not_fall_back_where_it_need_not)
{
	char *folder = small_folder();
	struct directory *directory;
	struct fault fault;

	small_load(folder, first, 1);
	/* newer, but not in service: a load that is under way */
	write_generation(folder, "gen-000002", second, NULL);
	directory = open_any(folder, DIRECTORY_OPENED, NULL);
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_SAME);
	directory_close(&directory);
	small_remove(&folder);
}
END_TEST

UNIT_MAIN("dir/generation, faults",
    whatever_is_wrong_with_the_new_generation_the_old_one_serves,
    a_start_falls_back_to_the_newest_generation_that_opens,
    a_start_with_nothing_that_opens_is_refused,
    a_start_does_not_fall_back_where_it_need_not)

#include "config.h"

#include "dir/generation.h"

#include "dir/build.h"
#include "dir/store.h"
#include "record/record.h"
#include "record/schema.h"
#include "small.h"
#include "unit.h"

#include <dirent.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each generation's one person is named after it. */
static const char *const first[] = { "name=First|key=1" };
static const char *const second[] = { "name=Second|key=1" };
static const char *const third[] = { "name=Third|key=1" };

static struct directory *
open_directory(const char *path)
{
	struct directory *directory;
	struct fault fault;

	ck_assert_msg(directory_open(&directory, path, SMALL_MAP_BYTES,
	    &fault) == ERR_NONE, "%s", fault.text);
	return directory;
}

/* Whether the reader, within begin/end, sees this person. */
static bool
sees(struct reader *reader, const char *name)
{
	struct span record;

	return store_get_entry(reader_store(reader), 1, &record) ==
	    STORE_FOUND &&
	    span_is(record_value(record, reader_schema(reader)->name_id),
		name);
}

static bool
reads(struct reader *reader, const char *name)
{
	struct fault fault;
	bool same;

	ck_assert_msg(reader_begin(reader, &fault) == ERR_NONE, "%s",
	    fault.text);
	same = sees(reader, name);
	reader_end(reader);
	return same;
}

static bool
exists(const char *folder, const char *name)
{
	char path[512];
	struct stat status;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return lstat(path, &status) == 0;
}

START_TEST(says_what_it_holds)
{
	char *folder = small_folder();
	struct directory *directory;
	struct generation_info info;

	small_load(folder, first, 1);
	directory = open_directory(folder);
	directory_info(directory, &info);
	ck_assert_str_eq(info.name, "gen-000001");
	ck_assert_uint_eq(info.entries, 1);
	ck_assert_uint_gt(info.terms, 0);
	ck_assert_uint_eq(info.serial, 1);
	ck_assert_uint_gt(info.size_bytes, 0);
	ck_assert_str_eq(info.source, "people.csv");
	ck_assert_str_eq(info.loaded, "2026-11-22T10:32:15Z");
	ck_assert_str_eq(info.format, STORE_FORMAT);
	directory_close(&directory);
	ck_assert_ptr_null(directory);
	small_remove(&folder);
}
END_TEST

START_TEST(refuses_to_open_what_is_not_there)
{
	char *folder = small_folder();
	char path[256];
	struct directory *directory;
	struct fault fault;

	snprintf(path, sizeof path, "%s/absent", folder);
	ck_assert_int_eq(directory_open(&directory, path, 0, &fault),
	    ERR_WORLD);
	ck_assert_ptr_nonnull(strstr(fault.text, "no such folder"));
	ck_assert_int_eq(directory_open(&directory, folder, 0, &fault),
	    ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(fault.text, "nothing is loaded"));
	ck_assert_ptr_null(directory);
	snprintf(path, sizeof path, "%s/current", folder);
	ck_assert_int_eq(symlink("../elsewhere", path), 0);
	ck_assert_int_eq(directory_open(&directory, folder, 0, &fault),
	    ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(fault.text, "not a link to a generation"));
	small_remove(&folder);
}
END_TEST

START_TEST(readers_move_on_at_their_next_begin)
{
	char *folder = small_folder();
	struct directory *directory;
	struct reader *slow, *quick;
	struct fault fault;

	small_load(folder, first, 1);
	directory = open_directory(folder);
	slow = reader_new(directory);
	quick = reader_new(directory);
	ck_assert_int_eq(reader_begin(slow, &fault), ERR_NONE);
	ck_assert(reads(quick, "First"));
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_SAME);
	small_load(folder, second, 1);
	ck_assert(reads(quick, "First"));
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_MOVED);
	ck_assert(reads(quick, "Second"));
	ck_assert(sees(slow, "First"));
	reader_end(slow);
	ck_assert(reads(slow, "Second"));
	reader_free(&slow);
	reader_free(&quick);
	ck_assert_ptr_null(quick);
	directory_close(&directory);
	small_remove(&folder);
}
END_TEST

/* How many data.mdb this process has open. */
static unsigned
count_open(void)
{
	DIR *descriptors = opendir("/proc/self/fd");
	struct dirent *entry;
	unsigned count = 0;

	ck_assert_ptr_nonnull(descriptors);
	while ((entry = readdir(descriptors)) != NULL) {
		char path[PATH_MAX];
		ssize_t length = readlinkat(dirfd(descriptors), entry->d_name,
		    path, sizeof path - 1);

		path[length > 0 ? length : 0] = '\0';
		count += strstr(path, "/data.mdb") != NULL;
	}
	closedir(descriptors);
	return count;
}

START_TEST(idle_readers_keep_no_old_generation_open)
{
	char *folder = small_folder();
	struct directory *directory;
	struct reader *busy, *idle;
	struct fault fault;

	small_load(folder, first, 1);
	directory = open_directory(folder);
	busy = reader_new(directory);
	idle = reader_new(directory);
	ck_assert(reads(idle, "First"));
	ck_assert_int_eq(reader_begin(busy, &fault), ERR_NONE);
	small_load(folder, second, 1);
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_MOVED);
	ck_assert_uint_eq(count_open(), 2);
	ck_assert(sees(busy, "First"));
	reader_end(busy);
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_SAME);
	ck_assert_uint_eq(count_open(), 1);
	ck_assert(reads(idle, "Second"));
	ck_assert(reads(busy, "Second"));
	reader_free(&idle);
	reader_free(&busy);
	directory_close(&directory);
	small_remove(&folder);
}
END_TEST

START_TEST(a_removed_generation_stays_whole_for_its_readers)
{
	char *folder = small_folder();
	struct directory *directory;
	struct reader *slow;
	struct fault fault;

	small_load(folder, first, 1);
	directory = open_directory(folder);
	slow = reader_new(directory);
	ck_assert_int_eq(reader_begin(slow, &fault), ERR_NONE);
	small_load(folder, second, 1);
	small_load(folder, third, 1);
	ck_assert(!exists(folder, "gen-000001"));
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_MOVED);
	ck_assert(sees(slow, "First"));
	reader_end(slow);
	ck_assert(reads(slow, "Third"));
	reader_free(&slow);
	directory_close(&directory);
	small_remove(&folder);
}
END_TEST

START_TEST(a_broken_generation_leaves_the_old_one_serving)
{
	char *folder = small_folder();
	char path[256];
	struct directory *directory;
	struct reader *reader;
	struct build *build;
	struct fault fault;

	small_load(folder, first, 1);
	directory = open_directory(folder);
	reader = reader_new(directory);
	ck_assert_int_eq(build_begin(&build, folder, &fault), ERR_NONE);
	small_write(build_path(build), second, 1, "format=whoisd-99");
	ck_assert_int_eq(build_publish(&build, &fault), ERR_NONE);
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_BROKEN);
	ck_assert_ptr_nonnull(strstr(fault.text, "whoisd-99"));
	ck_assert(reads(reader, "First"));
	snprintf(path, sizeof path, "%s/current", folder);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_BROKEN);
	ck_assert(reads(reader, "First"));
	ck_assert_int_eq(symlink("gen-000001", path), 0);
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_SAME);
	reader_free(&reader);
	directory_close(&directory);
	small_remove(&folder);
}
END_TEST

START_TEST(a_broken_schema_is_a_sentence)
{
	char *folder = small_folder();
	struct directory *directory;
	struct build *build;
	struct fault fault;

	ck_assert_int_eq(build_begin(&build, folder, &fault), ERR_NONE);
	small_write(build_path(build), first, 1, "schema=nonsense");
	ck_assert_int_eq(build_publish(&build, &fault), ERR_NONE);
	ck_assert_int_ne(directory_open(&directory, folder, SMALL_MAP_BYTES,
	    &fault), ERR_NONE);
	ck_assert_ptr_nonnull(strstr(fault.text, "its schema: line 1"));
	small_remove(&folder);
}
END_TEST

START_TEST(rolls_back_and_opens_nothing_twice)
{
	char *folder = small_folder();
	char name[GENERATION_NAME_MAX];
	struct directory *directory;
	struct reader *slow, *quick;
	struct fault fault;

	small_load(folder, first, 1);
	directory = open_directory(folder);
	slow = reader_new(directory);
	quick = reader_new(directory);
	ck_assert_int_eq(reader_begin(slow, &fault), ERR_NONE);
	small_load(folder, second, 1);
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_MOVED);
	ck_assert(reads(quick, "Second"));
	ck_assert_int_eq(directory_rollback(folder, name, &fault), ERR_NONE);
	ck_assert_str_eq(name, "gen-000001");
	ck_assert_int_eq(directory_refresh(directory, &fault),
	    DIRECTORY_MOVED);
	ck_assert(reads(quick, "First"));
	reader_end(slow);
	ck_assert(reads(slow, "First"));
	ck_assert_int_eq(directory_rollback(folder, name, &fault),
	    ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(fault.text, "before gen-000001"));
	reader_free(&slow);
	reader_free(&quick);
	directory_close(&directory);
	small_remove(&folder);
}
END_TEST

START_TEST(numbers_never_go_back)
{
	char *folder = small_folder();
	char name[GENERATION_NAME_MAX];
	struct build *build;
	struct fault fault;

	small_load(folder, first, 1);
	small_load(folder, second, 1);
	ck_assert_int_eq(directory_rollback(folder, name, &fault), ERR_NONE);
	ck_assert_int_eq(build_begin(&build, folder, &fault), ERR_NONE);
	ck_assert_uint_eq(build_serial(build), 3);
	build_abandon(&build);
	ck_assert_ptr_null(build);
	ck_assert(!exists(folder, "gen-000003"));
	ck_assert_int_eq(build_begin(&build, folder, &fault), ERR_NONE);
	ck_assert_uint_eq(build_serial(build), 4);
	build_abandon(&build);
	small_remove(&folder);
}
END_TEST

START_TEST(keeps_the_current_generation_and_the_one_before)
{
	char *folder = small_folder();

	small_load(folder, first, 1);
	small_load(folder, second, 1);
	small_load(folder, third, 1);
	ck_assert(!exists(folder, "gen-000001"));
	ck_assert(exists(folder, "gen-000002"));
	ck_assert(exists(folder, "gen-000003"));
	ck_assert(!exists(folder, "current.next"));
	small_remove(&folder);
}
END_TEST

static void
load_broken(const char *folder)
{
	struct build *build;
	struct fault fault;

	ck_assert_int_eq(build_begin(&build, folder, &fault), ERR_NONE);
	small_write(build_path(build), second, 1, "format=whoisd-99");
	ck_assert_int_eq(build_publish(&build, &fault), ERR_NONE);
}

START_TEST(keeps_a_whole_generation_rather_than_a_broken_one)
{
	char *folder = small_folder();
	char name[GENERATION_NAME_MAX];
	struct build *build;
	struct fault fault;

	small_load(folder, first, 1);
	load_broken(folder);
	/* it may be in service still, where it broke later */
	ck_assert_int_eq(build_begin(&build, folder, &fault), ERR_NONE);
	ck_assert(exists(folder, "gen-000002"));
	build_abandon(&build);
	load_broken(folder);
	small_load(folder, third, 1);
	ck_assert(exists(folder, "gen-000001"));
	ck_assert(!exists(folder, "gen-000002"));
	ck_assert(!exists(folder, "gen-000004"));
	ck_assert_int_eq(directory_rollback(folder, name, &fault), ERR_NONE);
	ck_assert_str_eq(name, "gen-000001");
	small_remove(&folder);
}
END_TEST

START_TEST(keeps_a_broken_generation_for_want_of_another)
{
	char *folder = small_folder();
	char name[GENERATION_NAME_MAX];
	struct fault fault;

	load_broken(folder);
	small_load(folder, third, 1);
	ck_assert(exists(folder, "gen-000001"));
	ck_assert_int_eq(directory_rollback(folder, name, &fault),
	    ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(fault.text, "whoisd-99"));
	directory_close(&(struct directory *){ open_directory(folder) });
	small_remove(&folder);
}
END_TEST

START_TEST(a_second_writer_is_told_who_holds_the_lock)
{
	char *folder = small_folder();
	char name[GENERATION_NAME_MAX];
	char holder[64];
	struct build *build, *other;
	struct fault fault;

	snprintf(holder, sizeof holder, "by process %ld since 2",
	    (long)getpid());
	ck_assert_int_eq(build_begin(&build, folder, &fault), ERR_NONE);
	ck_assert_int_eq(build_begin(&other, folder, &fault), ERR_REFUSED);
	ck_assert_ptr_null(other);
	ck_assert_msg(strstr(fault.text, holder) != NULL, "%s", fault.text);
	ck_assert_int_eq(directory_rollback(folder, name, &fault),
	    ERR_REFUSED);
	build_abandon(&build);
	ck_assert_int_eq(build_begin(&other, folder, &fault), ERR_NONE);
	build_abandon(&other);
	small_remove(&folder);
}
END_TEST

START_TEST(a_writer_that_died_is_cleaned_up_after)
{
	char *folder = small_folder();
	struct directory *directory;
	struct reader *reader;
	struct build *build;
	struct fault fault;
	int status;
	pid_t child;

	small_load(folder, first, 1);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		if (build_begin(&build, folder, &fault) != ERR_NONE)
			_exit(1);
		small_write(build_path(build), second, 1, NULL);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	ck_assert(exists(folder, "gen-000002"));
	directory = open_directory(folder);
	reader = reader_new(directory);
	ck_assert(reads(reader, "First"));
	ck_assert_int_eq(build_begin(&build, folder, &fault), ERR_NONE);
	ck_assert(!exists(folder, "gen-000002"));
	ck_assert_uint_eq(build_serial(build), 3);
	build_abandon(&build);
	ck_assert(reads(reader, "First"));
	reader_free(&reader);
	directory_close(&directory);
	small_remove(&folder);
}
END_TEST

START_TEST(a_lost_link_does_not_cost_the_data)
{
	char *folder = small_folder();
	char link[256];
	struct build *build;
	struct fault fault;

	snprintf(link, sizeof link, "%s/current", folder);
	small_load(folder, first, 1);
	ck_assert_int_eq(unlink(link), 0);
	ck_assert_int_eq(build_begin(&build, folder, &fault), ERR_NONE);
	ck_assert(exists(folder, "gen-000001"));
	build_abandon(&build);
	small_load(folder, second, 1);
	ck_assert(exists(folder, "gen-000001"));
	ck_assert(exists(folder, "gen-000003"));
	small_remove(&folder);
}
END_TEST

START_TEST(a_lost_link_does_not_cost_what_we_cannot_read)
{
	char *folder = small_folder();
	char link[256];

	snprintf(link, sizeof link, "%s/current", folder);
	load_broken(folder);
	ck_assert_int_eq(unlink(link), 0);
	small_load(folder, third, 1);
	ck_assert(exists(folder, "gen-000001"));
	small_remove(&folder);
}
END_TEST

START_TEST(makes_the_directory_when_there_is_none)
{
	char *folder = small_folder();
	char path[256];

	snprintf(path, sizeof path, "%s/new", folder);
	small_load(path, first, 1);
	ck_assert(exists(path, "gen-000001"));
	small_remove(&folder);
}
END_TEST

START_TEST(frees_the_slots_of_dead_readers)
{
	char *folder = small_folder();
	struct directory *directory;
	int status;
	pid_t child;

	small_load(folder, first, 1);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		struct fault fault;

		directory = open_directory(folder);
		_exit(reader_begin(reader_new(directory), &fault) != ERR_NONE);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	directory = open_directory(folder);
	/* LMDB may have started the lock file afresh: nobody else had it */
	ck_assert_uint_le(directory_clear_dead_readers(directory), 1);
	ck_assert_uint_eq(directory_clear_dead_readers(directory), 0);
	directory_close(&directory);
	small_remove(&folder);
}
END_TEST

/* Readers at work while one generation after the other is flipped in. */

struct crowd {
	struct directory *directory;
	atomic_bool stop;
	atomic_uint reads;
};

static void *
read_until_stopped(void *arg)
{
	struct crowd *crowd = arg;
	struct reader *reader = reader_new(crowd->directory);
	struct fault fault;

	while (!atomic_load(&crowd->stop)) {
		ck_assert_int_eq(reader_begin(reader, &fault), ERR_NONE);
		ck_assert(sees(reader, "First") || sees(reader, "Second"));
		reader_end(reader);
		atomic_fetch_add(&crowd->reads, 1);
	}
	reader_free(&reader);
	return NULL;
}

static void
wait_for_reads(struct crowd *crowd, unsigned count)
{
	unsigned target = atomic_load(&crowd->reads) + count;

	while (atomic_load(&crowd->reads) < target)
		sched_yield();
}

START_TEST(flips_under_readers)
{
	enum { READERS = 4, FLIPS = 20 };
	char *folder = small_folder();
	struct crowd crowd = { .directory = NULL };
	pthread_t threads[READERS];
	struct fault fault;

	small_load(folder, first, 1);
	crowd.directory = open_directory(folder);
	for (int i = 0; i < READERS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL,
		    read_until_stopped, &crowd), 0);
	for (int i = 0; i < FLIPS; i++) {
		small_load(folder, i % 2 == 0 ? second : first, 1);
		ck_assert_int_eq(directory_refresh(crowd.directory, &fault),
		    DIRECTORY_MOVED);
		wait_for_reads(&crowd, READERS);
	}
	atomic_store(&crowd.stop, true);
	for (int i = 0; i < READERS; i++)
		pthread_join(threads[i], NULL);
	directory_close(&crowd.directory);
	small_remove(&folder);
}
END_TEST

UNIT_MAIN("dir/generation",
    says_what_it_holds,
    refuses_to_open_what_is_not_there,
    readers_move_on_at_their_next_begin,
    idle_readers_keep_no_old_generation_open,
    a_removed_generation_stays_whole_for_its_readers,
    a_broken_generation_leaves_the_old_one_serving,
    a_broken_schema_is_a_sentence,
    rolls_back_and_opens_nothing_twice,
    numbers_never_go_back,
    keeps_the_current_generation_and_the_one_before,
    keeps_a_whole_generation_rather_than_a_broken_one,
    keeps_a_broken_generation_for_want_of_another,
    a_second_writer_is_told_who_holds_the_lock,
    a_writer_that_died_is_cleaned_up_after,
    a_lost_link_does_not_cost_the_data,
    a_lost_link_does_not_cost_what_we_cannot_read,
    makes_the_directory_when_there_is_none,
    frees_the_slots_of_dead_readers,
    flips_under_readers)

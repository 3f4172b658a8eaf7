EXTRA_DIST += %D%/module.mk

check_PROGRAMS += %D%/check_radix
TESTS += %D%/check_radix
%C%_check_radix_SOURCES = %D%/check_radix.c tests/unit.h
%C%_check_radix_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_radix_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_radix_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_sort
TESTS += %D%/check_sort
%C%_check_sort_SOURCES = %D%/check_sort.c tests/unit.h
%C%_check_sort_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_sort_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_sort_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_sort_numbers
TESTS += %D%/check_sort_numbers
%C%_check_sort_numbers_SOURCES = %D%/check_sort_numbers.c tests/chance.h \
	tests/unit.h
%C%_check_sort_numbers_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_sort_numbers_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_sort_numbers_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_spill
TESTS += %D%/check_spill
%C%_check_spill_SOURCES = %D%/check_spill.c tests/unit.h
%C%_check_spill_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_spill_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_spill_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_known
TESTS += %D%/check_known
%C%_check_known_SOURCES = %D%/check_known.c tests/unit.h
%C%_check_known_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_known_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_known_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_own_terms
TESTS += %D%/check_own_terms
%C%_check_own_terms_SOURCES = %D%/check_own_terms.c tests/unit.h
%C%_check_own_terms_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_own_terms_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_own_terms_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_invert
TESTS += %D%/check_invert
%C%_check_invert_SOURCES = %D%/check_invert.c tests/unit.h
%C%_check_invert_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_invert_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_invert_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_index
TESTS += %D%/check_index
%C%_check_index_SOURCES = %D%/check_index.c tests/unit.h
%C%_check_index_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_index_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_index_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_first_bytes
TESTS += %D%/check_first_bytes
%C%_check_first_bytes_SOURCES = %D%/check_first_bytes.c tests/unit.h
%C%_check_first_bytes_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_first_bytes_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_first_bytes_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_clue
TESTS += %D%/check_clue
%C%_check_clue_SOURCES = %D%/check_clue.c tests/chance.h tests/unit.h
%C%_check_clue_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_clue_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_clue_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_store
TESTS += %D%/check_store
%C%_check_store_SOURCES = %D%/check_store.c %D%/small.c %D%/small.h tests/unit.h
%C%_check_store_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_store_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_store_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_tree
TESTS += %D%/check_tree
%C%_check_tree_SOURCES = %D%/check_tree.c %D%/small.c %D%/small.h tests/unit.h
%C%_check_tree_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_tree_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_tree_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_pages
TESTS += %D%/check_pages
%C%_check_pages_SOURCES = %D%/check_pages.c %D%/small.c %D%/small.h tests/unit.h
%C%_check_pages_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_pages_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_pages_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_generation
TESTS += %D%/check_generation
%C%_check_generation_SOURCES = %D%/check_generation.c %D%/small.c %D%/small.h tests/unit.h
%C%_check_generation_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_generation_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_generation_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_generation_faults
TESTS += %D%/check_generation_faults
%C%_check_generation_faults_SOURCES = %D%/check_generation_faults.c \
	%D%/small.c %D%/small.h tests/unit.h
%C%_check_generation_faults_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_generation_faults_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_generation_faults_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_postings
TESTS += %D%/check_postings
%C%_check_postings_SOURCES = %D%/check_postings.c %D%/small.c %D%/small.h \
	tests/chance.h tests/unit.h
%C%_check_postings_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_postings_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_postings_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_vocabulary
TESTS += %D%/check_vocabulary
%C%_check_vocabulary_SOURCES = %D%/check_vocabulary.c %D%/small.c %D%/small.h tests/unit.h
%C%_check_vocabulary_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_vocabulary_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_vocabulary_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_rank
TESTS += %D%/check_rank
%C%_check_rank_SOURCES = %D%/check_rank.c %D%/small.c %D%/small.h tests/unit.h
%C%_check_rank_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_rank_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_rank_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_search
TESTS += %D%/check_search
%C%_check_search_SOURCES = %D%/check_search.c %D%/asked.c %D%/asked.h \
	%D%/small.c %D%/small.h tests/unit.h
%C%_check_search_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_search_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_search_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_search_patterns
TESTS += %D%/check_search_patterns
%C%_check_search_patterns_SOURCES = %D%/check_search_patterns.c \
	%D%/asked.c %D%/asked.h %D%/small.c %D%/small.h tests/unit.h
%C%_check_search_patterns_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_search_patterns_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_search_patterns_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_inspect
TESTS += %D%/check_inspect
%C%_check_inspect_SOURCES = %D%/check_inspect.c %D%/small.c %D%/small.h tests/unit.h
%C%_check_inspect_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_inspect_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_inspect_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_load
TESTS += %D%/check_load
%C%_check_load_SOURCES = %D%/check_load.c tests/unit.h
%C%_check_load_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_load_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_load_LDADD = $(FLOOR_DIR) $(LIBS_DIR) $(CHECK_LIBS)

dist_check_SCRIPTS += %D%/kill_load.sh
TESTS += %D%/kill_load.sh

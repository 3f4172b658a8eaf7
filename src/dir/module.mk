noinst_LIBRARIES += %D%/libdir.a
%C%_libdir_a_SOURCES = \
	%D%/build.c %D%/build.h \
	%D%/first_bytes.c %D%/first_bytes.h \
	%D%/generation.c %D%/generation.h %D%/generation_state.h \
	%D%/reader.c \
	%D%/index.h \
	%D%/layout.c %D%/layout.h \
	%D%/load.h \
	%D%/store.c %D%/store.h %D%/store_lmdb.h \
	%D%/store_branches.c %D%/store_branches.h \
	%D%/store_draft.c %D%/store_draft.h \
	%D%/store_file.c %D%/store_file.h \
	%D%/store_layout.h \
	%D%/store_pages.c %D%/store_pages.h \
	%D%/store_reader.c \
	%D%/store_tree.c %D%/store_tree.h \
	%D%/store_writer.c
# Building a generation: sorting, inverting, loading.
%C%_libdir_a_SOURCES += \
	%D%/block.c %D%/block.h \
	%D%/clue.c %D%/clue.h \
	%D%/heap.c %D%/heap.h \
	%D%/index.c \
	%D%/index_name.c %D%/index_name.h \
	%D%/invert.c %D%/invert.h \
	%D%/load.c %D%/load_job.h \
	%D%/load_convert.c %D%/load_convert.h \
	%D%/load_index.c \
	%D%/load_item.c %D%/load_item.h \
	%D%/load_keys.c \
	%D%/load_known.c %D%/load_known.h \
	%D%/load_notes.c %D%/load_notes.h \
	%D%/load_pipe.c %D%/load_pipe.h \
	%D%/load_progress.c %D%/load_progress.h \
	%D%/load_read.c \
	%D%/load_terms.c %D%/load_terms.h \
	%D%/load_thread.c %D%/load_thread.h \
	%D%/load_words.c %D%/load_words.h \
	%D%/load_write.c \
	%D%/own_terms.c %D%/own_terms.h \
	%D%/postings_merge.c %D%/postings_merge.h \
	%D%/postings_run.h \
	%D%/radix.c %D%/radix.h \
	%D%/sort.c %D%/sort.h \
	%D%/sort_numbers.c %D%/sort_numbers.h \
	%D%/spill.c %D%/spill.h
# Looking things up.
%C%_libdir_a_SOURCES += \
	%D%/find.c %D%/find.h \
	%D%/find_alike.c %D%/find_alike.h \
	%D%/find_choice.c %D%/find_choice.h \
	%D%/find_name.c %D%/find_name.h \
	%D%/find_pattern.c %D%/find_pattern.h \
	%D%/find_qualifier.c %D%/find_qualifier.h \
	%D%/find_place.c %D%/find_place.h \
	%D%/find_prefer.c %D%/find_prefer.h \
	%D%/find_sided.c %D%/find_sided.h \
	%D%/find_whole.c %D%/find_whole.h \
	%D%/inspect.c %D%/inspect.h \
	%D%/inspect_words.c %D%/inspect_words.h \
	%D%/pairs.c %D%/pairs.h \
	%D%/ladder.c %D%/ladder.h \
	%D%/postings.c %D%/postings.h %D%/postings_set.h \
	%D%/postings_gather.c \
	%D%/rank.c %D%/rank.h \
	%D%/search.c %D%/search.h \
	%D%/spelling.c %D%/spelling.h \
	%D%/vocabulary.c %D%/vocabulary.h

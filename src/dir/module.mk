noinst_LIBRARIES += %D%/libdir.a
%C%_libdir_a_SOURCES = \
	%D%/build.c %D%/build.h \
	%D%/generation.c %D%/generation.h \
	%D%/index.h \
	%D%/layout.c %D%/layout.h \
	%D%/load.h \
	%D%/store.c %D%/store.h
# Building a generation: sorting, inverting, loading.
%C%_libdir_a_SOURCES += \
	%D%/heap.c %D%/heap.h \
	%D%/index.c \
	%D%/invert.c %D%/invert.h \
	%D%/radix.c %D%/radix.h \
	%D%/sort.c %D%/sort.h \
	%D%/spill.c %D%/spill.h
# Looking things up.
%C%_libdir_a_SOURCES += \
	%D%/postings.c %D%/postings.h \
	%D%/search.c %D%/search.h

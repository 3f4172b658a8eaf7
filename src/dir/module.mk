noinst_LIBRARIES += %D%/libdir.a
%C%_libdir_a_SOURCES = \
	%D%/build.c %D%/build.h \
	%D%/generation.c %D%/generation.h \
	%D%/index.h \
	%D%/layout.c %D%/layout.h \
	%D%/load.h \
	%D%/search.h \
	%D%/store.c %D%/store.h

noinst_LIBRARIES += %D%/libdir.a
%C%_libdir_a_SOURCES = \
	%D%/generation.h \
	%D%/index.h \
	%D%/load.h \
	%D%/search.h \
	%D%/store.c %D%/store.h

check_PROGRAMS += %D%/check_query_clean
TESTS += %D%/check_query_clean

%C%_check_query_clean_SOURCES = %D%/check_query_clean.c tests/unit.h
%C%_check_query_clean_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_query_clean_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_query_clean_LDADD = $(FLOOR_QUERY) $(LIBS_QUERY) $(CHECK_LIBS)

EXTRA_DIST += %D%/module.mk

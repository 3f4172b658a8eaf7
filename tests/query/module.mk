check_PROGRAMS += %D%/check_query_clean %D%/check_query
TESTS += %D%/check_query_clean %D%/check_query

%C%_check_query_clean_SOURCES = %D%/check_query_clean.c tests/unit.h
%C%_check_query_clean_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_query_clean_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_query_clean_LDADD = $(FLOOR_QUERY) $(LIBS_QUERY) $(CHECK_LIBS)

%C%_check_query_SOURCES = %D%/check_query.c tests/unit.h
%C%_check_query_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_query_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_query_LDADD = $(FLOOR_QUERY) $(LIBS_QUERY) $(CHECK_LIBS)

# What Debian's whois 5.5.17 sends for what is typed.
EXTRA_DIST += %D%/module.mk %D%/whois-wire.tsv

check_PROGRAMS += %D%/check_query_clean %D%/check_query
TESTS += %D%/check_query_clean %D%/check_query

%C%_check_query_clean_SOURCES = %D%/check_query_clean.c tests/unit.h
%C%_check_query_clean_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_query_clean_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_query_clean_LDADD = $(FLOOR_QUERY) $(LIBS_QUERY) $(CHECK_LIBS)

%C%_check_query_SOURCES = %D%/check_query.c tests/unit.h
%C%_check_query_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_query_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_query_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_telnet
TESTS += %D%/check_telnet
%C%_check_telnet_SOURCES = %D%/check_telnet.c tests/unit.h
%C%_check_telnet_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_telnet_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_telnet_LDADD = $(FLOOR_QUERY) $(CHECK_LIBS)

# What Debian's whois 5.5.17 sends for what is typed.
EXTRA_DIST += %D%/module.mk %D%/whois-wire.tsv

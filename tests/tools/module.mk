check_PROGRAMS += %D%/check_whois
TESTS += %D%/check_whois
%C%_check_whois_SOURCES = %D%/check_whois.c tests/unit.h
%C%_check_whois_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_whois_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_whois_LDADD = $(CHECK_LIBS)

check_PROGRAMS += %D%/check_whoisbench_options
TESTS += %D%/check_whoisbench_options
%C%_check_whoisbench_options_SOURCES = %D%/check_whoisbench_options.c \
	src/tools/whoisbench_options.c src/tools/whoisbench_options.h \
	src/tools/report.c src/tools/report.h tests/unit.h
%C%_check_whoisbench_options_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_whoisbench_options_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_whoisbench_options_LDADD = $(FLOOR_BENCH) $(LIBS_DIR) $(CHECK_LIBS)

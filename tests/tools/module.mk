check_PROGRAMS += %D%/check_whois
TESTS += %D%/check_whois
%C%_check_whois_SOURCES = %D%/check_whois.c tests/unit.h
%C%_check_whois_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_whois_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_whois_LDADD = $(CHECK_LIBS)

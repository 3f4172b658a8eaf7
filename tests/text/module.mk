check_PROGRAMS += %D%/check_utf8
TESTS += %D%/check_utf8

%C%_check_utf8_SOURCES = %D%/check_utf8.c tests/unit.h
%C%_check_utf8_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_utf8_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_utf8_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT) $(CHECK_LIBS)

EXTRA_DIST += %D%/module.mk

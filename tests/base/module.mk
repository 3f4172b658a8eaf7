check_PROGRAMS += %D%/check_base
TESTS += %D%/check_base
%C%_check_base_SOURCES = %D%/check_base.c tests/unit.h
%C%_check_base_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_base_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_base_LDADD = $(FLOOR_BASE) $(CHECK_LIBS)
EXTRA_DIST += %D%/module.mk

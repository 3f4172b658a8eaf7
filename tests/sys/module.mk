check_PROGRAMS += %D%/check_sys
TESTS += %D%/check_sys
%C%_check_sys_SOURCES = %D%/check_sys.c tests/unit.h
%C%_check_sys_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_sys_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_sys_LDADD = $(FLOOR_SYS) $(CHECK_LIBS)
EXTRA_DIST += %D%/module.mk

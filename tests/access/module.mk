check_PROGRAMS += %D%/check_viewer
TESTS += %D%/check_viewer
%C%_check_viewer_SOURCES = %D%/check_viewer.c tests/unit.h
%C%_check_viewer_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_viewer_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_viewer_LDADD = $(FLOOR_ACCESS) $(LIBS_TEXT) $(CHECK_LIBS)
EXTRA_DIST += %D%/module.mk

check_PROGRAMS += %D%/check_csv
TESTS += %D%/check_csv
%C%_check_csv_SOURCES = %D%/check_csv.c tests/unit.h
%C%_check_csv_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_csv_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_csv_LDADD = $(FLOOR_RECORD) $(CHECK_LIBS) $(LIBS_RECORD)
EXTRA_DIST += %D%/module.mk

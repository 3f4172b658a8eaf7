SYS_CHECKS = %D%/check_counters
SYS_CHECKS += %D%/check_histogram
SYS_CHECKS += %D%/check_last_words
SYS_CHECKS += %D%/check_samples
SYS_CHECKS += %D%/check_sys
SYS_CHECKS += %D%/check_write_behind
check_PROGRAMS += $(SYS_CHECKS)
TESTS += $(SYS_CHECKS)
SYS_CHECK_LIBS = $(FLOOR_SYS) $(CHECK_LIBS)

%C%_check_counters_SOURCES = %D%/check_counters.c tests/unit.h
%C%_check_counters_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_counters_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_counters_LDADD = $(SYS_CHECK_LIBS)

%C%_check_histogram_SOURCES = %D%/check_histogram.c tests/unit.h
%C%_check_histogram_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_histogram_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_histogram_LDADD = $(SYS_CHECK_LIBS)

%C%_check_samples_SOURCES = %D%/check_samples.c tests/unit.h
%C%_check_samples_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_samples_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_samples_LDADD = $(SYS_CHECK_LIBS)

%C%_check_last_words_SOURCES = %D%/check_last_words.c tests/unit.h
%C%_check_last_words_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_last_words_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_last_words_LDADD = $(SYS_CHECK_LIBS)

%C%_check_sys_SOURCES = %D%/check_sys.c tests/unit.h
%C%_check_sys_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_sys_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_sys_LDADD = $(SYS_CHECK_LIBS)

%C%_check_write_behind_SOURCES = %D%/check_write_behind.c tests/unit.h
%C%_check_write_behind_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_write_behind_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_write_behind_LDADD = $(SYS_CHECK_LIBS)
EXTRA_DIST += %D%/module.mk

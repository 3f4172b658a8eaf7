SAMPLE_CHECKS = %D%/check_sample %D%/check_typo
check_PROGRAMS += $(SAMPLE_CHECKS)
TESTS += $(SAMPLE_CHECKS)

%C%_check_sample_SOURCES = %D%/check_sample.c tests/unit.h
%C%_check_sample_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_sample_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_sample_LDADD = $(FLOOR_SAMPLE) $(LIBS_TEXT) $(CHECK_LIBS)

%C%_check_typo_SOURCES = %D%/check_typo.c tests/unit.h
%C%_check_typo_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_typo_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_typo_LDADD = $(FLOOR_SAMPLE) $(LIBS_TEXT) $(CHECK_LIBS)

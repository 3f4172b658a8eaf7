check_PROGRAMS += %D%/check_sample
TESTS += %D%/check_sample
%C%_check_sample_SOURCES = %D%/check_sample.c tests/unit.h
%C%_check_sample_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_sample_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_sample_LDADD = $(FLOOR_SAMPLE) $(LIBS_TEXT) $(CHECK_LIBS)

noinst_LIBRARIES += %D%/libsys.a
%C%_libsys_a_SOURCES = \
	%D%/clock.c %D%/clock.h \
	%D%/counters.c %D%/counters.h \
	%D%/histogram.c %D%/histogram.h \
	%D%/last_words.c %D%/last_words.h \
	%D%/log.c %D%/log.h \
	%D%/mapped.c %D%/mapped.h \
	%D%/samples.c %D%/samples.h \
	%D%/standard.c %D%/standard.h \
	%D%/thread.h \
	%D%/write_behind.c %D%/write_behind.h

# What a server on the open Internet meets, thrown at a live one.  Shortened
# here, in full by scripts/soak.
ABUSE_TESTS = %D%/abuse_descriptors.sh
ABUSE_TESTS += %D%/abuse_siege.sh

dist_check_SCRIPTS += $(ABUSE_TESTS)
TESTS += $(ABUSE_TESTS)
EXTRA_DIST += %D%/module.mk %D%/lib.sh

check_PROGRAMS += %D%/siege
%C%_siege_SOURCES = %D%/siege.c \
	%D%/answers.c %D%/answers.h \
	%D%/crowd.c %D%/crowd.h \
	%D%/die.h \
	%D%/histogram.c %D%/histogram.h \
	%D%/kind.c %D%/kind.h
%C%_siege_LDADD = $(FLOOR_SYS)

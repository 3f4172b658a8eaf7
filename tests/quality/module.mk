# How well people are found: built and run by tests/quality/measure and by
# check_quality.sh.
QUALITY_TOOLS = %D%/vary %D%/ask %D%/peer
check_PROGRAMS += $(QUALITY_TOOLS)
QUALITY_COMMON = %D%/people.c %D%/people.h %D%/letters.c %D%/letters.h

%C%_vary_SOURCES = %D%/vary.c $(QUALITY_COMMON) \
	%D%/nicknames.c %D%/nicknames.h %D%/sound.c %D%/sound.h
# Of src what makes people up; no other has it: nothing of what is measured.
%C%_vary_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
%C%_vary_LDADD = $(FLOOR_SAMPLE) $(LIBS_TEXT)
%C%_ask_SOURCES = %D%/ask.c $(QUALITY_COMMON) %D%/model.c %D%/model.h \
	%D%/reply.c %D%/reply.h
%C%_ask_CPPFLAGS = -I$(top_srcdir)/tests
%C%_peer_SOURCES = %D%/peer.c $(QUALITY_COMMON)
%C%_peer_CPPFLAGS = -I$(top_srcdir)/tests

dist_check_SCRIPTS += %D%/check_quality.sh
TESTS += %D%/check_quality.sh
EXTRA_DIST += %D%/module.mk %D%/measure %D%/lib.sh \
	%D%/table.awk

.PHONY: quality-programs
quality-programs: $(QUALITY_TOOLS) $(bin_PROGRAMS) $(sbin_PROGRAMS)

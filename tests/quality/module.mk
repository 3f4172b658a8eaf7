# How well people are found: built and run by tests/quality/measure and by
# check_quality.sh.
QUALITY_TOOLS = %D%/vary %D%/ask %D%/peer
check_PROGRAMS += $(QUALITY_TOOLS)
QUALITY_COMMON = %D%/people.c %D%/people.h %D%/letters.c %D%/letters.h

%C%_vary_SOURCES = %D%/vary.c $(QUALITY_COMMON) %D%/chance.c %D%/chance.h \
	%D%/nicknames.c %D%/nicknames.h %D%/sound.c %D%/sound.h \
	%D%/typo.c %D%/typo.h
# No -I src: nothing of what is measured.
%C%_vary_CPPFLAGS = -I$(top_srcdir)/tests
%C%_ask_SOURCES = %D%/ask.c $(QUALITY_COMMON) %D%/model.c %D%/model.h \
	%D%/reply.c %D%/reply.h
%C%_ask_CPPFLAGS = $(%C%_vary_CPPFLAGS)
%C%_peer_SOURCES = %D%/peer.c $(QUALITY_COMMON)
%C%_peer_CPPFLAGS = $(%C%_vary_CPPFLAGS)

dist_check_SCRIPTS += %D%/check_quality.sh
TESTS += %D%/check_quality.sh
EXTRA_DIST += %D%/module.mk %D%/measure %D%/lib.sh \
	%D%/table.awk

.PHONY: quality-programs
quality-programs: $(QUALITY_TOOLS) $(bin_PROGRAMS) $(sbin_PROGRAMS)

noinst_LIBRARIES += %D%/libtext.a
%C%_libtext_a_SOURCES = \
	%D%/charset.c %D%/charset.h \
	%D%/distance.c %D%/distance.h \
	%D%/eight.h \
	%D%/fold.c %D%/fold.h \
	%D%/nickname.c %D%/nickname.h \
	%D%/nicknames.h \
	%D%/pattern.c %D%/pattern.h \
	%D%/sound.c %D%/sound.h \
	%D%/title.c %D%/title.h \
	%D%/token.c %D%/token.h \
	%D%/utf8.c %D%/utf8.h
nodist_%C%_libtext_a_SOURCES = %D%/nicknames.c

BUILT_SOURCES += %D%/nicknames.c
CLEANFILES += %D%/nicknames.c
EXTRA_DIST += %D%/nicknames.awk data/names/nicknames.csv \
	data/names/LICENSE.nicknames

%D%/nicknames.c: %D%/nicknames.awk data/names/nicknames.csv
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
	LC_ALL=C $(AWK) -f $(srcdir)/src/text/nicknames.awk \
		$(srcdir)/data/names/nicknames.csv > $@.tmp && \
	mv $@.tmp $@

noinst_LIBRARIES += %D%/libsample.a
%C%_libsample_a_SOURCES = \
	%D%/culture.c %D%/culture.h \
	%D%/letters.c %D%/letters.h \
	%D%/lists.c %D%/lists.h \
	%D%/mailbox.c %D%/mailbox.h \
	%D%/names.h \
	%D%/nickname.c %D%/nickname.h \
	%D%/number.c %D%/number.h \
	%D%/office.c %D%/office.h \
	%D%/person.c %D%/person.h \
	%D%/random.c %D%/random.h \
	%D%/sample.c %D%/sample.h \
	%D%/typo.c %D%/typo.h
nodist_%C%_libsample_a_SOURCES = %D%/names.c

# names.awk tells the lists apart by their names.
NAME_LISTS = \
	data/names/us-forenames.csv \
	data/names/more-forenames.csv \
	data/names/common-forenames-by-country.csv \
	data/names/common-surnames-by-country.csv

BUILT_SOURCES += %D%/names.c
CLEANFILES += %D%/names.c
EXTRA_DIST += %D%/names.awk data/names/README.md $(NAME_LISTS)

%D%/names.c: %D%/names.awk $(NAME_LISTS)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && lists= && \
	for list in $(NAME_LISTS); do \
		lists="$$lists $(srcdir)/$$list"; \
	done && \
	LC_ALL=C $(AWK) -f $(srcdir)/src/sample/names.awk $$lists > $@.tmp && \
	mv $@.tmp $@

noinst_LIBRARIES += %D%/libaccess.a
%C%_libaccess_a_SOURCES = \
	%D%/classes.c %D%/classes.h \
	%D%/networks.c %D%/networks.h \
	%D%/policy.c %D%/policy.h \
	%D%/privacy.c %D%/privacy.h \
	%D%/rules.c %D%/rules.h \
	%D%/sources.c %D%/sources.h \
	%D%/viewer.c %D%/viewer.h

noinst_LIBRARIES += %D%/libaccess.a
%C%_libaccess_a_SOURCES = \
	%D%/viewer.c %D%/viewer.h

noinst_LIBRARIES += %D%/libtext.a
%C%_libtext_a_SOURCES = \
	%D%/fold.c %D%/fold.h \
	%D%/token.c %D%/token.h \
	%D%/utf8.c %D%/utf8.h

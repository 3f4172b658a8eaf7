noinst_LIBRARIES += %D%/libquery.a
%C%_libquery_a_SOURCES = \
	%D%/clean.c \
	%D%/equal.c \
	%D%/grammar.c %D%/grammar.h \
	%D%/idn.c %D%/idn.h \
	%D%/parse.c \
	%D%/print.c \
	%D%/query.h \
	%D%/telnet.c %D%/telnet.h

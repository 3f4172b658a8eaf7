noinst_LIBRARIES += %D%/libquery.a
%C%_libquery_a_SOURCES = \
	%D%/clean.c \
	%D%/query.h

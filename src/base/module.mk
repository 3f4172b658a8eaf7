noinst_LIBRARIES += %D%/libbase.a
%C%_libbase_a_SOURCES = \
	%D%/addr.c %D%/addr.h \
	%D%/arena.c %D%/arena.h \
	%D%/attr.h \
	%D%/buf.c %D%/buf.h \
	%D%/err.c %D%/err.h \
	%D%/hash.h \
	%D%/mix.h \
	%D%/session.h \
	%D%/siphash.c %D%/siphash.h \
	%D%/sort.h \
	%D%/span.c %D%/span.h

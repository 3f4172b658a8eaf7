noinst_LIBRARIES += %D%/librecord.a
%C%_librecord_a_SOURCES = \
	%D%/convert.c %D%/convert.h \
	%D%/csv.c %D%/csv.h \
	%D%/export.c %D%/export.h \
	%D%/gather.c %D%/gather.h \
	%D%/hidden.c %D%/hidden.h \
	%D%/key.c %D%/key.h \
	%D%/ldif.c %D%/ldif.h \
	%D%/postal.c %D%/postal.h \
	%D%/record.c %D%/record.h \
	%D%/schema.c %D%/schema.h \
	%D%/schema_default.c \
	%D%/schema_group.c %D%/schema_group.h \
	%D%/schema_parse.c \
	%D%/value.c %D%/value.h

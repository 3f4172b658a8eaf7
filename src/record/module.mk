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
	%D%/schema_check.c %D%/schema_check.h \
	%D%/schema_default.c \
	%D%/schema_group.c %D%/schema_group.h \
	%D%/schema_line.c %D%/schema_line.h \
	%D%/schema_name.c %D%/schema_name.h \
	%D%/schema_parse.c \
	%D%/schema_ph.c %D%/schema_ph.h \
	%D%/schema_reading.c %D%/schema_reading.h \
	%D%/schema_sources.c %D%/schema_sources.h \
	%D%/value.c %D%/value.h

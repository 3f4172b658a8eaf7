noinst_LIBRARIES += %D%/librecord.a
%C%_librecord_a_SOURCES = \
	%D%/convert.h \
	%D%/csv.h \
	%D%/key.h \
	%D%/ldif.h \
	%D%/record.h \
	%D%/schema.h

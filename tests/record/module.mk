check_PROGRAMS += %D%/check_csv
TESTS += %D%/check_csv
%C%_check_csv_SOURCES = %D%/check_csv.c tests/unit.h
%C%_check_csv_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_csv_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_csv_LDADD = $(FLOOR_RECORD) $(CHECK_LIBS) $(LIBS_RECORD)

check_PROGRAMS += %D%/check_schema
TESTS += %D%/check_schema
%C%_check_schema_SOURCES = %D%/check_schema.c tests/unit.h
%C%_check_schema_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_schema_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_schema_LDADD = $(FLOOR_RECORD) $(CHECK_LIBS) $(LIBS_RECORD)

check_PROGRAMS += %D%/check_hidden
TESTS += %D%/check_hidden
%C%_check_hidden_SOURCES = %D%/check_hidden.c tests/unit.h
%C%_check_hidden_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_hidden_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_hidden_LDADD = $(FLOOR_RECORD) $(CHECK_LIBS) $(LIBS_RECORD)

check_PROGRAMS += %D%/check_record
TESTS += %D%/check_record
%C%_check_record_SOURCES = %D%/check_record.c tests/unit.h
%C%_check_record_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_record_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_record_LDADD = $(FLOOR_RECORD) $(CHECK_LIBS) $(LIBS_RECORD)

check_PROGRAMS += %D%/check_key
TESTS += %D%/check_key
%C%_check_key_SOURCES = %D%/check_key.c tests/unit.h
%C%_check_key_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_key_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_key_LDADD = $(FLOOR_RECORD) $(CHECK_LIBS) $(LIBS_RECORD)

check_PROGRAMS += %D%/check_ldif
TESTS += %D%/check_ldif
%C%_check_ldif_SOURCES = %D%/check_ldif.c tests/unit.h
%C%_check_ldif_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_ldif_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_ldif_LDADD = $(FLOOR_RECORD) $(CHECK_LIBS) $(LIBS_RECORD)

check_PROGRAMS += %D%/check_convert
TESTS += %D%/check_convert
%C%_check_convert_SOURCES = %D%/check_convert.c tests/unit.h
%C%_check_convert_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_convert_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_convert_LDADD = $(FLOOR_RECORD) $(CHECK_LIBS) $(LIBS_RECORD)

check_PROGRAMS += %D%/check_export
TESTS += %D%/check_export
%C%_check_export_SOURCES = %D%/check_export.c tests/unit.h
%C%_check_export_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_export_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_export_LDADD = $(FLOOR_RECORD) $(CHECK_LIBS) $(LIBS_RECORD)

check_PROGRAMS += %D%/check_value
TESTS += %D%/check_value
%C%_check_value_SOURCES = %D%/check_value.c tests/unit.h
%C%_check_value_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_value_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_value_LDADD = $(FLOOR_RECORD) $(CHECK_LIBS) $(LIBS_RECORD)

EXTRA_DIST += %D%/module.mk

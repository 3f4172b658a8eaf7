# Fuzz targets.  Under --enable-fuzzing libFuzzer drives them; else each replays
# its corpus, tests/fuzz/corpus/NAME/*, in `make check`.
if FUZZING
FUZZ_MAIN =
else
FUZZ_MAIN = tests/fuzz/replay.c
endif
EXTRA_DIST += %D%/module.mk tests/fuzz/replay.c

check_PROGRAMS += tests/fuzz/fuzz_config
TESTS += tests/fuzz/fuzz_config
tests_fuzz_fuzz_config_SOURCES = tests/fuzz/fuzz_config.c $(FUZZ_MAIN)
tests_fuzz_fuzz_config_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_config_LDADD = $(FLOOR_SERVER) $(LIBS_SERVER)
EXTRA_DIST += tests/fuzz/corpus/config

check_PROGRAMS += %D%/fuzz_first_bytes
TESTS += %D%/fuzz_first_bytes
%C%_fuzz_first_bytes_SOURCES = %D%/fuzz_first_bytes.c $(FUZZ_MAIN)
%C%_fuzz_first_bytes_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_first_bytes_LDADD = $(FLOOR_DIR) $(LIBS_DIR)
EXTRA_DIST += %D%/corpus/first_bytes

check_PROGRAMS += %D%/fuzz_fold
TESTS += %D%/fuzz_fold
%C%_fuzz_fold_SOURCES = %D%/fuzz_fold.c $(FUZZ_MAIN)
%C%_fuzz_fold_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_fold_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT)
EXTRA_DIST += %D%/corpus/fold

check_PROGRAMS += %D%/fuzz_pattern
TESTS += %D%/fuzz_pattern
%C%_fuzz_pattern_SOURCES = %D%/fuzz_pattern.c $(FUZZ_MAIN)
%C%_fuzz_pattern_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_pattern_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT)
EXTRA_DIST += %D%/corpus/pattern

check_PROGRAMS += %D%/fuzz_query
TESTS += %D%/fuzz_query
%C%_fuzz_query_SOURCES = %D%/fuzz_query.c $(FUZZ_MAIN)
%C%_fuzz_query_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_query_LDADD = $(FLOOR_QUERY) $(LIBS_QUERY)
EXTRA_DIST += %D%/corpus/query

# One program, once for each face.
FUZZ_FACE_SOURCES = %D%/fuzz_face.c tests/proto/people.c \
	tests/proto/people.h $(FUZZ_MAIN)

check_PROGRAMS += %D%/fuzz_finger
TESTS += %D%/fuzz_finger
%C%_fuzz_finger_SOURCES = $(FUZZ_FACE_SOURCES)
%C%_fuzz_finger_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_FACE=face_finger
%C%_fuzz_finger_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_finger_LDADD = $(FLOOR_PROTO) $(LIBS_DIR)
EXTRA_DIST += %D%/corpus/finger

check_PROGRAMS += %D%/fuzz_ph
TESTS += %D%/fuzz_ph
%C%_fuzz_ph_SOURCES = %D%/fuzz_ph.c tests/proto/people.c \
	tests/proto/people.h $(FUZZ_MAIN)
%C%_fuzz_ph_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_ph_LDADD = $(FLOOR_PROTO) $(LIBS_DIR)
EXTRA_DIST += %D%/corpus/ph

check_PROGRAMS += %D%/fuzz_whois
TESTS += %D%/fuzz_whois
%C%_fuzz_whois_SOURCES = $(FUZZ_FACE_SOURCES)
%C%_fuzz_whois_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_FACE=face_whois
%C%_fuzz_whois_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_whois_LDADD = $(FLOOR_PROTO) $(LIBS_DIR)
EXTRA_DIST += %D%/corpus/whois

check_PROGRAMS += %D%/fuzz_csv
TESTS += %D%/fuzz_csv
%C%_fuzz_csv_SOURCES = %D%/fuzz_csv.c %D%/digest.h $(FUZZ_MAIN)
%C%_fuzz_csv_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_csv_LDADD = $(FLOOR_RECORD) $(LIBS_RECORD)
EXTRA_DIST += %D%/corpus/csv

check_PROGRAMS += %D%/fuzz_ldif
TESTS += %D%/fuzz_ldif
%C%_fuzz_ldif_SOURCES = %D%/fuzz_ldif.c %D%/digest.h $(FUZZ_MAIN)
%C%_fuzz_ldif_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_ldif_LDADD = $(FLOOR_RECORD) $(LIBS_RECORD)
EXTRA_DIST += %D%/corpus/ldif

check_PROGRAMS += %D%/fuzz_schema
TESTS += %D%/fuzz_schema
%C%_fuzz_schema_SOURCES = %D%/fuzz_schema.c $(FUZZ_MAIN)
%C%_fuzz_schema_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_schema_LDADD = $(FLOOR_RECORD) $(LIBS_RECORD)
EXTRA_DIST += %D%/corpus/schema

check_PROGRAMS += %D%/fuzz_hidden
TESTS += %D%/fuzz_hidden
%C%_fuzz_hidden_SOURCES = %D%/fuzz_hidden.c $(FUZZ_MAIN)
%C%_fuzz_hidden_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_hidden_LDADD = $(FLOOR_RECORD) $(LIBS_RECORD)
EXTRA_DIST += %D%/corpus/hidden

check_PROGRAMS += %D%/fuzz_record
TESTS += %D%/fuzz_record
%C%_fuzz_record_SOURCES = %D%/fuzz_record.c $(FUZZ_MAIN)
%C%_fuzz_record_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_record_LDADD = $(FLOOR_RECORD) $(LIBS_RECORD)
EXTRA_DIST += %D%/corpus/record

check_PROGRAMS += %D%/fuzz_convert
TESTS += %D%/fuzz_convert
%C%_fuzz_convert_SOURCES = %D%/fuzz_convert.c $(FUZZ_MAIN)
%C%_fuzz_convert_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_convert_LDADD = $(FLOOR_RECORD) $(LIBS_RECORD)
EXTRA_DIST += %D%/corpus/convert

check_PROGRAMS += %D%/fuzz_client
TESTS += %D%/fuzz_client
%C%_fuzz_client_SOURCES = %D%/fuzz_client.c $(FUZZ_MAIN)
%C%_fuzz_client_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_client_LDADD = $(FLOOR_PROTO) $(LIBS_TEXT)
EXTRA_DIST += %D%/corpus/client

check_PROGRAMS += %D%/fuzz_sound
TESTS += %D%/fuzz_sound
%C%_fuzz_sound_SOURCES = %D%/fuzz_sound.c $(FUZZ_MAIN)
%C%_fuzz_sound_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_sound_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT)
EXTRA_DIST += %D%/corpus/sound

check_PROGRAMS += %D%/fuzz_samples
TESTS += %D%/fuzz_samples
%C%_fuzz_samples_SOURCES = %D%/fuzz_samples.c $(FUZZ_MAIN)
%C%_fuzz_samples_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_samples_LDADD = $(FLOOR_SYS)
EXTRA_DIST += %D%/corpus/samples

check_PROGRAMS += %D%/fuzz_proxy
TESTS += %D%/fuzz_proxy
%C%_fuzz_proxy_SOURCES = %D%/fuzz_proxy.c $(FUZZ_MAIN)
%C%_fuzz_proxy_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_proxy_LDADD = $(FLOOR_NET)
EXTRA_DIST += %D%/corpus/proxy

check_PROGRAMS += %D%/fuzz_rule
TESTS += %D%/fuzz_rule
%C%_fuzz_rule_SOURCES = %D%/fuzz_rule.c $(FUZZ_MAIN)
%C%_fuzz_rule_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_rule_LDADD = $(FLOOR_ACCESS) $(LIBS_TEXT)
EXTRA_DIST += %D%/corpus/rule

check_PROGRAMS += %D%/fuzz_mix
TESTS += %D%/fuzz_mix
%C%_fuzz_mix_SOURCES = %D%/fuzz_mix.c $(FUZZ_MAIN)
%C%_fuzz_mix_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_mix_LDADD = $(FLOOR_BENCH) $(LIBS_DIR)
EXTRA_DIST += %D%/corpus/mix

check_PROGRAMS += %D%/fuzz_proc
TESTS += %D%/fuzz_proc
%C%_fuzz_proc_SOURCES = %D%/fuzz_proc.c $(FUZZ_MAIN)
%C%_fuzz_proc_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_proc_LDADD = $(FLOOR_BENCH) $(LIBS_DIR)
EXTRA_DIST += %D%/corpus/proc

check_PROGRAMS += %D%/fuzz_reply
TESTS += %D%/fuzz_reply
%C%_fuzz_reply_SOURCES = %D%/fuzz_reply.c $(FUZZ_MAIN)
%C%_fuzz_reply_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
%C%_fuzz_reply_LDADD = $(FLOOR_BENCH) $(LIBS_DIR)
EXTRA_DIST += %D%/corpus/reply

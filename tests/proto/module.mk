check_PROGRAMS += %D%/check_face %D%/check_line %D%/check_form
TESTS += %D%/check_face %D%/check_line %D%/check_form

%C%_check_face_SOURCES = %D%/check_face.c tests/unit.h
%C%_check_face_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_face_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_face_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

%C%_check_line_SOURCES = %D%/check_line.c tests/unit.h
%C%_check_line_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_line_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_line_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

%C%_check_form_SOURCES = %D%/check_form.c tests/unit.h
%C%_check_form_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_form_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_form_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_help
TESTS += %D%/check_help
%C%_check_help_SOURCES = %D%/check_help.c tests/unit.h
%C%_check_help_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_help_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_help_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_whois_line
TESTS += %D%/check_whois_line
%C%_check_whois_line_SOURCES = %D%/check_whois_line.c tests/unit.h
%C%_check_whois_line_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_whois_line_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_whois_line_LDADD = $(FLOOR_PROTO) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_client
TESTS += %D%/check_client
%C%_check_client_SOURCES = %D%/check_client.c tests/unit.h
%C%_check_client_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_client_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_client_LDADD = $(FLOOR_PROTO) $(LIBS_TEXT) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_whois %D%/transcripts
TESTS += %D%/check_whois %D%/transcripts
%C%_check_whois_SOURCES = %D%/check_whois.c %D%/people.c %D%/people.h \
	%D%/contains.h tests/unit.h
%C%_check_whois_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_whois_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_whois_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

%C%_transcripts_SOURCES = %D%/transcripts.c %D%/people.c %D%/people.h \
	%D%/script.c %D%/script.h %D%/contains.h
%C%_transcripts_LDADD = $(FLOOR_PROTO) $(LIBS_DIR)

check_PROGRAMS += %D%/check_finger
TESTS += %D%/check_finger
%C%_check_finger_SOURCES = %D%/check_finger.c %D%/people.c %D%/people.h \
	%D%/contains.h tests/unit.h
%C%_check_finger_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_finger_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_finger_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_ph_line %D%/check_ph
TESTS += %D%/check_ph_line %D%/check_ph
%C%_check_ph_line_SOURCES = %D%/check_ph_line.c tests/unit.h
%C%_check_ph_line_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_ph_line_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_ph_line_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

%C%_check_ph_SOURCES = %D%/check_ph.c %D%/people.c %D%/people.h \
	%D%/contains.h tests/unit.h
%C%_check_ph_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_ph_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_ph_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_secrets
TESTS += %D%/check_secrets
%C%_check_secrets_SOURCES = %D%/check_secrets.c %D%/people.c %D%/people.h \
	tests/unit.h
%C%_check_secrets_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_secrets_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_secrets_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_ph_query
TESTS += %D%/check_ph_query
%C%_check_ph_query_SOURCES = %D%/check_ph_query.c %D%/people.c %D%/people.h \
	%D%/contains.h tests/unit.h
%C%_check_ph_query_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_ph_query_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_ph_query_LDADD = $(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)

EXTRA_DIST += %D%/module.mk tests/transcripts

check_PROGRAMS += %D%/check_eight %D%/check_utf8 %D%/check_fold \
	%D%/check_token %D%/check_distance %D%/check_nickname %D%/check_sound \
	%D%/check_title %D%/check_pattern %D%/check_charset
TESTS += %D%/check_eight %D%/check_utf8 %D%/check_fold \
	%D%/check_token %D%/check_distance %D%/check_nickname %D%/check_sound \
	%D%/check_title %D%/check_pattern %D%/check_charset

%C%_check_eight_SOURCES = %D%/check_eight.c tests/unit.h
%C%_check_eight_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_eight_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_eight_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT) $(CHECK_LIBS)

%C%_check_utf8_SOURCES = %D%/check_utf8.c tests/unit.h
%C%_check_utf8_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_utf8_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_utf8_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT) $(CHECK_LIBS)

%C%_check_fold_SOURCES = %D%/check_fold.c tests/unit.h
%C%_check_fold_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_fold_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_fold_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT) $(CHECK_LIBS)

%C%_check_token_SOURCES = %D%/check_token.c tests/unit.h
%C%_check_token_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_token_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_token_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT) $(CHECK_LIBS)

%C%_check_pattern_SOURCES = %D%/check_pattern.c tests/unit.h
%C%_check_pattern_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_pattern_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_pattern_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT) $(CHECK_LIBS)

%C%_check_distance_SOURCES = %D%/check_distance.c tests/unit.h
%C%_check_distance_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_distance_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_distance_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT) $(CHECK_LIBS)

%C%_check_nickname_SOURCES = %D%/check_nickname.c tests/unit.h
%C%_check_nickname_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_nickname_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_nickname_LDADD = $(FLOOR_TEXT) $(CHECK_LIBS)

%C%_check_sound_SOURCES = %D%/check_sound.c tests/unit.h
%C%_check_sound_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_sound_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_sound_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT) $(CHECK_LIBS)

%C%_check_title_SOURCES = %D%/check_title.c tests/unit.h
%C%_check_title_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_title_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_title_LDADD = $(FLOOR_TEXT) $(CHECK_LIBS)

%C%_check_charset_SOURCES = %D%/check_charset.c tests/unit.h
%C%_check_charset_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_charset_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_charset_LDADD = $(FLOOR_TEXT) $(LIBS_TEXT) $(CHECK_LIBS)

EXTRA_DIST += %D%/module.mk

ACCESS_CHECKS = %D%/check_classes
ACCESS_CHECKS += %D%/check_networks
ACCESS_CHECKS += %D%/check_privacy
ACCESS_CHECKS += %D%/check_policy
ACCESS_CHECKS += %D%/check_rules
ACCESS_CHECKS += %D%/check_sources
ACCESS_CHECKS += %D%/check_viewer
check_PROGRAMS += $(ACCESS_CHECKS)
TESTS += $(ACCESS_CHECKS)
ACCESS_CHECK_LIBS = $(FLOOR_ACCESS) $(LIBS_TEXT) $(CHECK_LIBS)

%C%_check_classes_SOURCES = %D%/check_classes.c tests/unit.h
%C%_check_classes_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_classes_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_classes_LDADD = $(ACCESS_CHECK_LIBS)

%C%_check_networks_SOURCES = %D%/check_networks.c tests/unit.h
%C%_check_networks_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_networks_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_networks_LDADD = $(ACCESS_CHECK_LIBS)

%C%_check_privacy_SOURCES = %D%/check_privacy.c tests/unit.h
%C%_check_privacy_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_privacy_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_privacy_LDADD = $(FLOOR_ACCESS) $(FLOOR_RECORD) $(LIBS_RECORD) \
	$(CHECK_LIBS)

%C%_check_policy_SOURCES = %D%/check_policy.c tests/unit.h
%C%_check_policy_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_policy_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_policy_LDADD = $(ACCESS_CHECK_LIBS)

%C%_check_rules_SOURCES = %D%/check_rules.c tests/unit.h
%C%_check_rules_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_rules_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_rules_LDADD = $(ACCESS_CHECK_LIBS)

%C%_check_sources_SOURCES = %D%/check_sources.c tests/unit.h
%C%_check_sources_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_sources_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_sources_LDADD = $(ACCESS_CHECK_LIBS)

%C%_check_viewer_SOURCES = %D%/check_viewer.c tests/unit.h
%C%_check_viewer_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_viewer_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_viewer_LDADD = $(ACCESS_CHECK_LIBS)

EXTRA_DIST += %D%/module.mk

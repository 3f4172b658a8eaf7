SERVER_CHECKS = %D%/check_config
SERVER_CHECKS += %D%/check_control
SERVER_CHECKS += %D%/check_daemon
SERVER_CHECKS += %D%/check_gatekeeper
SERVER_CHECKS += %D%/check_inetd
SERVER_CHECKS += %D%/check_inherit
SERVER_CHECKS += %D%/check_notify
SERVER_CHECKS += %D%/check_process
SERVER_CHECKS += %D%/check_sandbox
SERVER_CHECKS += %D%/check_inquiry
SERVER_CHECKS += %D%/check_serving
SERVER_CHECKS += %D%/check_watch
check_PROGRAMS += $(SERVER_CHECKS)
TESTS += $(SERVER_CHECKS)
SERVER_CHECK_LIBS = $(FLOOR_SERVER) $(LIBS_SERVER) $(CHECK_LIBS)

%C%_check_config_SOURCES = %D%/check_config.c tests/unit.h
%C%_check_config_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_config_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_config_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_control_SOURCES = %D%/check_control.c tests/unit.h
%C%_check_control_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_control_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_control_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_daemon_SOURCES = %D%/check_daemon.c tests/unit.h
%C%_check_daemon_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_daemon_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_daemon_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_gatekeeper_SOURCES = %D%/check_gatekeeper.c tests/unit.h
%C%_check_gatekeeper_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_gatekeeper_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_gatekeeper_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_inetd_SOURCES = %D%/check_inetd.c tests/unit.h
%C%_check_inetd_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_inetd_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_inetd_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_inherit_SOURCES = %D%/check_inherit.c tests/unit.h
%C%_check_inherit_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_inherit_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_inherit_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_notify_SOURCES = %D%/check_notify.c tests/unit.h
%C%_check_notify_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_notify_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_notify_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_process_SOURCES = %D%/check_process.c tests/unit.h
%C%_check_process_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_process_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_process_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_sandbox_SOURCES = %D%/check_sandbox.c tests/unit.h
%C%_check_sandbox_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_sandbox_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_sandbox_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_inquiry_SOURCES = %D%/check_inquiry.c tests/dir/small.c \
	tests/dir/small.h tests/unit.h
%C%_check_inquiry_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_inquiry_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_inquiry_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_serving_SOURCES = %D%/check_serving.c tests/unit.h
%C%_check_serving_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_serving_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_serving_LDADD = $(SERVER_CHECK_LIBS)

%C%_check_watch_SOURCES = %D%/check_watch.c tests/dir/small.c \
	tests/dir/small.h tests/unit.h
%C%_check_watch_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_watch_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_watch_LDADD = $(SERVER_CHECK_LIBS)

EXTRA_DIST += %D%/module.mk

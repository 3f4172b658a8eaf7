noinst_LIBRARIES += %D%/libserver.a
%C%_libserver_a_SOURCES = \
	%D%/check.c %D%/check.h \
	%D%/config.c %D%/config.h \
	%D%/config_access.c %D%/config_access.h \
	%D%/config_file.c \
	%D%/config_option.c %D%/config_option.h \
	%D%/config_text.c %D%/config_text.h \
	%D%/control.c %D%/control.h \
	%D%/daemon.c %D%/daemon.h \
	%D%/gatekeeper.c %D%/gatekeeper.h \
	%D%/inetd.c %D%/inetd.h \
	%D%/inherit.c %D%/inherit.h \
	%D%/inquiry.c %D%/inquiry.h \
	%D%/landlock.c %D%/landlock.h \
	%D%/listening.c %D%/listening.h \
	%D%/notify.c %D%/notify.h \
	%D%/process.c %D%/process.h \
	%D%/sandbox.c %D%/sandbox.h \
	%D%/seccomp.c %D%/seccomp.h \
	%D%/server.c %D%/server.h \
	%D%/serving.c %D%/serving.h \
	%D%/statistics.c %D%/statistics.h \
	%D%/watch.c %D%/watch.h

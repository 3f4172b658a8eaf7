noinst_LIBRARIES += %D%/libsys.a
%C%_libsys_a_SOURCES = \
	%D%/clock.h \
	%D%/log.h \
	%D%/thread.h

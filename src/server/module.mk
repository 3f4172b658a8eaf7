noinst_LIBRARIES += %D%/libserver.a
%C%_libserver_a_SOURCES = \
	%D%/config.c %D%/config.h \
	%D%/serving.c %D%/serving.h

noinst_LIBRARIES += %D%/libnet.a
%C%_libnet_a_SOURCES = \
	%D%/listen.h \
	%D%/net.h \
	%D%/service.h \
	%D%/tcpopen.h

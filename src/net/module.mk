noinst_LIBRARIES += %D%/libnet.a
%C%_libnet_a_SOURCES = \
	%D%/buffers.c %D%/buffers.h \
	%D%/busy.h \
	%D%/conn.c %D%/conn.h \
	%D%/counters.c %D%/counters.h \
	%D%/doors.c %D%/doors.h \
	%D%/gate.h \
	%D%/handback.c %D%/handback.h \
	%D%/io.c %D%/io.h \
	%D%/io_accept.c \
	%D%/io_conn.c \
	%D%/io_state.h \
	%D%/listen.c %D%/listen.h \
	%D%/net.c %D%/net.h \
	%D%/pool.c %D%/pool.h \
	%D%/porter.c %D%/porter.h \
	%D%/proxy.c %D%/proxy.h \
	%D%/queue.c %D%/queue.h \
	%D%/reserve.c %D%/reserve.h \
	%D%/service.h \
	%D%/shared.h \
	%D%/sockaddr.c %D%/sockaddr.h \
	%D%/tcpopen.c %D%/tcpopen.h \
	%D%/wait.c %D%/wait.h

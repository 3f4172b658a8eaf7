check_PROGRAMS += %D%/check_listen %D%/check_net %D%/check_queue %D%/check_wait
TESTS += %D%/check_listen %D%/check_net %D%/check_queue %D%/check_wait
%C%_check_listen_SOURCES = %D%/check_listen.c tests/unit.h
%C%_check_listen_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_listen_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_listen_LDADD = $(FLOOR_NET) $(CHECK_LIBS)
%C%_check_net_SOURCES = %D%/check_net.c %D%/lines.c %D%/lines.h tests/unit.h
%C%_check_net_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_net_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_net_LDADD = $(FLOOR_NET) $(CHECK_LIBS)
%C%_check_queue_SOURCES = %D%/check_queue.c tests/unit.h
%C%_check_queue_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_queue_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_queue_LDADD = $(FLOOR_NET) $(CHECK_LIBS)
%C%_check_wait_SOURCES = %D%/check_wait.c tests/unit.h
%C%_check_wait_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_wait_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_wait_LDADD = $(FLOOR_NET) $(CHECK_LIBS)
EXTRA_DIST += %D%/module.mk

check_PROGRAMS += %D%/check_tcpopen
TESTS += %D%/check_tcpopen
%C%_check_tcpopen_SOURCES = %D%/check_tcpopen.c tests/unit.h
%C%_check_tcpopen_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_tcpopen_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_tcpopen_LDADD = $(FLOOR_NET) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_gate
TESTS += %D%/check_gate
%C%_check_gate_SOURCES = %D%/check_gate.c %D%/lines.c %D%/lines.h tests/unit.h
%C%_check_gate_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_gate_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_gate_LDADD = $(FLOOR_NET) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_buffers
TESTS += %D%/check_buffers
%C%_check_buffers_SOURCES = %D%/check_buffers.c tests/unit.h
%C%_check_buffers_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_buffers_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_buffers_LDADD = $(FLOOR_NET) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_proxy
TESTS += %D%/check_proxy
%C%_check_proxy_SOURCES = %D%/check_proxy.c tests/unit.h
%C%_check_proxy_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_proxy_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_proxy_LDADD = $(FLOOR_NET) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_proxied
TESTS += %D%/check_proxied
%C%_check_proxied_SOURCES = %D%/check_proxied.c %D%/lines.c %D%/lines.h \
	tests/unit.h
%C%_check_proxied_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_proxied_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_proxied_LDADD = $(FLOOR_NET) $(CHECK_LIBS)

check_PROGRAMS += %D%/check_reserve
TESTS += %D%/check_reserve
%C%_check_reserve_SOURCES = %D%/check_reserve.c tests/unit.h
%C%_check_reserve_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_reserve_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_reserve_LDADD = $(FLOOR_NET) $(CHECK_LIBS)

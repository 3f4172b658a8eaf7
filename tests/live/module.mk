# Tests against live daemons, on free ports of loopback; each skips, with a
# sentence, what is not there to test with.
check_PROGRAMS += %D%/client
%C%_client_SOURCES = %D%/client.c

# A sanitizer has a malloc() and a pthread_create() of its own.
EXTRA_DIST += %D%/count_allocations.c %D%/few_threads.c
if !WITH_SANITIZER
check_PROGRAMS += %D%/count_allocations.so
%C%_count_allocations_so_SOURCES = %D%/count_allocations.c
%C%_count_allocations_so_CFLAGS = $(AM_CFLAGS) -fPIC
%C%_count_allocations_so_LDFLAGS = $(AM_LDFLAGS) -shared
check_PROGRAMS += %D%/few_threads.so
%C%_few_threads_so_SOURCES = %D%/few_threads.c
%C%_few_threads_so_CFLAGS = $(AM_CFLAGS) -fPIC
%C%_few_threads_so_LDFLAGS = $(AM_LDFLAGS) -shared
endif

check_PROGRAMS += %D%/odd_server
%C%_odd_server_SOURCES = %D%/odd_server.c
%C%_odd_server_LDADD = $(FLOOR_NET)

LIVE_TESTS = %D%/live_access.sh
LIVE_TESTS += %D%/live_allocations.sh
LIVE_TESTS += %D%/live_basic.sh
LIVE_TESTS += %D%/live_clients.sh
LIVE_TESTS += %D%/live_control.sh
LIVE_TESTS += %D%/live_cut_short.sh
LIVE_TESTS += %D%/live_damaged.sh
LIVE_TESTS += %D%/live_debian_whois.sh
LIVE_TESTS += %D%/live_defects.sh
LIVE_TESTS += %D%/live_few_threads.sh
LIVE_TESTS += %D%/live_finger.sh
LIVE_TESTS += %D%/live_help.sh
LIVE_TESTS += %D%/live_inetd.sh
LIVE_TESTS += %D%/live_net_ph.sh
LIVE_TESTS += %D%/live_openldap.sh
LIVE_TESTS += %D%/live_privacy.sh
LIVE_TESTS += %D%/live_qi.sh
LIVE_TESTS += %D%/live_sandbox.sh
LIVE_TESTS += %D%/live_session.sh
LIVE_TESTS += %D%/live_silent.sh
LIVE_TESTS += %D%/live_socket_activation.sh
LIVE_TESTS += %D%/live_telnet.sh
LIVE_TESTS += %D%/live_transcripts.sh
LIVE_TESTS += %D%/live_whois2ph.sh
LIVE_TESTS += %D%/live_whoisbench.sh
LIVE_TESTS += %D%/live_whoisbench_mix.sh
LIVE_TESTS += %D%/live_wire.sh

dist_check_SCRIPTS += $(LIVE_TESTS)
TESTS += $(LIVE_TESTS)
EXTRA_DIST += %D%/module.mk %D%/lib.sh %D%/inetd.sh %D%/net_ph.pl
EXTRA_DIST += %D%/people.csv %D%/golden.txt
EXTRA_DIST += %D%/privacy.csv
EXTRA_DIST += %D%/qi/session.txt %D%/qi/schema %D%/qi/differences.txt
EXTRA_DIST += %D%/help.csv %D%/wire.csv %D%/wire-handles.csv %D%/wire.txt
dist_check_SCRIPTS += %D%/unit.sh
TESTS += %D%/unit.sh
dist_check_SCRIPTS += %D%/whoisctl.sh
TESTS += %D%/whoisctl.sh

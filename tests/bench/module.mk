# What tests/bench/compare measures with; smoke.sh sees that it runs.
BENCH_TOOLS = %D%/bench_bare %D%/bench_net %D%/bench_query \
	%D%/bench_fork %D%/bench_text %D%/bench_run %D%/bench_start \
	%D%/bench_get %D%/bench_serve %D%/bench_pair
%C%_bench_bare_SOURCES = %D%/bench_bare.c %D%/answer.h
%C%_bench_bare_LDADD = $(FLOOR_NET)
%C%_bench_net_SOURCES = %D%/bench_net.c %D%/answer.h
%C%_bench_net_LDADD = $(FLOOR_NET)
%C%_bench_query_SOURCES = %D%/bench_query.c
%C%_bench_query_LDADD = $(FLOOR_PROTO) $(LIBS_DIR)
%C%_bench_fork_SOURCES = %D%/bench_fork.c
%C%_bench_fork_LDADD = $(FLOOR_SERVER) $(LIBS_SERVER)
%C%_bench_text_SOURCES = %D%/bench_text.c
%C%_bench_text_LDADD = $(FLOOR_PROTO) $(LIBS_DIR)
%C%_bench_pair_SOURCES = %D%/bench_pair.c
%C%_bench_pair_LDADD = $(FLOOR_BENCH) $(LIBS_DIR)
%C%_bench_run_SOURCES = %D%/bench_run.c
%C%_bench_run_LDADD = $(FLOOR_SYS)
%C%_bench_start_SOURCES = %D%/bench_start.c
if HAVE_LDAP
BENCH_TOOLS += %D%/bench_ldap
%C%_bench_ldap_SOURCES = %D%/bench_ldap.c
%C%_bench_ldap_LDADD = $(FLOOR_SYS) -lldap -llber
endif
%C%_bench_get_SOURCES = %D%/bench_get.c
%C%_bench_get_LDADD = $(FLOOR_PROTO) $(LIBS_DIR)
%C%_bench_serve_SOURCES = %D%/bench_serve.c
%C%_bench_serve_LDADD = $(FLOOR_SERVER) $(LIBS_SERVER)
EXTRA_DIST += %D%/module.mk %D%/compare %D%/compare.d %D%/search_speed \
	%D%/instructions %D%/overload %D%/siege_compare

check_PROGRAMS += $(BENCH_TOOLS)
if !WITH_SANITIZER
BENCH_COUNTING = tests/live/count_allocations.so
endif
dist_check_SCRIPTS += %D%/smoke.sh
TESTS += %D%/smoke.sh

.PHONY: bench bench-programs
bench-programs: $(BENCH_TOOLS) $(BENCH_COUNTING) $(bin_PROGRAMS) $(sbin_PROGRAMS)
bench: bench-programs
	$(srcdir)/%D%/compare --quick

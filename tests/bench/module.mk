# Benchmarks, built and run by `make bench` only.
EXTRA_PROGRAMS = %D%/bench_bare %D%/bench_load %D%/bench_net \
	%D%/bench_query %D%/bench_fork %D%/bench_text %D%/bench_run
%C%_bench_bare_SOURCES = %D%/bench_bare.c %D%/answer.h
%C%_bench_bare_LDADD = $(FLOOR_NET)
%C%_bench_load_SOURCES = %D%/bench_load.c
%C%_bench_load_LDADD = $(FLOOR_SYS)
%C%_bench_net_SOURCES = %D%/bench_net.c %D%/answer.h
%C%_bench_net_LDADD = $(FLOOR_NET)
%C%_bench_query_SOURCES = %D%/bench_query.c
%C%_bench_query_LDADD = $(FLOOR_PROTO) $(LIBS_DIR)
%C%_bench_fork_SOURCES = %D%/bench_fork.c
%C%_bench_fork_LDADD = $(FLOOR_SERVER) $(LIBS_SERVER)
%C%_bench_text_SOURCES = %D%/bench_text.c
%C%_bench_text_LDADD = $(FLOOR_PROTO) $(LIBS_DIR)
%C%_bench_run_SOURCES = %D%/bench_run.c
%C%_bench_run_LDADD = $(FLOOR_SYS)
if HAVE_LDAP
EXTRA_PROGRAMS += %D%/bench_ldap
%C%_bench_ldap_SOURCES = %D%/bench_ldap.c
%C%_bench_ldap_LDADD = $(FLOOR_SYS) -lldap -llber
endif
EXTRA_PROGRAMS += %D%/bench_get
%C%_bench_get_SOURCES = %D%/bench_get.c
%C%_bench_get_LDADD = $(FLOOR_PROTO) $(LIBS_DIR)
EXTRA_PROGRAMS += %D%/bench_serve
%C%_bench_serve_SOURCES = %D%/bench_serve.c
%C%_bench_serve_LDADD = $(FLOOR_SERVER) $(LIBS_SERVER)
EXTRA_PROGRAMS += %D%/bench_start
%C%_bench_start_SOURCES = %D%/bench_start.c
EXTRA_DIST += %D%/module.mk %D%/net_compare
EXTRA_DIST += %D%/load_compare %D%/search_speed %D%/serve_compare
EXTRA_DIST += %D%/instructions %D%/overload %D%/siege_compare

CLEANFILES += $(EXTRA_PROGRAMS)

.PHONY: bench bench-programs
bench-programs: $(EXTRA_PROGRAMS) tests/live/client $(bin_PROGRAMS) $(sbin_PROGRAMS)
bench: bench-programs
	$(srcdir)/%D%/net_compare

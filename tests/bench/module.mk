# Benchmarks, built and run by `make bench` only.
EXTRA_PROGRAMS = %D%/bench_bare %D%/bench_load %D%/bench_net
%C%_bench_bare_SOURCES = %D%/bench_bare.c %D%/answer.h
%C%_bench_bare_LDADD = $(FLOOR_NET)
%C%_bench_load_SOURCES = %D%/bench_load.c
%C%_bench_load_LDADD = $(FLOOR_SYS)
%C%_bench_net_SOURCES = %D%/bench_net.c %D%/answer.h
%C%_bench_net_LDADD = $(FLOOR_NET)
EXTRA_DIST += %D%/module.mk %D%/net_compare
EXTRA_DIST += %D%/load_compare %D%/serve_compare

CLEANFILES += $(EXTRA_PROGRAMS)

.PHONY: bench bench-programs
bench-programs: $(EXTRA_PROGRAMS) tests/live/client $(bin_PROGRAMS) $(sbin_PROGRAMS)
bench: bench-programs
	$(srcdir)/%D%/net_compare

# What a server on the open Internet meets, thrown at a live one.  Shortened
# here, in full by scripts/soak.
ABUSE_TESTS = %D%/abuse_damage.sh
ABUSE_TESTS += %D%/abuse_descriptors.sh
ABUSE_TESTS += %D%/abuse_disk.sh
ABUSE_TESTS += %D%/abuse_kill.sh
ABUSE_TESTS += %D%/abuse_memory.sh
ABUSE_TESTS += %D%/abuse_overload.sh
ABUSE_TESTS += %D%/abuse_power.sh
ABUSE_TESTS += %D%/abuse_proxy.sh
ABUSE_TESTS += %D%/abuse_reload.sh
ABUSE_TESTS += %D%/abuse_restart.sh
ABUSE_TESTS += %D%/abuse_siege.sh
ABUSE_TESTS += %D%/abuse_sources.sh

dist_check_SCRIPTS += $(ABUSE_TESTS)
TESTS += $(ABUSE_TESTS)
EXTRA_DIST += %D%/module.mk %D%/lib.sh

ABUSE_TOOLS = %D%/restart
%C%_restart_SOURCES = %D%/restart.c %D%/die.h

ABUSE_TOOLS += %D%/siege
%C%_siege_SOURCES = %D%/siege.c %D%/answers.c %D%/answers.h %D%/die.h
%C%_siege_LDADD = $(FLOOR_BENCH) $(LIBS_DIR)

# What records a load.  A sanitizer wants to be loaded first, so it has none.
EXTRA_DIST += %D%/recorded.sh %D%/record_io.c
if !WITH_SANITIZER
ABUSE_TOOLS += %D%/record_io.so
%C%_record_io_so_SOURCES = %D%/record_io.c
%C%_record_io_so_CFLAGS = $(AM_CFLAGS) -fPIC
%C%_record_io_so_LDFLAGS = $(AM_LDFLAGS) -shared
endif
ABUSE_TOOLS += %D%/replay_power
%C%_replay_power_SOURCES = %D%/replay_power.c %D%/disk.c %D%/disk.h
%C%_replay_power_LDADD = $(FLOOR_BASE)

check_PROGRAMS += $(ABUSE_TOOLS)

# What scripts/soak and two of the benchmarks need.
.PHONY: abuse-tools
abuse-tools: $(ABUSE_TOOLS) tests/live/client $(bin_PROGRAMS) $(sbin_PROGRAMS)

# What each program stands on, highest floor first, as the linker wants it.
FLOOR_BASE = src/base/libbase.a
FLOOR_TEXT = src/text/libtext.a $(FLOOR_BASE)
FLOOR_RECORD = src/record/librecord.a $(FLOOR_TEXT)
FLOOR_QUERY = src/query/libquery.a $(FLOOR_TEXT)
FLOOR_SAMPLE = src/sample/libsample.a $(FLOOR_TEXT)
FLOOR_ACCESS = src/access/libaccess.a $(FLOOR_RECORD)
FLOOR_SYS = src/sys/libsys.a $(FLOOR_BASE)
FLOOR_DIR = src/dir/libdir.a src/record/librecord.a src/query/libquery.a \
	src/text/libtext.a $(FLOOR_SYS)
FLOOR_PROTO = src/proto/libproto.a src/access/libaccess.a $(FLOOR_DIR)
FLOOR_NET = src/net/libnet.a $(FLOOR_SYS)
FLOOR_SERVER = src/server/libserver.a src/net/libnet.a $(FLOOR_PROTO)
FLOOR_BENCH = src/bench/libbench.a src/net/libnet.a src/sample/libsample.a \
	$(FLOOR_PROTO)

LIBS_TEXT = $(UTF8PROC_LIBS)
LIBS_RECORD = $(LIBS_TEXT)
LIBS_QUERY = $(IDN2_LIBS) $(LIBS_TEXT)
LIBS_DIR = $(LMDB_LIBS) $(IDN2_LIBS) $(LIBS_TEXT)
LIBS_SERVER = $(CONFUSE_LIBS) $(SECCOMP_LIBS) $(LIBS_DIR)

# What every tool is made of besides its own files.
TOOLS_COMMON = %D%/report.c %D%/report.h

sbin_PROGRAMS += %D%/whoisctl
%C%_whoisctl_SOURCES = \
	%D%/whoisctl.c \
	%D%/command.c %D%/command.h \
	%D%/page.c %D%/page.h \
	%D%/view.c %D%/view.h \
	%D%/whoisctl_dump.c \
	%D%/whoisctl_inspect.c \
	%D%/whoisctl_load.c \
	%D%/whoisctl_query.c \
	%D%/whoisctl_sample.c \
	%D%/whoisctl_schema.c \
	%D%/whoisctl_stats.c \
	%D%/whoisctl_top.c \
	$(TOOLS_COMMON)
%C%_whoisctl_LDADD = $(FLOOR_SAMPLE) $(FLOOR_SERVER) $(LIBS_SERVER)

sbin_PROGRAMS += %D%/whoisd
%C%_whoisd_SOURCES = %D%/whoisd.c $(TOOLS_COMMON)
%C%_whoisd_LDADD = $(FLOOR_SERVER) $(LIBS_SERVER)

bin_PROGRAMS += %D%/whois
%C%_whois_SOURCES = \
	%D%/whois.c \
	%D%/ask.c %D%/ask.h \
	%D%/follow.c %D%/follow.h \
	$(TOOLS_COMMON)
%C%_whois_LDADD = $(FLOOR_PROTO) $(FLOOR_NET) $(LIBS_TEXT)

bin_PROGRAMS += %D%/whoisbench
%C%_whoisbench_SOURCES = \
	%D%/whoisbench.c \
	%D%/whoisbench_options.c %D%/whoisbench_options.h \
	%D%/whoisbench_questions.c %D%/whoisbench_questions.h \
	$(TOOLS_COMMON)
%C%_whoisbench_LDADD = $(FLOOR_BENCH) $(LIBS_DIR)

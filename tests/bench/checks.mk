# The unit tests of the floor of this name.
BENCH_CHECKS = %D%/check_latency
BENCH_CHECKS += %D%/check_question_list
BENCH_CHECKS += %D%/check_zipf
BENCH_CHECKS += %D%/check_mix
BENCH_CHECKS += %D%/check_wording
BENCH_CHECKS += %D%/check_draw
BENCH_CHECKS += %D%/check_expectation
BENCH_CHECKS += %D%/check_proc
BENCH_CHECKS += %D%/check_schedule
BENCH_CHECKS += %D%/check_summary
BENCH_CHECKS += %D%/check_crowd
BENCH_CHECKS += %D%/check_route
BENCH_CHECKS += %D%/check_ph_wording
BENCH_CHECKS += %D%/check_protocol
BENCH_CHECKS += %D%/check_reply
check_PROGRAMS += $(BENCH_CHECKS)
TESTS += $(BENCH_CHECKS)
BENCH_CHECK_LIBS = $(FLOOR_BENCH) $(LIBS_DIR) $(CHECK_LIBS)

%C%_check_latency_SOURCES = %D%/check_latency.c tests/unit.h
%C%_check_latency_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_latency_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_latency_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_question_list_SOURCES = %D%/check_question_list.c tests/unit.h
%C%_check_question_list_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_question_list_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_question_list_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_zipf_SOURCES = %D%/check_zipf.c tests/unit.h
%C%_check_zipf_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_zipf_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_zipf_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_mix_SOURCES = %D%/check_mix.c tests/unit.h
%C%_check_mix_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_mix_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_mix_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_wording_SOURCES = %D%/check_wording.c tests/unit.h
%C%_check_wording_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_wording_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_wording_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_draw_SOURCES = %D%/check_draw.c tests/unit.h tests/proto/people.c \
	tests/proto/people.h
%C%_check_draw_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_draw_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_draw_LDADD = src/bench/libbench.a src/sample/libsample.a \
	$(FLOOR_PROTO) $(LIBS_DIR) $(CHECK_LIBS)
%C%_check_expectation_SOURCES = %D%/check_expectation.c tests/unit.h
%C%_check_expectation_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_expectation_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_expectation_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_proc_SOURCES = %D%/check_proc.c tests/unit.h
%C%_check_proc_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_proc_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_proc_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_schedule_SOURCES = %D%/check_schedule.c tests/unit.h
%C%_check_schedule_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_schedule_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_schedule_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_summary_SOURCES = %D%/check_summary.c tests/unit.h
%C%_check_summary_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_summary_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_summary_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_crowd_SOURCES = %D%/check_crowd.c tests/unit.h
%C%_check_crowd_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_crowd_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_crowd_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_route_SOURCES = %D%/check_route.c tests/unit.h
%C%_check_route_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_route_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_route_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_ph_wording_SOURCES = %D%/check_ph_wording.c tests/unit.h
%C%_check_ph_wording_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_ph_wording_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_ph_wording_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_protocol_SOURCES = %D%/check_protocol.c tests/unit.h
%C%_check_protocol_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_protocol_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_protocol_LDADD = $(BENCH_CHECK_LIBS)

%C%_check_reply_SOURCES = %D%/check_reply.c tests/unit.h
%C%_check_reply_CPPFLAGS = $(CHECK_CPPFLAGS)
%C%_check_reply_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_check_reply_LDADD = $(BENCH_CHECK_LIBS)

EXTRA_DIST += %D%/checks.mk

noinst_LIBRARIES += %D%/libbench.a
%C%_libbench_a_SOURCES = \
	%D%/crowd.c %D%/crowd.h \
	%D%/crowd_answer.c \
	%D%/crowd_ask.c \
	%D%/crowd_state.h \
	%D%/crowd_talk.c \
	%D%/draw.c %D%/draw.h \
	%D%/expectation.c %D%/expectation.h \
	%D%/kind.c %D%/kind.h \
	%D%/latency.c %D%/latency.h \
	%D%/mix.c %D%/mix.h \
	%D%/mixed.c %D%/mixed.h \
	%D%/outcome.c %D%/outcome.h \
	%D%/ph_wording.c %D%/ph_wording.h \
	%D%/proc.c %D%/proc.h \
	%D%/processes.c %D%/processes.h \
	%D%/protocol.c %D%/protocol.h \
	%D%/question_list.c %D%/question_list.h \
	%D%/questions.h \
	%D%/reply.c %D%/reply.h \
	%D%/route.c %D%/route.h \
	%D%/schedule.c %D%/schedule.h \
	%D%/summary.c %D%/summary.h \
	%D%/trial.c %D%/trial.h \
	%D%/wording.c %D%/wording.h \
	%D%/zipf.c %D%/zipf.h

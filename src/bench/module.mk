noinst_LIBRARIES += %D%/libbench.a
%C%_libbench_a_SOURCES = \
	%D%/crowd.c %D%/crowd.h \
	%D%/draw.c %D%/draw.h \
	%D%/kind.c %D%/kind.h \
	%D%/latency.c %D%/latency.h \
	%D%/mix.c %D%/mix.h \
	%D%/mixed.c %D%/mixed.h \
	%D%/question_list.c %D%/question_list.h \
	%D%/questions.h \
	%D%/wording.c %D%/wording.h \
	%D%/zipf.c %D%/zipf.h

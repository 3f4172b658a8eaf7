noinst_LIBRARIES += %D%/libsample.a
%C%_libsample_a_SOURCES = \
	%D%/sample.h

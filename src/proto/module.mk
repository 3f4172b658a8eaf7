noinst_LIBRARIES += %D%/libproto.a
%C%_libproto_a_SOURCES = \
	%D%/answer.c %D%/answer.h \
	%D%/client.c %D%/client.h \
	%D%/face.c %D%/face.h %D%/face_list.h \
	%D%/form.c %D%/form.h \
	%D%/help.c %D%/help.h \
	%D%/hint.c %D%/hint.h \
	%D%/line.c %D%/line.h \
	%D%/listing.c %D%/listing.h \
	%D%/whois.c \
	%D%/whois_line.c %D%/whois_line.h

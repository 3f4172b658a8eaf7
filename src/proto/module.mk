noinst_LIBRARIES += %D%/libproto.a
%C%_libproto_a_SOURCES = \
	%D%/answer.c %D%/answer.h \
	%D%/client.c %D%/client.h \
	%D%/face.c %D%/face.h %D%/face_list.h \
	%D%/finger.c \
	%D%/form.c %D%/form.h \
	%D%/help.c %D%/help.h \
	%D%/hint.c %D%/hint.h \
	%D%/line.c %D%/line.h \
	%D%/listing.c %D%/listing.h \
	%D%/ph.c %D%/ph.h \
	%D%/ph_entry.c %D%/ph_entry.h \
	%D%/ph_fields.c %D%/ph_fields.h \
	%D%/ph_help.c %D%/ph_help.h \
	%D%/ph_line.c %D%/ph_line.h \
	%D%/ph_login.c %D%/ph_login.h \
	%D%/ph_query.c %D%/ph_query.h \
	%D%/ph_reply.c %D%/ph_reply.h \
	%D%/ph_select.c %D%/ph_select.h \
	%D%/ph_set.c %D%/ph_set.h \
	%D%/ph_site.c %D%/ph_site.h \
	%D%/ph_topics.c %D%/ph_topics.h \
	%D%/whois.c \
	%D%/whois_line.c %D%/whois_line.h

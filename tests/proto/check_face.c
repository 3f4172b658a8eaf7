#include "config.h"

#include "unit.h"

#include "proto/face.h"

#include <string.h>

START_TEST(faces_are_found_by_name)
{
	ck_assert_ptr_eq(face_find(span_from("whois")), &face_whois);
	ck_assert_ptr_null(face_find(span_from("Whois")));
	ck_assert_ptr_null(face_find(span_from("whois ")));
	ck_assert_ptr_null(face_find(span_from("")));
}
END_TEST

START_TEST(who_chose_a_face_that_is_none_is_told_which_there_are)
{
	const struct face *face;
	struct fault fault;

	ck_assert_int_eq(face_choose(&face, span_from("finger"), &fault),
	    ERR_NONE);
	ck_assert_ptr_eq(face, &face_finger);
	ck_assert_int_eq(face_choose(&face, span_from("gopher"), &fault),
	    ERR_REFUSED);
	ck_assert_str_eq(fault.text, "there is no face \"gopher\"; there are"
	    " whois, ph and finger");
}
END_TEST

START_TEST(every_face_is_whole_and_is_found)
{
	size_t count = 0;

	for (; faces[count] != NULL; count++) {
		const struct face *face = faces[count];

		ck_assert_ptr_eq(face_find(span_from(face->name)), face);
		ck_assert_uint_gt(strlen(face->service), 0);
		ck_assert_uint_gt(face->port, 0);
		ck_assert_uint_gt(face->request_max, 0);
		ck_assert(face->frame != NULL && face->serve != NULL &&
		    face->refuse != NULL);
	}
	ck_assert_uint_gt(count, 0);
	ck_assert_ptr_eq(faces[0], &face_whois);
}
END_TEST

START_TEST(a_refusal_grows_by_no_more_than_it_may)
{
	static const char sentence[] = "Too many questions; try again.";
	char memory[sizeof sentence + FACE_REFUSAL_EXTRA];

	for (size_t i = 0; faces[i] != NULL; i++) {
		struct buf out;

		buf_init(&out, memory, sizeof memory);
		faces[i]->refuse(sentence, &out);
		ck_assert(!out.overflowed);
		ck_assert_ptr_nonnull(memmem(memory, out.length, sentence,
		    strlen(sentence)));
		ck_assert_mem_eq(memory + out.length - 2, "\r\n", 2);
	}
}
END_TEST

UNIT_MAIN("proto/face",
    faces_are_found_by_name,
    who_chose_a_face_that_is_none_is_told_which_there_are,
    every_face_is_whole_and_is_found,
    a_refusal_grows_by_no_more_than_it_may)

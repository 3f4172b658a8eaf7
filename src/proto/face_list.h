/*
 * The faces there are, a line for each, in the order in which people are shown
 * them.  face.h declares and face.c collects the `face_NAME` of each.
 */

#ifndef PROTO_FACE_LIST_H
#define PROTO_FACE_LIST_H

#define FACE_LIST(FACE)                                                        \
	FACE(whois)                                                            \
	FACE(ph)                                                               \
	FACE(finger)

#endif

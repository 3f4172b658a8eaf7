/*
 * The WHOIS face (RFC 3912, RFC 954): one line in, one answer out, close.
 *
 * A request ends at its LF or at the end of the input; a LF inside a telnet
 * negotiation (RFC 854) is not one.  Nothing but blanks before the end of the
 * input is no request.  The answers are those of the seed system:
 *
 *   one hit        the long form
 *   several        the short form
 *   too many       the first of them in short form, how many there are, and how
 *                  to narrow the question
 *   none           a hint that fits the question
 *
 * and each ends with the sentence that tells how to get help.  Lines that are
 * not data begin with "% "; "% error: " and a sentence is a whole answer.
 */

#ifndef PROTO_WHOIS_H
#define PROTO_WHOIS_H

#include "proto/face.h"

extern const struct face face_whois;

#endif

/*
 * Who wants to log in or to change something: refused, as by a read-only
 * server.
 *
 * A login is refused at once, not challenged as qi does: whoever answers a
 * challenge sends a password, and here no password is right.
 */

#ifndef PROTO_PH_LOGIN_H
#define PROTO_PH_LOGIN_H

struct ph;

void ph_login(struct ph *ph);
void ph_xlogin(struct ph *ph);
void ph_answer(struct ph *ph); /* answer, clear and email */
void ph_logout(struct ph *ph);
void ph_change(struct ph *ph); /* change, add and delete */

#endif

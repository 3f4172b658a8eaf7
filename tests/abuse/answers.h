/*
 * Questions, and what the server answered to each when nobody disturbed it:
 * what it must answer ever after.
 */

#ifndef ABUSE_ANSWERS_H
#define ABUSE_ANSWERS_H

struct answers;
struct question;
struct questions;
struct sockaddr_in;

/* The lines of a file.  Dies when it cannot be read or is empty. */
struct answers *answers_read(const char *path);
void answers_free(struct answers **answers);

/* Ask all of them, one after the other.  Dies when one is not answered. */
void answers_learn(struct answers *answers, const struct sockaddr_in *server);

/*
 * What clients ask in turn, each with what it was answered; and the question
 * whose answer was the largest.  They live as long as the answers.
 */
struct questions *answers_questions(struct answers *answers);
struct question answers_largest(const struct answers *answers);

#endif

/*
 * seccomp: which system calls the process may still make.  What a server has
 * no use for fails with EPERM; what only an intruder wants (to run a program,
 * to look into another process) ends the process.  No memory becomes code, no
 * process is forked, and new sockets are UNIX sockets, for syslog.
 *
 * It holds for the calling thread and all that it starts from then on, and
 * cannot be taken back.
 */

#ifndef SERVER_SECCOMP_H
#define SERVER_SECCOMP_H

/* NULL: it is so; else why it is not, in a few words. */
const char *seccomp_enter(void);

#endif

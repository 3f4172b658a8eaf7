/*
 * What is left to the process once its ports are open, so that whoever takes it
 * over by a fault in it has little of it: no new privileges, few files
 * (server/landlock), few system calls (server/seccomp).
 *
 * Nothing of this is needed to serve, so what the kernel or the build does not
 * have is said and done without.
 */

#ifndef SERVER_SANDBOX_H
#define SERVER_SANDBOX_H

enum sandbox_part {
	SANDBOX_LANDLOCK = 1 << 0,
	SANDBOX_SECCOMP = 1 << 1,
	SANDBOX_ALL = SANDBOX_LANDLOCK | SANDBOX_SECCOMP,
};

struct buf;
struct config;
struct config_source;

/*
 * Enter what `config` asks for, before any thread is started: it holds for the
 * calling thread and those it starts later.  Within reach stay the directory,
 * the folder of the configuration (read-only), the folders of names that are
 * removed at the end, and what the C library reads for time zones and names.
 *
 * `said` gets the sentence for the log: "sandbox: no new privileges, landlock,
 * seccomp", or what is missing and why.
 */
void sandbox_enter(const struct config *config,
    const struct config_source *source, struct buf *said);

#endif

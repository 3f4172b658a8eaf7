#include <config.h>

#include "sys/last_words.h"

#include "base/buf.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>

/* Only async-signal-safe calls here: no stdio, no locks, no memory. */

enum { PREFIX_MAX = 64 };

static atomic_bool to_syslog;

void
last_words_to_syslog(bool wanted)
{
	atomic_store(&to_syslog, wanted);
}

/* "whoisd[4711]: " */
static void
add_name(struct buf *line)
{
	buf_add_string(line, program_invocation_short_name);
	buf_add_char(line, '[');
	buf_add_number(line, (uint64_t)getpid());
	buf_add_string(line, "]: ");
}

static bool
is_the_clients(int fd)
{
	struct stat ours, input;

	return fstat(fd, &ours) == 0 && S_ISSOCK(ours.st_mode) &&
	    fstat(STDIN_FILENO, &input) == 0 &&
	    ours.st_dev == input.st_dev && ours.st_ino == input.st_ino;
}

static void
write_line(struct span text)
{
	struct pollfd fd = { .fd = STDERR_FILENO, .events = POLLOUT };
	char memory[LAST_WORDS_MAX + PREFIX_MAX];
	struct buf line;

	if (is_the_clients(STDERR_FILENO))
		return;
	buf_init(&line, memory, sizeof memory);
	add_name(&line);
	buf_add(&line, text);
	buf_add_char(&line, '\n');
	if (poll(&fd, 1, 0) == 1)
		(void)!write(STDERR_FILENO, line.data, line.length);
}

/* RFC 3164 as a local syslog takes it: priority, name, text. */
static void
send_line(struct span text)
{
	static const struct sockaddr_un name = { AF_UNIX, "/dev/log" };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	char memory[LAST_WORDS_MAX + PREFIX_MAX];
	struct buf line;

	if (fd < 0)
		return;
	buf_init(&line, memory, sizeof memory);
	buf_add_char(&line, '<');
	buf_add_number(&line, LOG_DAEMON | LOG_CRIT);
	buf_add_char(&line, '>');
	add_name(&line);
	buf_add(&line, text);
	(void)!sendto(fd, line.data, line.length, MSG_NOSIGNAL,
	    (const struct sockaddr *)&name, sizeof name);
	close(fd);
}

void
last_words(struct span text)
{
	if (text.length > LAST_WORDS_MAX)
		text.length = LAST_WORDS_MAX;
	write_line(text);
	if (atomic_load(&to_syslog))
		send_line(text);
}

#ifdef __GLIBC__
/* clang gives "static int *find(void)" where gcc gives "find". */
static struct span
name_of(const char *function)
{
	struct span rest = span_from(function);
	struct span name = span_cut(&rest, '(');
	size_t at = name.length;

	while (at > 0 && name.data[at - 1] != ' ' && name.data[at - 1] != '*')
		at--;
	return span_skip(name, at);
}

/* The LSB fixes what assert() calls, so a program may define it. */
void
__assert_fail(const char *expression, const char *file, unsigned line,
    const char *function)
{
	char memory[LAST_WORDS_MAX];
	struct buf text;

	buf_init(&text, memory, sizeof memory);
	buf_add_string(&text, "a bug: ");
	buf_add_string(&text, file);
	buf_add_char(&text, ':');
	buf_add_number(&text, line);
	buf_add_string(&text, ": ");
	buf_add(&text, name_of(function));
	buf_add_string(&text, "(): assertion failed: ");
	buf_add_string(&text, expression);
	last_words(buf_span(&text));
	abort();
}
#endif

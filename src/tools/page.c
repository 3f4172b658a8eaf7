#include <config.h>

#include "tools/page.h"

#include "base/buf.h"
#include "proto/client.h"
#include "sys/clock.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000, COMMAND_MAX = 64 };

/* One connection, and when to give it up. */
struct call {
	const char *path;
	uint64_t until_ms;
	int descriptor;
	struct fault *fault;
};

enum err
page_find(char path[PAGE_PATH_MAX], const struct page_source *source,
    struct fault *fault)
{
	int length = source->control != NULL
	    ? snprintf(path, PAGE_PATH_MAX, "%s", source->control)
	    : snprintf(path, PAGE_PATH_MAX, "%s/control",
		  source->directory ? source->directory : "");

	if (source->directory == NULL && source->control == NULL)
		return fault_set(fault, ERR_USAGE,
		    "-d DIR or --control PATH is wanted; try --help");
	if (length < 0 || length >= PAGE_PATH_MAX)
		return fault_set(fault, ERR_USAGE, "the path is too long");
	return ERR_NONE;
}

static enum err
fail(const struct call *call, int error)
{
	const char *why = error == ETIMEDOUT ? "it takes too long" :
	    strerror(error);

	return fault_set(call->fault, ERR_WORLD,
	    "no server answers at %s: %s", call->path, why);
}

static enum err
place_call(struct call *call)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	size_t length = strlen(call->path);

	if (length >= sizeof name.sun_path)
		return fail(call, ENAMETOOLONG);
	memcpy(name.sun_path, call->path, length);
	call->descriptor = socket(AF_UNIX,
	    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (call->descriptor < 0 ||
	    connect(call->descriptor, (void *)&name, sizeof name) != 0)
		return fail(call, errno);
	return ERR_NONE;
}

/* A fresh socket takes a short line at once. */
static enum err
say_command(const struct call *call, const char *command)
{
	char line[COMMAND_MAX];
	int length = snprintf(line, sizeof line, "%s\n", command);

	assert(length > 0 && length < COMMAND_MAX);
	if (send(call->descriptor, line, (size_t)length, MSG_NOSIGNAL) !=
	    length)
		return fail(call, errno);
	return ERR_NONE;
}

/* More than zero: there is something; else `errno` says why not. */
static ssize_t
receive(const struct call *call, char *to, size_t room)
{
	struct pollfd fd = { .fd = call->descriptor, .events = POLLIN };
	uint64_t now_ms = clock_monotonic_ms();
	int left_ms = call->until_ms > now_ms
	    ? (int)(call->until_ms - now_ms) : 0;
	int ready = poll(&fd, 1, left_ms);

	errno = ready == 0 ? ETIMEDOUT : errno;
	return ready <= 0 ? -1 : recv(call->descriptor, to, room, 0);
}

static enum err
hear_answer(const struct call *call, struct page *page)
{
	ssize_t n = 1;

	page->length = 0;
	while (n > 0 && page->length < PAGE_MAX) {
		n = receive(call, page->text + page->length,
		    PAGE_MAX - page->length);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			return fail(call, errno);
		else
			page->length += (size_t)n;
	}
	return ERR_NONE;
}

static enum err
take_end(const struct call *call, struct page *page)
{
	static const struct span end = SPAN_LITERAL("# EOF\n");
	static const struct span error = SPAN_LITERAL("error: ");
	struct span text = { page->text, page->length };
	char sentence[256];
	struct buf out;

	if (text.length < end.length ||
	    !span_equal(span_skip(text, text.length - end.length), end))
		return fault_set(call->fault, ERR_WORLD,
		    "the answer from %s was cut off", call->path);
	page->length -= end.length;
	if (!span_starts_with(text, error))
		return ERR_NONE;
	buf_init(&out, sentence, sizeof sentence - 1);
	text = span_skip(text, error.length);
	buf_add_escaped(&out, span_cut(&text, '\n'));
	sentence[out.length] = '\0';
	return fault_set(call->fault, ERR_REFUSED, "%s: %s", call->path,
	    sentence);
}

enum err
page_ask(struct page *page, const char *path, const char *command,
    struct fault *fault)
{
	struct call call = {
		.path = path,
		.until_ms = clock_monotonic_ms() + PATIENCE_MS,
		.descriptor = -1,
		.fault = fault,
	};
	enum err err = place_call(&call);

	if (err == ERR_NONE)
		err = say_command(&call, command);
	if (err == ERR_NONE)
		err = hear_answer(&call, page);
	if (call.descriptor >= 0)
		close(call.descriptor);
	return err == ERR_NONE ? take_end(&call, page) : err;
}

void
page_show(struct span text)
{
	static char memory[3 * PAGE_MAX];
	struct buf out;

	buf_init(&out, memory, sizeof memory);
	client_add_shown(&out, text, isatty(STDOUT_FILENO) == 1);
	assert(!out.overflowed);
	fwrite(out.data, 1, out.length, stdout);
}

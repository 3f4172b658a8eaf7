#include <config.h>

#include "sys/mapped.h"

#include "base/buf.h"
#include "sys/last_words.h"

#include <assert.h>
#include <signal.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

/* Volatile: a handler in this very thread looks at it. */
static _Thread_local const struct mapped_file *volatile reading;

static int status_of_end;

void
mapped_begin(const struct mapped_file *file)
{
	reading = file;
}

void
mapped_end(void)
{
	reading = NULL;
}

/* Where it is not shorter the disk may have failed, or a file beside it. */
static void
say_why(const struct mapped_file *file)
{
	char memory[LAST_WORDS_MAX];
	struct stat now;
	struct buf text;

	buf_init(&text, memory, sizeof memory);
	buf_add_string(&text, file->path);
	if (fstat(file->descriptor, &now) == 0 &&
	    (uint64_t)now.st_size < file->size_bytes) {
		buf_add_string(&text, " was cut short while it was read: ");
		buf_add_number(&text, (uint64_t)now.st_size);
		buf_add_string(&text, " bytes of ");
		buf_add_number(&text, file->size_bytes);
		buf_add_string(&text, " are left");
	} else {
		buf_add_string(&text, " cannot be read any more: the disk "
		    "failed, or a file beside it was cut short");
	}
	last_words(buf_span(&text));
}

/* SA_RESETHAND: once in here, the signal does what it does by default. */
static void
end(int signal_number, siginfo_t *info, void *context)
{
	const struct mapped_file *file = reading;

	(void)context;
	if (file != NULL && info->si_code == BUS_ADRERR) {
		say_why(file);
		_exit(status_of_end);
	}
	raise(signal_number);
}

/* No stack of its own: a stack that overflows raises SIGSEGV. */
void
mapped_guard(int exit_status)
{
	struct sigaction action = {
		.sa_sigaction = end,
		.sa_flags = SA_SIGINFO | (int)SA_RESETHAND | SA_NODEFER,
	};
	int rc;

	status_of_end = exit_status;
	sigemptyset(&action.sa_mask);
	rc = sigaction(SIGBUS, &action, NULL);
	assert(rc == 0);
}

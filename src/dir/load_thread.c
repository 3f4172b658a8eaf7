#include "config.h"

#include "dir/load_thread.h"

#include "sys/thread.h"

#include <string.h>

enum err
load_thread_start(struct load_thread *thread, void *(*work)(void *),
    void *context, struct fault *fault)
{
	int error = pthread_create(&thread->id, NULL, work, context);

	thread->is_running = error == 0;
	return error == 0 ? ERR_NONE : fault_set(fault, ERR_WORLD,
	    "cannot start a thread: %s; allow more processes", strerror(error));
}

void
load_thread_join(struct load_thread *thread)
{
	if (thread->is_running)
		MUST_SUCCEED(pthread_join(thread->id, NULL));
	thread->is_running = false;
}

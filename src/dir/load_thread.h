/*
 * A thread of a load.  The system may have none left (`ulimit -u`, TasksMax):
 * then the load fails with a sentence, as it does when a thread fails.
 */

#ifndef DIR_LOAD_THREAD_H
#define DIR_LOAD_THREAD_H

#include "base/attr.h"
#include "base/err.h"

#include <pthread.h>
#include <stdbool.h>

struct load_thread {
	pthread_t id;
	bool is_running;
};

/*
 * The thread calls work(context).  After a failure, whoever would have waited
 * for what it does must not: set job->stopped, close its pipe.
 */
enum err load_thread_start(struct load_thread *thread, void *(*work)(void *),
    void *context, struct fault *fault) MUST_CHECK;

/* Returns at once when it could not be started. */
void load_thread_join(struct load_thread *thread);

#endif

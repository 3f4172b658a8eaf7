/*
 * Preloaded into a program: THREADS threads can be made, and no more, as where
 * an administrator has limited them, which root cannot be by a limit.
 */

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

typedef int create_thread(pthread_t *thread, const pthread_attr_t *attributes,
    void *(*work)(void *), void *context);

/* A load makes all of its threads in one. */
create_thread pthread_create;

int
pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
    void *(*work)(void *), void *context)
{
	static int made;
	const char *most = getenv("THREADS");
	create_thread *create;

	if (most == NULL || made++ >= atoi(most))
		return EAGAIN;
	*(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
	return create(thread, attributes, work, context);
}

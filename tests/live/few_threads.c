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

int
pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
    void *(*work)(void *), void *context)
{
	static int made; /* by one thread, which makes all others of a load */
	const char *most = getenv("THREADS");
	create_thread *create;

	if (most == NULL || made++ >= atoi(most))
		return EAGAIN;
	*(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
	return create(thread, attributes, work, context);
}

#include <config.h>

#include "sys/thread.h"

#include <sched.h>

void
thread_prefer_batches(void)
{
	const struct sched_param none = { 0 };

	(void)pthread_setschedparam(pthread_self(), SCHED_BATCH, &none);
}

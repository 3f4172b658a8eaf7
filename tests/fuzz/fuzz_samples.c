#include "sys/samples.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct samples before, now; /* than the page's first half */
	double value;

	samples_read(&before, (struct span){ (const char *)data, size / 2 });
	samples_read(&now, (struct span){ (const char *)data, size });
	for (unsigned i = 0; i < now.count; i++)
		assert(samples_growth(&before, &now, i) >= 0);
	if (samples_quantile(&before, &now, 0.99, &value))
		assert(value >= 0);
	return 0;
}

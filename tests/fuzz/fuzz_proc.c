#include "bench/proc.h"

#include <assert.h>
#include <stddef.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span text = { (const char *)data, size };
	struct proc_socket socket;
	struct proc_times times;

	if (proc_parse_socket(&socket, text))
		assert(socket.addr.family != ADDR_NONE);
	if (proc_parse_stat(&times, text))
		assert(size > 0);
	return 0;
}

/* The text of a configuration file. */

#include "server/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };
	struct config config;
	struct fault fault;

	config_set_defaults(&config);
	(void)!config_parse(&config, text, "fuzz", &fault);
	return 0;
}

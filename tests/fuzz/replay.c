/* Feeds the corpus to a fuzz target when libFuzzer is not there to do it. */

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 20 };

static void
replay_file(const char *path)
{
	static uint8_t bytes[INPUT_MAX];
	FILE *file = fopen(path, "rb");
	uint8_t *input;
	size_t size;

	if (file == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	size = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	/* The exact size on the heap, so that a sanitizer sees an overread. */
	input = malloc(size ? size : 1);
	if (input == NULL)
		abort();
	memcpy(input, bytes, size);
	LLVMFuzzerTestOneInput(input, size);
	free(input);
}

static unsigned
replay_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *item;
	unsigned count = 0;

	if (dir == NULL) {
		perror(folder);
		exit(EXIT_FAILURE);
	}
	while ((item = readdir(dir)) != NULL) {
		char path[8192];

		if (item->d_name[0] == '.')
			continue;
		if (snprintf(path, sizeof path, "%s/%s", folder,
		    item->d_name) < (int)sizeof path)
			replay_file(path);
		count++;
	}
	closedir(dir);
	return count;
}

int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	const char *source = getenv("top_srcdir");
	char folder[4096];
	unsigned count;

	name = name ? name + 1 : argv[0];
	if (strncmp(name, "fuzz_", 5) == 0)
		name += 5;
	snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s",
	    source ? source : ".", name);
	count = replay_folder(argc > 1 ? argv[1] : folder);
	printf("%u inputs replayed from %s\n", count, folder);
	return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

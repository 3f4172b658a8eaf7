#include <config.h>

#include "tools/report.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
report(enum err code, const char *format, ...)
{
	va_list values;

	/* Keep the order when both streams go to one place. */
	fflush(stdout);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
	return (int)code;
}

int
report_fault(const struct fault *fault)
{
	return report(fault->code, "%s", fault->text);
}

enum err
refuse_option(int result, char **argv, struct fault *fault)
{
	const char letter[] = { '-', (char)optopt, '\0' };
	const char *option = letter;

	/* getopt() stays at a long option, which it does not know. */
	if (optopt == '-')
		option = argv[optind];
	/* A long option has no letter: it is the argument just passed. */
	else if (optopt == 0 || optopt > 'z')
		option = argv[optind - 1];
	return fault_set(fault, ERR_USAGE, "option %s %s; try --help", option,
	    result == ':' ? "needs a value" : "is not known");
}

int
report_option(int result, char **argv)
{
	struct fault fault;

	refuse_option(result, argv, &fault);
	return report_fault(&fault);
}

int
report_output(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	return report(ERR_WORLD, "standard output: %s", strerror(errno));
}

bool
parse_number(uint64_t *number, const char *text, uint64_t least, uint64_t most)
{
	char *end;

	if (text[0] < '0' || text[0] > '9')
		return false;
	errno = 0;
	*number = strtoull(text, &end, 10);
	return errno == 0 && *end == '\0' && *number >= least &&
	    *number <= most;
}

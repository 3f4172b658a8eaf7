#include "base/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum err
fault_set(struct fault *fault, enum err code, const char *format, ...)
{
	va_list values;

	assert(code != ERR_NONE);
	fault->code = code;
	va_start(values, format);
	vsnprintf(fault->text, sizeof fault->text, format, values);
	va_end(values);
	return code;
}

enum err
fault_prefix(struct fault *fault, const char *format, ...)
{
	char sentence[FAULT_TEXT_MAX];
	va_list values;
	size_t used;

	memcpy(sentence, fault->text, sizeof sentence);
	va_start(values, format);
	vsnprintf(fault->text, sizeof fault->text, format, values);
	va_end(values);
	used = strlen(fault->text);
	snprintf(fault->text + used, sizeof fault->text - used, ": %s",
	    sentence);
	return fault->code;
}

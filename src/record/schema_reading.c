#include "record/schema_reading.h"

#include <stdarg.h>
#include <stdio.h>

void
schema_refuse(struct schema_reading *reading, const char *format, ...)
{
	char text[FAULT_TEXT_MAX];
	va_list values;

	if (reading->refused)
		return;
	va_start(values, format);
	vsnprintf(text, sizeof text, format, values);
	va_end(values);
	fault_set(reading->fault, ERR_REFUSED, "line %lu: %s", reading->line,
	    text);
	reading->refused = true;
}

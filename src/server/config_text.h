/*
 * The text of a configuration file, made ready for libconfuse: what its scanner
 * would misread is mended or refused before it comes to that.
 */

#ifndef SERVER_CONFIG_TEXT_H
#define SERVER_CONFIG_TEXT_H

#include "base/attr.h"
#include "base/err.h"
#include "base/span.h"

/*
 * A string without comments, of as many lines as `text`; the caller frees it.
 * NULL: refused, and the fault says "NAME:LINE: ...".
 */
char *config_text_prepare(struct span text, const char *name,
    struct fault *fault) MUST_CHECK;

#endif

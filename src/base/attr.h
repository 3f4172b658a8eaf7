/* Compiler attributes under names that say what they promise. */

#ifndef BASE_ATTR_H
#define BASE_ATTR_H

/* The caller must look at what the function returns. */
#define MUST_CHECK __attribute__((warn_unused_result))

/* A printf format is argument `nth`, its values begin at argument `first`. */
#define PRINTF_LIKE(nth, first) __attribute__((format(printf, nth, first)))

#endif

/* The time, asked in one place so that everything else takes it as a parameter. */

#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H

#include <stdint.h>

/* Never goes back; for deadlines and durations. */
uint64_t clock_monotonic_ms(void);
uint64_t clock_monotonic_us(void);

/* The same at the kernel's tick: cheaper, for deadlines. */
uint64_t clock_coarse_ms(void);

enum { CLOCK_TEXT_MAX = 32 };

/* RFC 3339 in UTC, "2026-11-22T10:32:15Z". */
void clock_format_now(char text[CLOCK_TEXT_MAX]);

#endif

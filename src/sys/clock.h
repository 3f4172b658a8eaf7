/*
 * The time, asked in one place so that everything else takes it as a
 * parameter.
 */

#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Never goes back; for deadlines and durations. */
uint64_t clock_monotonic_ms(void);
uint64_t clock_monotonic_us(void);

/* When `ms` will have passed on it, for pthread_cond_timedwait(). */
struct timespec clock_after_ms(unsigned ms);

/*
 * The same clock at the kernel's tick, so up to 10 ms late: cheaper, for
 * deadlines.
 */
uint64_t clock_coarse_ms(void);

/* What all threads of the process have used of the processors until now. */
uint64_t clock_processor_us(void);

/* Seconds since 1970 in UTC, as the wall clock has it; may jump. */
uint64_t clock_wall_s(void);

enum { CLOCK_TEXT_MAX = 32 };

/* RFC 3339 in UTC, "2026-11-22T10:32:15Z". */
void clock_format(uint64_t wall_s, char text[CLOCK_TEXT_MAX]);
void clock_format_now(char text[CLOCK_TEXT_MAX]);

#endif

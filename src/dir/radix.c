#include "dir/radix.h"

#include <assert.h>
#include <string.h>

/*
 * Buckets cost the same however few items there are, so up to SOME are
 * sorted by comparing windows, and up to FEW by insertion.
 */
enum { FEW = 12, SOME = 1024, AHEAD = 12, BUCKETS = 257, WINDOW = 8 };

static size_t
length_of(const struct radix_item *item)
{
	return item->place & RADIX_LENGTH_MAX;
}

static const char *
data_of(const struct radix_item *item, const char *base)
{
	return base + (item->place >> RADIX_LENGTH_BITS);
}

struct span
radix_span(const struct radix_item *item, const char *base)
{
	return (struct span){ data_of(item, base), length_of(item) };
}

/* Up to eight bytes, the first one highest, zeros behind the end. */
static uint64_t
window_at(const char *data, size_t length)
{
	uint64_t window = 0;

	if (length >= WINDOW) {
		memcpy(&window, data, WINDOW);
	} else {
		memcpy(&window, data, length);
	}
	return __builtin_bswap64(window);
}

struct radix_item
radix_item(const char *base, size_t offset, size_t length)
{
	assert(length <= RADIX_LENGTH_MAX);
	return (struct radix_item){
		.window = window_at(base + offset, length),
		.place = (uint64_t)offset << RADIX_LENGTH_BITS | length,
	};
}

/* Move the windows of items that agree up to `depth`, a multiple of eight. */
static void
load_windows(struct radix_item *items, size_t count, const char *base,
    size_t depth)
{
	for (size_t i = 0; i < count; i++) {
		struct span rest = span_skip(radix_span(&items[i], base),
		    depth);

		if (i + AHEAD < count)
			__builtin_prefetch(
			    data_of(&items[i + AHEAD], base) + depth);
		items[i].window = window_at(rest.data, rest.length);
	}
}

/*
 * The windows begin at `start`.  Equal windows of strings that end inside them
 * are told apart by length: the longer one has zeros where the other ended.
 */
static int
compare(const struct radix_item *a, const struct radix_item *b,
    const char *base, size_t start)
{
	int order;

	if (a->window != b->window)
		return a->window < b->window ? -1 : 1;
	order = span_compare(span_skip(radix_span(a, base), start + WINDOW),
	    span_skip(radix_span(b, base), start + WINDOW));
	if (order != 0)
		return order;
	return (length_of(a) > length_of(b)) - (length_of(a) < length_of(b));
}

static void
sort_few(struct radix_item *items, size_t count, const char *base,
    size_t start)
{
	for (size_t i = 1; i < count; i++) {
		struct radix_item item = items[i];
		size_t at = i;

		while (at > 0 &&
		    compare(&items[at - 1], &item, base, start) > 0) {
			items[at] = items[at - 1];
			at--;
		}
		items[at] = item;
	}
}

/* The one in the middle of three. */
static uint64_t
median(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t low = a < b ? a : b, high = a < b ? b : a;

	return c < low ? low : c > high ? high : c;
}

static void
swap(struct radix_item *a, struct radix_item *b)
{
	struct radix_item item = *a;

	*a = *b;
	*b = item;
}

struct parts {
	size_t less, more; /* where the equal ones and the greater ones begin */
};

static struct parts
partition(struct radix_item *items, size_t count)
{
	uint64_t pivot = median(items[0].window, items[count / 2].window,
	    items[count - 1].window);
	struct parts parts = { 0, count };

	for (size_t at = 0; at < parts.more;) {
		if (items[at].window < pivot)
			swap(&items[parts.less++], &items[at++]);
		else if (items[at].window > pivot)
			swap(&items[at], &items[--parts.more]);
		else
			at++;
	}
	return parts;
}

/* Bring those that end before `end` to the front, in order; how many. */
static size_t
sort_ended(struct radix_item *items, size_t count, const char *base,
    size_t end)
{
	size_t ended = 0;

	for (size_t i = 0; i < count; i++)
		if (length_of(&items[i]) < end)
			swap(&items[ended++], &items[i]);
	sort_few(items, ended, base, end - WINDOW);
	return ended;
}

/*
 * Quicksort by windows, which begin at `start`.  The loop goes on with those
 * whose windows are equal and their next eight bytes, so the stack is as deep
 * as there are items at most and not as the strings are long.
 */
static void
sort_some(struct radix_item *items, size_t count, const char *base,
    size_t start)
{
	while (count > FEW) {
		struct parts parts = partition(items, count);
		size_t ended;

		sort_some(items, parts.less, base, start);
		sort_some(items + parts.more, count - parts.more, base, start);
		items += parts.less;
		count = parts.more - parts.less;
		start += WINDOW;
		ended = sort_ended(items, count, base, start);
		items += ended;
		count -= ended;
		load_windows(items, count, base, start);
	}
	sort_few(items, count, base, start);
}

/* 0 for a string that ends at `depth`, else its byte there and one. */
static unsigned
bucket_of(const struct radix_item *item, size_t depth)
{
	if (length_of(item) <= depth)
		return 0;
	return 1 + (unsigned)(item->window >> (56 - 8 * (depth % WINDOW)) &
	    0xff);
}

/*
 * Bring the items in the order of their byte at `depth`; begin[b] to
 * begin[b + 1] is where bucket b lies then.
 */
static void
distribute(struct radix_item *items, size_t count, size_t depth,
    size_t begin[BUCKETS + 1])
{
	size_t next[BUCKETS];

	memset(begin, 0, (BUCKETS + 1) * sizeof begin[0]);
	for (size_t i = 0; i < count; i++)
		begin[bucket_of(&items[i], depth) + 1]++;
	for (unsigned b = 0; b < BUCKETS; b++)
		begin[b + 1] += begin[b];
	memcpy(next, begin, sizeof next);
	for (unsigned b = 0; b < BUCKETS; b++) {
		while (next[b] < begin[b + 1]) {
			struct radix_item *item = &items[next[b]];
			unsigned target = bucket_of(item, depth);
			struct radix_item other = items[next[target]];

			items[next[target]++] = *item;
			if (target != b)
				*item = other;
		}
	}
}

static unsigned
largest_bucket(const size_t begin[BUCKETS + 1])
{
	unsigned largest = 1;

	for (unsigned b = 2; b < BUCKETS; b++)
		if (begin[b + 1] - begin[b] >
		    begin[largest + 1] - begin[largest])
			largest = b;
	return largest;
}

/*
 * Sort items that agree in their first `depth` bytes.  The largest bucket is
 * taken on by the loop and not by recursion, which is why the stack holds no
 * more than log2(count) of these however long the strings.  Strings that have
 * ended (bucket 0) are all equal.
 */
static void
sort_from(struct radix_item *items, size_t count, const char *base,
    size_t depth)
{
	while (count > 1) {
		size_t begin[BUCKETS + 1];
		unsigned largest;

		if (depth % WINDOW == 0 && depth > 0)
			load_windows(items, count, base, depth);
		if (count <= SOME) {
			sort_some(items, count, base, depth - depth % WINDOW);
			return;
		}
		distribute(items, count, depth, begin);
		largest = largest_bucket(begin);
		for (unsigned b = 1; b < BUCKETS; b++)
			if (b != largest && begin[b + 1] - begin[b] > 1)
				sort_from(items + begin[b],
				    begin[b + 1] - begin[b], base, depth + 1);
		count = begin[largest + 1] - begin[largest];
		items += begin[largest];
		depth++;
	}
}

void
radix_sort(struct radix_item *items, size_t count, const char *base)
{
	sort_from(items, count, base, 0);
}

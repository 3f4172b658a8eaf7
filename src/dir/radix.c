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

/* Items that agree in their first `depth` bytes; as much room in `scratch`. */
struct group {
	struct radix_item *items, *scratch;
	size_t count, depth;
};

/*
 * Bring the items in the order of their byte at the depth; begin[b] to
 * begin[b + 1] is where bucket b lies then.  Out of a copy no step waits for
 * the one before: swapping where they are takes twice as long.
 */
static void
distribute(const struct group *g, size_t begin[BUCKETS + 1])
{
	size_t next[BUCKETS];

	memset(begin, 0, (BUCKETS + 1) * sizeof begin[0]);
	for (size_t i = 0; i < g->count; i++)
		begin[bucket_of(&g->items[i], g->depth) + 1]++;
	for (unsigned b = 0; b < BUCKETS; b++)
		begin[b + 1] += begin[b];
	memcpy(next, begin, sizeof next);
	memcpy(g->scratch, g->items, g->count * sizeof g->items[0]);
	for (size_t i = 0; i < g->count; i++)
		g->items[next[bucket_of(&g->scratch[i], g->depth)]++] =
		    g->scratch[i];
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

static struct group
group_of_bucket(const struct group *g, const size_t *begin)
{
	return (struct group){ g->items + begin[0], g->scratch + begin[0],
		begin[1] - begin[0], g->depth + 1 };
}

/*
 * The largest bucket is taken on by the loop and not by recursion, which is why
 * the stack holds no more than log2(count) of these however long the strings.
 * Strings that have ended (bucket 0) are all equal.
 */
static void
sort_group(struct group g, const char *base)
{
	while (g.count > 1) {
		size_t begin[BUCKETS + 1];
		unsigned largest;

		if (g.depth % WINDOW == 0 && g.depth > 0)
			load_windows(g.items, g.count, base, g.depth);
		if (g.count <= SOME) {
			sort_some(g.items, g.count, base,
			    g.depth - g.depth % WINDOW);
			return;
		}
		distribute(&g, begin);
		largest = largest_bucket(begin);
		for (unsigned b = 1; b < BUCKETS; b++)
			if (b != largest)
				sort_group(group_of_bucket(&g, begin + b),
				    base);
		g = group_of_bucket(&g, begin + largest);
	}
}

void
radix_sort(struct radix_item *items, struct radix_item *scratch, size_t count,
    const char *base)
{
	sort_group((struct group){ items, scratch, count, 0 }, base);
}

#include "dir/load_pipe.h"

#include "sys/thread.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_ALIGNMENT = 4 };

struct entry {
	uint64_t number;
	size_t first; /* of its fields */
	unsigned count;
};

struct load_batch {
	struct load_batch *next; /* in a queue */
	const void *context;
	char *bytes;
	size_t used, capacity;
	struct entry *rows;
	size_t row_count, row_capacity;
	struct span *fields;
	size_t field_count, field_capacity;
};

struct queue {
	struct load_batch *first, **last;
};

struct load_pipe {
	pthread_mutex_t mtx;
	pthread_cond_t filled, emptied;

	/* guarded by mtx */
	struct queue full, empty;
	bool closed;

	/* the writer's */
	struct load_batch *writing;
	const void *context;

	/* fixed at creation */
	unsigned batch_count;
};

static void
enqueue(struct queue *queue, struct load_batch *batch)
{
	batch->next = NULL;
	*queue->last = batch;
	queue->last = &batch->next;
}

/* NULL: empty. */
static struct load_batch *
dequeue(struct queue *queue)
{
	struct load_batch *batch = queue->first;

	if (batch != NULL)
		queue->first = batch->next;
	if (queue->first == NULL)
		queue->last = &queue->first;
	return batch;
}

/* Make an array larger unless it has room for `count` members. */
static void *
grow(void *array, size_t count, size_t *capacity, size_t size_bytes)
{
	if (count <= *capacity)
		return array;
	*capacity = count < 128 ? 256 : 2 * count;
	array = realloc(array, *capacity * size_bytes);
	assert(array != NULL);
	return array;
}

static struct load_batch *
new_batch(size_t bytes)
{
	struct load_batch *b = calloc(1, sizeof *b);

	assert(b != NULL);
	b->capacity = bytes;
	b->bytes = malloc(bytes);
	assert(b->bytes != NULL);
	return b;
}

static void
free_batch(struct load_batch *b)
{
	free(b->bytes);
	free(b->rows);
	free(b->fields);
	free(b);
}

static size_t
aligned(size_t length)
{
	return (length + FIELD_ALIGNMENT - 1) / FIELD_ALIGNMENT *
	    FIELD_ALIGNMENT;
}

static size_t
bytes_of(const struct load_row *row)
{
	size_t bytes = 0;

	for (unsigned i = 0; i < row->count; i++)
		bytes += aligned(row->fields[i].length);
	return bytes;
}

/* The arrays count as well: a row may have many short fields. */
static bool
has_room(const struct load_batch *b, const struct load_row *row,
    size_t bytes)
{
	return b->row_count == 0 || b->used + bytes +
	    (b->row_count + 1) * sizeof b->rows[0] +
	    (b->field_count + row->count) * sizeof b->fields[0] <= b->capacity;
}

/* There is room for it. */
static struct span
copy_field(struct load_batch *b, struct span field)
{
	char *to = b->bytes + b->used;

	if (field.length > 0)
		memcpy(to, field.data, field.length);
	b->used += aligned(field.length);
	return (struct span){ to, field.length };
}

static void
add_row(struct load_batch *b, const struct load_row *row, size_t bytes)
{
	struct span *fields;

	if (b->row_count == 0 && bytes > b->capacity) {
		free(b->bytes);
		b->bytes = malloc(bytes);
		assert(b->bytes != NULL);
		b->capacity = bytes;
	}
	b->rows = grow(b->rows, b->row_count + 1, &b->row_capacity,
	    sizeof b->rows[0]);
	b->fields = grow(b->fields, b->field_count + row->count,
	    &b->field_capacity, sizeof b->fields[0]);
	b->rows[b->row_count++] = (struct entry){ .number = row->number,
		.first = b->field_count, .count = row->count };
	fields = b->fields + b->field_count;
	for (unsigned i = 0; i < row->count; i++)
		fields[i] = copy_field(b, row->fields[i]);
	b->field_count += row->count;
}

struct load_pipe *
load_pipe_new(unsigned batches, size_t batch_bytes)
{
	struct load_pipe *p = calloc(1, sizeof *p);

	assert(p != NULL && batches > 0);
	MUST_SUCCEED(pthread_mutex_init(&p->mtx, NULL));
	MUST_SUCCEED(pthread_cond_init(&p->filled, NULL));
	MUST_SUCCEED(pthread_cond_init(&p->emptied, NULL));
	p->full.last = &p->full.first;
	p->empty.last = &p->empty.first;
	p->batch_count = batches;
	for (unsigned i = 0; i < batches; i++)
		enqueue(&p->empty, new_batch(batch_bytes));
	return p;
}

void
load_pipe_free(struct load_pipe **pipe)
{
	struct load_pipe *p = *pipe;
	struct load_batch *batch;

	*pipe = NULL;
	assert(p->closed && p->full.first == NULL);
	while ((batch = dequeue(&p->empty)) != NULL) {
		free_batch(batch);
		p->batch_count--;
	}
	assert(p->batch_count == 0);
	MUST_SUCCEED(pthread_cond_destroy(&p->emptied));
	MUST_SUCCEED(pthread_cond_destroy(&p->filled));
	MUST_SUCCEED(pthread_mutex_destroy(&p->mtx));
	free(p);
}

static struct load_batch *
wait_for_empty(struct load_pipe *p)
{
	struct load_batch *batch;

	MUST_SUCCEED(pthread_mutex_lock(&p->mtx));
	while ((batch = dequeue(&p->empty)) == NULL)
		MUST_SUCCEED(pthread_cond_wait(&p->emptied, &p->mtx));
	MUST_SUCCEED(pthread_mutex_unlock(&p->mtx));
	batch->used = 0;
	batch->row_count = 0;
	batch->field_count = 0;
	batch->context = p->context;
	return batch;
}

static void
send(struct load_pipe *p)
{
	if (p->writing == NULL)
		return;
	MUST_SUCCEED(pthread_mutex_lock(&p->mtx));
	enqueue(&p->full, p->writing);
	MUST_SUCCEED(pthread_cond_signal(&p->filled));
	MUST_SUCCEED(pthread_mutex_unlock(&p->mtx));
	p->writing = NULL;
}

void
load_pipe_write(struct load_pipe *p, const struct load_row *row)
{
	size_t bytes = bytes_of(row);

	assert(!p->closed);
	if (p->writing != NULL && !has_room(p->writing, row, bytes))
		send(p);
	if (p->writing == NULL)
		p->writing = wait_for_empty(p);
	add_row(p->writing, row, bytes);
}

void
load_pipe_set_context(struct load_pipe *p, const void *context)
{
	send(p);
	p->context = context;
}

void
load_pipe_close(struct load_pipe *p)
{
	send(p);
	MUST_SUCCEED(pthread_mutex_lock(&p->mtx));
	p->closed = true;
	MUST_SUCCEED(pthread_cond_broadcast(&p->filled));
	MUST_SUCCEED(pthread_mutex_unlock(&p->mtx));
}

struct load_batch *
load_pipe_receive(struct load_pipe *p)
{
	struct load_batch *batch;

	MUST_SUCCEED(pthread_mutex_lock(&p->mtx));
	while ((batch = dequeue(&p->full)) == NULL && !p->closed)
		MUST_SUCCEED(pthread_cond_wait(&p->filled, &p->mtx));
	MUST_SUCCEED(pthread_mutex_unlock(&p->mtx));
	return batch;
}

void
load_pipe_give_back(struct load_pipe *p, struct load_batch **batch)
{
	MUST_SUCCEED(pthread_mutex_lock(&p->mtx));
	enqueue(&p->empty, *batch);
	MUST_SUCCEED(pthread_cond_signal(&p->emptied));
	MUST_SUCCEED(pthread_mutex_unlock(&p->mtx));
	*batch = NULL;
}

const void *
load_batch_context(const struct load_batch *b)
{
	return b->context;
}

size_t
load_batch_count(const struct load_batch *b)
{
	return b->row_count;
}

struct load_row
load_batch_row(const struct load_batch *b, size_t nth)
{
	const struct entry *entry = &b->rows[nth];

	return (struct load_row){ .number = entry->number,
		.fields = b->fields + entry->first, .count = entry->count };
}

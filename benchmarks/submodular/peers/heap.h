/* A binary heap of old gains, largest on top, ties to the smaller element. */
#ifndef LEMMATA_HEAP_H
#define LEMMATA_HEAP_H
#include <stdint.h>

typedef struct {
  double key;
  int32_t element, round;
} entry;

static inline int before(const entry *a, const entry *b) {
  return a->key > b->key || (a->key == b->key && a->element < b->element);
}

static inline void sink(entry *heap, long size, long at) {
  const entry moved = heap[at];
  for (long child = 2 * at + 1; child < size; child = 2 * at + 1) {
    if (child + 1 < size && before(&heap[child + 1], &heap[child])) child++;
    if (!before(&heap[child], &moved)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = moved;
}

static inline void order(entry *heap, long size) {
  for (long at = size / 2 - 1; at >= 0; at--) sink(heap, size, at);
}
#endif

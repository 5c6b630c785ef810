/* Yardstick of facility location: lazy greedy selection on a dense similarity in float32. */
#include "../../peers/yardstick.h"
#include "heap.h"

enum { LANES = 32, BLOCK = 4096 };

static const float *similarity;
static float *best;
static long n, k, size, gains;
static entry *heap;
static int32_t *selected;

static void load(void) {
  long length;
  similarity = array("similarity", &length);
  n = (long)number("n");
  k = (long)number("k");
  best = make((size_t)n * sizeof *best);
  heap = make((size_t)n * sizeof *heap);
  selected = make((size_t)k * sizeof *selected);
}

static double gain_of(long e) {
  const float *row = similarity + e * n;
  double gain = 0;
  gains++;
  for (long from = 0; from < n; from += BLOCK) {
    const long to = from + BLOCK < n ? from + BLOCK : n;
    float lanes[LANES] = {0};
    long c = from;
    for (; c + LANES <= to; c += LANES) {
      for (int i = 0; i < LANES; i++) {
        const float more = row[c + i] - best[c + i];
        lanes[i] += more > 0 ? more : 0;
      }
    }
    for (; c < to; c++) lanes[0] += row[c] > best[c] ? row[c] - best[c] : 0;
    for (int i = 0; i < LANES; i++) gain += lanes[i];
  }
  return gain;
}

static void solve(void) {
  gains = 0;
  memset(best, 0, (size_t)n * sizeof *best);
  for (long e = 0; e < n; e++) heap[e] = (entry){gain_of(e), (int32_t)e, 0};
  order(heap, n);
  long left = n;
  for (size = 0; size < k && left > 0 && heap[0].key > 0;) {
    if (heap[0].round != size) {
      heap[0].key = gain_of(heap[0].element);
      heap[0].round = (int32_t)size;
      sink(heap, left, 0);
      continue;
    }
    const long e = selected[size++] = heap[0].element;
    for (long c = 0; c < n; c++) best[c] = similarity[e * n + c] > best[c] ? similarity[e * n + c] : best[c];
    heap[0] = heap[--left];
    if (left > 0) sink(heap, left, 0);
  }
}

static void answer(void) {
  put_array("selected", "int32", selected, size, sizeof *selected);
  put_count("gains", (double)gains);
}

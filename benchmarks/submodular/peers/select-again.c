/* Yardstick of the sliding window: lazy greedy selection of k of the elements in the window after every slide. */
#include "../../peers/yardstick.h"
#include "heap.h"

static const int32_t *indptr, *indices;
static const double *weights;
static long n, items, k, window, slides, every, gains, filling;
static double *singles;
static uint8_t *covered;
static entry *heap;
static int32_t *shown, *chosen;

static void load(void) {
  long length;
  indptr = array("indptr", &length);
  n = length - 1;
  indices = array("indices", &length);
  weights = array("weights", &items);
  k = (long)number("k");
  window = (long)number("window");
  slides = (long)number("slides");
  every = (long)number("every");
  singles = make((size_t)n * sizeof *singles);
  covered = make((size_t)items);
  heap = make((size_t)window * sizeof *heap);
  chosen = make((size_t)k * sizeof *chosen);
  shown = make((size_t)(slides / every * k) * sizeof *shown);
}

static double gain_of(long e) {
  double gain = 0;
  gains++;
  for (int32_t p = indptr[e]; p < indptr[e + 1]; p++) gain += covered[indices[p]] ? 0 : weights[indices[p]];
  return gain;
}

static void mark(long e, uint8_t as) {
  for (int32_t p = indptr[e]; p < indptr[e + 1]; p++) covered[indices[p]] = as;
}

/* Chooses from the elements first .. first + window - 1 into `chosen`; gives how many. */
static long choose(long first) {
  for (long i = 0; i < window; i++) heap[i] = (entry){singles[first + i], (int32_t)(first + i), 0};
  order(heap, window);
  long size = window, round = 0;
  while (round < k && size > 0 && heap[0].key > 0) {
    if (heap[0].round != round) {
      heap[0].key = gain_of(heap[0].element);
      heap[0].round = (int32_t)round;
      sink(heap, size, 0);
      continue;
    }
    chosen[round++] = heap[0].element;
    mark(heap[0].element, 1);
    heap[0] = heap[--size];
    if (size > 0) sink(heap, size, 0);
  }
  for (long i = 0; i < round; i++) mark(chosen[i], 0);
  return round;
}

static void solve(void) {
  gains = 0;
  for (long e = 0; e < window; e++) singles[e] = gain_of(e);
  filling = gains;
  for (long t = 1; t <= slides; t++) {
    singles[window + t - 1] = gain_of(window + t - 1);
    const long size = choose(t);
    if (t % every != 0) continue;
    int32_t *set = shown + (t / every - 1) * k;
    for (long i = 0; i < k; i++) set[i] = i < size ? chosen[i] : -1;
  }
}

static void answer(void) {
  put_array("shown", "int32", shown, slides / every * k, sizeof *shown);
  put_count("gainsPerSlide", (double)(gains - filling) / (double)slides);
  put_count("gains", (double)gains);
}

/* C yardstick: windows with at most k mismatches; byte lanes over the first positions, then a full comparison. */
#include "../../peers/yardstick.h"
#ifndef __AVX2__
#error "this yardstick needs a processor with AVX2"
#endif
#include <immintrin.h>

enum { BLOCK = 128 };
static uint8_t *text;
static const uint8_t *pattern;
static double *positions, *distances;
static long n, m, k, width, found;

static void load(void) {
  const uint8_t *given = array("text", &n);
  pattern = array("pattern", &m);
  k = (long)number("k");
  width = m < 4 * k + 8 ? m : 4 * k + 8;
  text = make((size_t)(n + m + BLOCK));
  memcpy(text, given, (size_t)n);
  positions = make((size_t)n * sizeof *positions);
  distances = make((size_t)n * sizeof *distances);
}

static void verify(long at) {
  long distance = 0;
  for (long j = 0; j < m && distance <= k; j++) distance += text[at + j] != pattern[j];
  if (distance > k) return;
  positions[found] = (double)at;
  distances[found++] = (double)distance;
}

static void solve(void) {
  found = 0;
  const __m256i most = _mm256_set1_epi8((char)k);
  for (long i = 0; i <= n - m; i += BLOCK) {
    __m256i lanes[4];
    for (int v = 0; v < 4; v++) lanes[v] = _mm256_set1_epi8((char)width);
    for (long j = 0; j < width; j++) {
      const __m256i symbol = _mm256_set1_epi8((char)pattern[j]);
      for (int v = 0; v < 4; v++) {
        const __m256i here = _mm256_loadu_si256((const __m256i *)(text + i + j + 32 * v));
        lanes[v] = _mm256_add_epi8(lanes[v], _mm256_cmpeq_epi8(here, symbol));
      }
    }
    for (int v = 0; v < 4; v++) {
      const __m256i few = _mm256_cmpeq_epi8(_mm256_min_epu8(lanes[v], most), lanes[v]);
      uint32_t mask = (uint32_t)_mm256_movemask_epi8(few);
      for (; mask != 0; mask &= mask - 1) {
        const long at = i + 32 * v + __builtin_ctz(mask);
        if (at <= n - m) verify(at);
      }
    }
  }
}

static void answer(void) {
  put_array("positions", "float64", positions, found, 8);
  put_array("distances", "float64", distances, found, 8);
  put_count("operations", (double)(n - m + 1) * (double)width / 32);
}

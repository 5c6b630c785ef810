/* C yardstick: distances of all windows by byte lanes, 32 windows a vector, four vectors at a time. */
#include "../../peers/yardstick.h"
#ifndef __AVX2__
#error "this yardstick needs a processor with AVX2"
#endif
#include <immintrin.h>

enum { BLOCK = 128, FLUSH = 255 };
static uint8_t *text;
static const uint8_t *pattern;
static uint16_t *distances;
static long n, m;

static void load(void) {
  const uint8_t *given = array("text", &n);
  pattern = array("pattern", &m);
  text = make((size_t)(n + m + BLOCK));
  memcpy(text, given, (size_t)n);
  distances = make((size_t)(n + BLOCK) * 2);
}

static inline void flush(const __m256i lanes[4], __m256i wide[8]) {
  for (int v = 0; v < 4; v++) {
    wide[2 * v] = _mm256_add_epi16(wide[2 * v], _mm256_cvtepu8_epi16(_mm256_castsi256_si128(lanes[v])));
    wide[2 * v + 1] = _mm256_add_epi16(wide[2 * v + 1], _mm256_cvtepu8_epi16(_mm256_extracti128_si256(lanes[v], 1)));
  }
}

static void solve(void) {
  const __m256i all = _mm256_set1_epi16((short)m);
  for (long i = 0; i <= n - m; i += BLOCK) {
    __m256i wide[8];
    for (int v = 0; v < 8; v++) wide[v] = _mm256_setzero_si256();
    for (long from = 0; from < m; from += FLUSH) {
      const long to = from + FLUSH < m ? from + FLUSH : m;
      __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
      for (long j = from; j < to; j++) {
        const __m256i symbol = _mm256_set1_epi8((char)pattern[j]);
        const uint8_t *at = text + i + j;
        a = _mm256_sub_epi8(a, _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)at), symbol));
        b = _mm256_sub_epi8(b, _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(at + 32)), symbol));
        c = _mm256_sub_epi8(c, _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(at + 64)), symbol));
        d = _mm256_sub_epi8(d, _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(at + 96)), symbol));
      }
      const __m256i lanes[4] = {a, b, c, d};
      flush(lanes, wide);
    }
    for (int v = 0; v < 8; v++) {
      _mm256_storeu_si256((__m256i *)(distances + i + 16 * v), _mm256_sub_epi16(all, wide[v]));
    }
  }
}

static void answer(void) {
  put_array("distances", "uint16", distances, n - m + 1, 2);
  put_count("operations", (double)(n - m + 1) * (double)m / 32);
}

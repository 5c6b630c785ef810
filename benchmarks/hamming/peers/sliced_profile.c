/* C yardstick: distances of all windows by bit planes, 256 windows a vector, counters in binary digits. */
#include "../../peers/yardstick.h"
#ifndef __AVX2__
#error "this yardstick needs a processor with AVX2"
#endif
#include <immintrin.h>

enum { TILE = 16384, DIGITS = 17 };
static uint8_t *codes; /* number of each text symbol's letter in the pattern; `letters` for all others */
static uint8_t number_of[256];
static const uint8_t **addresses;
static uint8_t *planes, *pattern_codes;
static uint16_t *distances;
static const uint8_t *given_text, *given_pattern;
static long n, m, letters, stride;

static void load(void) {
  given_text = array("text", &n);
  given_pattern = array("pattern", &m);
  codes = make((size_t)(n + m + 4 * TILE));
  pattern_codes = make((size_t)m);
  addresses = make((size_t)m * sizeof *addresses);
  stride = (TILE + m) / 8 + 128;
  planes = make((size_t)(256 * 8) * (size_t)stride);
  distances = make((size_t)(n + TILE + 256) * 2);
}

static void fill_planes(long from) {
  const long bits = TILE + m + 512;
  for (long c = 0; c < letters; c++) {
    uint8_t *plain = planes + 8 * c * stride;
    const __m256i letter = _mm256_set1_epi8((char)c);
    for (long i = 0; i < bits && i / 8 + 4 <= stride; i += 32) {
      const __m256i symbols = _mm256_loadu_si256((const __m256i *)(codes + from + i));
      const uint32_t mask = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(symbols, letter));
      memcpy(plain + i / 8, &mask, 4);
    }
    for (int s = 1; s < 8; s++) {
      uint8_t *moved = plain + s * stride;
      for (long b = 0; b + 1 < stride; b++) moved[b] = (uint8_t)((plain[b] >> s) | (plain[b + 1] << (8 - s)));
    }
  }
}

#define ADD(sum, x, y, carry)                                                                                          \
  do {                                                                                                                 \
    const __m256i u = _mm256_xor_si256(sum, x);                                                                        \
    carry = _mm256_or_si256(_mm256_and_si256(sum, x), _mm256_and_si256(u, y));                                         \
    sum = _mm256_xor_si256(u, y);                                                                                      \
  } while (0)

static inline __m256i word(long j, long b) { return _mm256_loadu_si256((const __m256i *)(addresses[j] + b)); }

static void add_at(__m256i *digits, int q, __m256i carry) {
  while (!_mm256_testz_si256(carry, carry)) {
    const __m256i next = _mm256_and_si256(digits[q], carry);
    digits[q] = _mm256_xor_si256(digits[q], carry);
    carry = next;
    q++;
  }
}

static void write_counts(const __m256i *digits, int used, uint16_t *out) {
  uint32_t bits[DIGITS][8];
  for (int q = 0; q < used; q++) _mm256_storeu_si256((__m256i *)bits[q], digits[q]);
  const __m256i picks = _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, -32768);
  const __m256i all = _mm256_set1_epi16((short)m);
  for (int w = 0; w < 16; w++) {
    __m256i sum = _mm256_setzero_si256();
    for (int q = 0; q < used; q++) {
      const __m256i half = _mm256_set1_epi16((short)(bits[q][w / 2] >> (16 * (w & 1))));
      const __m256i met = _mm256_cmpeq_epi16(_mm256_and_si256(half, picks), picks);
      sum = _mm256_or_si256(sum, _mm256_and_si256(met, _mm256_set1_epi16((short)(1 << q))));
    }
    _mm256_storeu_si256((__m256i *)(out + 16 * w), _mm256_sub_epi16(all, sum));
  }
}

static void solve(void) {
  memset(number_of, 255, sizeof number_of);
  letters = 0;
  for (long j = 0; j < m; j++) {
    if (number_of[given_pattern[j]] == 255) number_of[given_pattern[j]] = (uint8_t)letters++;
    pattern_codes[j] = number_of[given_pattern[j]];
  }
  for (long i = 0; i < n; i++) codes[i] = number_of[given_text[i]];
  memset(codes + n, 255, (size_t)(m + 4 * TILE));
  for (long j = 0; j < m; j++) addresses[j] = planes + (8 * pattern_codes[j] + (j & 7)) * stride + j / 8;
  int used = 1;
  while ((1L << used) <= m) used++;
  for (long from = 0; from <= n - m; from += TILE) {
    fill_planes(from);
    for (long i = 0; i < TILE && from + i <= n - m; i += 256) {
      const long b = i / 8;
      __m256i digits[DIGITS + 1];
      for (int q = 0; q <= DIGITS; q++) digits[q] = _mm256_setzero_si256();
      __m256i ones = digits[0], twos = ones, fours = ones, eights = ones;
      long j = 0;
      for (; j + 16 <= m; j += 16) {
        __m256i t0, t1, f0, f1, e0, e1, sixteen;
        ADD(ones, word(j, b), word(j + 1, b), t0);
        ADD(ones, word(j + 2, b), word(j + 3, b), t1);
        ADD(twos, t0, t1, f0);
        ADD(ones, word(j + 4, b), word(j + 5, b), t0);
        ADD(ones, word(j + 6, b), word(j + 7, b), t1);
        ADD(twos, t0, t1, f1);
        ADD(fours, f0, f1, e0);
        ADD(ones, word(j + 8, b), word(j + 9, b), t0);
        ADD(ones, word(j + 10, b), word(j + 11, b), t1);
        ADD(twos, t0, t1, f0);
        ADD(ones, word(j + 12, b), word(j + 13, b), t0);
        ADD(ones, word(j + 14, b), word(j + 15, b), t1);
        ADD(twos, t0, t1, f1);
        ADD(fours, f0, f1, e1);
        ADD(eights, e0, e1, sixteen);
        add_at(digits, 4, sixteen);
      }
      digits[0] = ones;
      digits[1] = twos;
      digits[2] = fours;
      digits[3] = eights;
      for (; j < m; j++) add_at(digits, 0, word(j, b));
      write_counts(digits, used, distances + from + i);
    }
  }
}

static void answer(void) {
  put_array("distances", "uint16", distances, n - m + 1, 2);
  put_count("operations", (double)(n - m + 1) * (double)m / 256);
}

/* C yardstick: distances of all windows by bit planes, one window a bit of a vector, counters in binary digits. */
#include "../../peers/yardstick.h"
#include "vectors.h"

enum { TILE = 16384, DIGITS = 17, BITS = 8 * BYTES };
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
    const vec letter = v_all8((int)c);
    for (long i = 0; i < bits && i / 8 + BYTES / 8 <= stride; i += BYTES) {
      const uint32_t mask = v_mask(v_equal8(v_load(codes + from + i), letter));
      memcpy(plain + i / 8, &mask, BYTES / 8);
    }
    for (int s = 1; s < 8; s++) {
      uint8_t *moved = plain + s * stride;
      for (long b = 0; b + 1 < stride; b++) moved[b] = (uint8_t)((plain[b] >> s) | (plain[b + 1] << (8 - s)));
    }
  }
}

#define ADD(sum, x, y, carry)                                                                                          \
  do {                                                                                                                 \
    const vec u = v_xor(sum, x);                                                                                       \
    carry = v_or(v_and(sum, x), v_and(u, y));                                                                          \
    sum = v_xor(u, y);                                                                                                 \
  } while (0)

static inline vec word(long j, long b) { return v_load(addresses[j] + b); }

static void ripple(vec *digits, int q, vec carry) {
  while (!v_is_zero(carry)) {
    const vec next = v_and(digits[q], carry);
    digits[q] = v_xor(digits[q], carry);
    carry = next;
    q++;
  }
}

/* Adds a carry at place 4, `before` others having come: one waits at its place for a second, then an adder takes both. */
static inline void add_sixteen(vec *digits, vec *waiting, long before, vec carry) {
  int q = 4;
  for (; before & 1; before >>= 1, q++) {
    vec next;
    ADD(digits[q], waiting[q], carry, next);
    carry = next;
  }
  waiting[q] = carry;
}

static void write_counts(const vec *digits, int used, uint16_t *out) {
  uint16_t bits[DIGITS][BITS / 16];
  for (int q = 0; q < used; q++) v_store(bits[q], digits[q]);
  const vec picks = v_powers16(), all = v_all16((int)m);
  for (int w = 0; w < 16; w++) {
    vec sum = v_zero();
    for (int q = 0; q < used; q++) {
      const vec part = v_all16(bits[q][w * BYTES / 32] >> (w * BYTES / 2 % 16));
      const vec met = v_equal16(v_and(part, picks), picks);
      sum = v_or(sum, v_and(met, v_all16(1 << q)));
    }
    v_store(out + BYTES / 2 * w, v_subtract16(all, sum));
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
    for (long i = 0; i < TILE && from + i <= n - m; i += BITS) {
      const long b = i / 8;
      vec digits[DIGITS + 1], waiting[DIGITS + 1];
      for (int q = 0; q <= DIGITS; q++) digits[q] = v_zero();
      vec ones = digits[0], twos = ones, fours = ones, eights = ones;
      long j = 0;
      for (; j + 16 <= m; j += 16) {
        vec t0, t1, f0, f1, e0, e1, sixteen;
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
        add_sixteen(digits, waiting, j / 16, sixteen);
      }
      digits[0] = ones;
      digits[1] = twos;
      digits[2] = fours;
      digits[3] = eights;
      int q = 4;
      for (long sixteens = m / 16; sixteens != 0; sixteens >>= 1, q++) {
        if (sixteens & 1) ripple(digits, q, waiting[q]);
      }
      for (; j < m; j++) ripple(digits, 0, word(j, b));
      write_counts(digits, used, distances + from + i);
    }
  }
}

static void answer(void) {
  put_array("distances", "uint16", distances, n - m + 1, 2);
  put_count("operations", (double)(n - m + 1) * (double)m / BITS);
}

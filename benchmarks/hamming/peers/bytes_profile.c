/* C yardstick: distances of all windows by byte lanes, one window a byte of a vector, four vectors at a time. */
#include "../../peers/yardstick.h"
#include "vectors.h"

enum { BLOCK = 4 * BYTES, FLUSH = 255 };
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

static inline void flush(const vec lanes[4], vec wide[8]) {
  for (int v = 0; v < 4; v++) {
    wide[2 * v] = v_add16(wide[2 * v], v_low16(lanes[v]));
    wide[2 * v + 1] = v_add16(wide[2 * v + 1], v_high16(lanes[v]));
  }
}

static void solve(void) {
  const vec all = v_all16((int)m);
  for (long i = 0; i <= n - m; i += BLOCK) {
    vec wide[8];
    for (int v = 0; v < 8; v++) wide[v] = v_zero();
    for (long from = 0; from < m; from += FLUSH) {
      const long to = from + FLUSH < m ? from + FLUSH : m;
      vec a = v_zero(), b = a, c = a, d = a;
      for (long j = from; j < to; j++) {
        const vec symbol = v_all8(pattern[j]);
        const uint8_t *at = text + i + j;
        a = v_subtract8(a, v_equal8(v_load(at), symbol));
        b = v_subtract8(b, v_equal8(v_load(at + BYTES), symbol));
        c = v_subtract8(c, v_equal8(v_load(at + 2 * BYTES), symbol));
        d = v_subtract8(d, v_equal8(v_load(at + 3 * BYTES), symbol));
      }
      const vec lanes[4] = {a, b, c, d};
      flush(lanes, wide);
    }
    for (int v = 0; v < 8; v++) v_store(distances + i + BYTES / 2 * v, v_subtract16(all, wide[v]));
  }
}

static void answer(void) {
  put_array("distances", "uint16", distances, n - m + 1, 2);
  put_count("operations", (double)(n - m + 1) * (double)m / BYTES);
}

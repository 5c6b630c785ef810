/* Yardstick of matrix completion: alternating least squares with a ridge by count and, where asked for, the mean and
 * biases; normal equations and Cholesky for every row and column, V first, a fixed number of rounds. */
#include <math.h>

#include "../../peers/yardstick.h"

static long rows, cols, rank, rounds, entries, n, width;
static int biased;
static double lambda, mean;
static const int32_t *row_of, *col_of;
static const double *values;

/* Entries in the order of one side's lines. */
typedef struct {
  long count;
  int64_t *start;
  int32_t *place;
  double *value;
} lines;

static lines by_row, by_col;
/* Factors with a leading dimension of `width`, the bias (or nothing) at place `rank`. */
static double *u, *v;
static double *h, *c, *padded;

static lines room(long count) {
  lines side = {count, make((size_t)(count + 1) * sizeof(int64_t)), make((size_t)entries * sizeof(int32_t)),
                make((size_t)entries * sizeof(double))};
  return side;
}

static void load(void) {
  long length;
  rows = (long)number("rows");
  cols = (long)number("cols");
  rank = (long)number("rank");
  rounds = (long)number("rounds");
  biased = number("biased") != 0;
  lambda = number("lambda");
  row_of = array("rowOf", &entries);
  col_of = array("colOf", &length);
  values = array("values", &length);
  n = rank + biased;
  width = (n + 7) / 8 * 8;
  by_row = room(rows);
  by_col = room(cols);
  u = make((size_t)(rows * width) * sizeof(double));
  v = make((size_t)(cols * width) * sizeof(double));
  h = make((size_t)(width * width) * sizeof(double));
  c = make((size_t)width * sizeof(double));
  padded = make((size_t)(4 * width) * sizeof(double));
}

static void sort(lines *side, const int32_t *line_of, const int32_t *place_of) {
  memset(side->start, 0, (size_t)(side->count + 1) * sizeof(int64_t));
  for (long e = 0; e < entries; e++) side->start[line_of[e] + 1]++;
  for (long i = 0; i < side->count; i++) side->start[i + 1] += side->start[i];
  for (long e = 0; e < entries; e++) {
    const int64_t at = side->start[line_of[e]]++;
    side->place[at] = place_of[e];
    side->value[at] = values[e] - mean;
  }
  for (long i = side->count; i > 0; i--) side->start[i] = side->start[i - 1];
  side->start[0] = 0;
}

static uint64_t state;

static double uniform(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return ((double)(state >> 11) + 0.5) / 9007199254740992.0;
}

/* The factor of the other side at an entry with its bias replaced by 1; the bias goes to the right-hand side. */
static double fetch(const double *source, int32_t place, double *to) {
  memcpy(to, source + place * width, (size_t)width * sizeof(double));
  const double bias = biased ? to[rank] : 0;
  if (biased) to[rank] = 1;
  return bias;
}

static void solve_line(const lines *side, long line, const double *source, double *x) {
  const int64_t from = side->start[line], to = side->start[line + 1];
  if (from == to) {
    memset(x, 0, (size_t)width * sizeof(double));
    return;
  }
  memset(h, 0, (size_t)(width * width) * sizeof(double));
  memset(c, 0, (size_t)width * sizeof(double));
  double *p0 = padded, *p1 = p0 + width, *p2 = p1 + width, *p3 = p2 + width;
  for (int64_t e = from; e < to; e += 4) {
    double y[4] = {0};
    for (int t = 0; t < 4; t++) {
      if (e + t < to) y[t] = side->value[e + t] - fetch(source, side->place[e + t], padded + t * width);
      else memset(padded + t * width, 0, (size_t)width * sizeof(double));
    }
    for (long a = 0; a < n; a++) {
      double *row = h + a * width;
      const double a0 = p0[a], a1 = p1[a], a2 = p2[a], a3 = p3[a];
      /* Up to a whole vector beyond the diagonal: those places are never read. */
      const long end = (a + 8) / 8 * 8;
      for (long b = 0; b < end; b++) row[b] += a0 * p0[b] + a1 * p1[b] + a2 * p2[b] + a3 * p3[b];
      c[a] += y[0] * a0 + y[1] * a1 + y[2] * a2 + y[3] * a3;
    }
  }
  const double ridge = lambda * (double)(to - from);
  for (long a = 0; a < n; a++) h[a * width + a] += ridge;
  for (long a = 0; a < n; a++) {
    double *row = h + a * width;
    for (long b = 0; b <= a; b++) {
      const double *other = h + b * width;
      double sum = row[b];
      for (long d = 0; d < b; d++) sum -= row[d] * other[d];
      if (b < a) row[b] = sum * other[b];
      else row[a] = sum > 0 ? 1 / sqrt(sum) : 0; /* the reciprocal of the pivot; 0 leaves a dependent place at 0 */
    }
  }
  for (long a = 0; a < n; a++) {
    double sum = c[a];
    for (long b = 0; b < a; b++) sum -= h[a * width + b] * c[b];
    c[a] = sum * h[a * width + a];
  }
  for (long a = n - 1; a >= 0; a--) {
    c[a] *= h[a * width + a];
    for (long b = 0; b < a; b++) c[b] -= h[a * width + b] * c[a];
    x[a] = c[a];
  }
}

static void solve(void) {
  double sum = 0, square = 0;
  for (long e = 0; e < entries; e++) sum += values[e];
  mean = biased ? sum / (double)entries : 0;
  for (long e = 0; e < entries; e++) square += (values[e] - mean) * (values[e] - mean);
  sort(&by_row, row_of, col_of);
  sort(&by_col, col_of, row_of);
  const double size = sqrt(sqrt(square / (double)entries) / sqrt((double)rank));
  memset(u, 0, (size_t)(rows * width) * sizeof(double));
  memset(v, 0, (size_t)(cols * width) * sizeof(double));
  state = 88172645463325252u;
  for (long i = 0; i < rows; i++) {
    for (long a = 0; a < rank; a++) {
      u[i * width + a] = size * sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform());
    }
  }
  for (long round = 0; round < rounds; round++) {
    for (long j = 0; j < cols; j++) solve_line(&by_col, j, u, v + j * width);
    for (long i = 0; i < rows; i++) solve_line(&by_row, i, v, u + i * width);
  }
}

/* One side's factors without padding, and its biases. */
static void put_side(const char *factor_name, const char *bias_name, const double *side, long count) {
  double *factor = make((size_t)(count * rank) * sizeof(double)), *bias = make((size_t)count * sizeof(double));
  for (long i = 0; i < count; i++) {
    memcpy(factor + i * rank, side + i * width, (size_t)rank * sizeof(double));
    bias[i] = biased ? side[i * width + rank] : 0;
  }
  put_array(factor_name, "float64", factor, count * rank, sizeof(double));
  put_array(bias_name, "float64", bias, count, sizeof(double));
  free(factor);
  free(bias);
}

static void answer(void) {
  put_side("U", "rowBiases", u, rows);
  put_side("V", "colBiases", v, cols);
  put_number("mean", mean);
  put_count("rounds", (double)rounds);
  put_count("entryPasses", 2.0 * (double)entries * (double)rounds);
}

/* Forward-reflected-backward steps with variance reduction (A. Alacaoglu, Y. Malitsky, COLT 2022) for a matrix game: what
 * a careful programmer gets out of the same method in C. Rows and columns are drawn by their squared norms, the payoffs
 * are kept by rows and by columns, and projections onto the simplex discard entries pass by pass instead of sorting. */
#include "../../peers/yardstick.h"
#include <math.h>

static long m, n;
static const double *by_row;
static double *by_col, range;
static double *point, *reference, *snapshot, *value, *before, *scratch, *best, *row_share, *col_share, *row_sum, *col_sum;
static double evaluations;
static uint64_t state;

static void load(void) {
  long length;
  m = (long)number("rows");
  n = (long)number("cols");
  range = number("range");
  by_row = array("payoffs", &length);
  by_col = make((size_t)(m * n) * sizeof(double));
  for (long i = 0; i < m; i++)
    for (long j = 0; j < n; j++) by_col[j * m + i] = by_row[i * n + j];
  double **const vectors[] = {&point, &reference, &snapshot, &value, &before, &scratch, &best};
  for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++) *vectors[k] = make((size_t)(m + n) * sizeof(double));
  row_share = make((size_t)m * sizeof(double));
  row_sum = make((size_t)m * sizeof(double));
  col_share = make((size_t)n * sizeof(double));
  col_sum = make((size_t)n * sizeof(double));
}

/* Splitmix64, as numbers in [0, 1). */
static double uniform(void) {
  uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* The first index whose partial sum exceeds a uniform draw. */
static long draw(const double *sums, long length) {
  const double mark = uniform() * sums[length - 1];
  long low = 0, high = length - 1;
  while (low < high) {
    const long middle = (low + high) / 2;
    if (sums[middle] > mark) high = middle;
    else low = middle + 1;
  }
  return low;
}

/* Shares of the lines' squared norms; returns their sum. */
static double shares(const double *data, long lines, long width, double *share, double *sums) {
  double total = 0;
  for (long l = 0; l < lines; l++) {
    double square = 0;
    for (long k = 0; k < width; k++) square += data[l * width + k] * data[l * width + k];
    share[l] = square;
    total += square;
    sums[l] = total;
  }
  for (long l = 0; l < lines; l++) share[l] /= total;
  return total;
}

/* The nearest probability vector: the threshold grows while entries at or below it are left out. */
static void project(double *restrict w, long length) {
  double *kept = scratch;
  long count = length;
  double sum = 0;
  for (long k = 0; k < length; k++) {
    kept[k] = w[k];
    sum += w[k];
  }
  double threshold = (sum - 1) / (double)count;
  for (;;) {
    long left = 0;
    double rest = 0;
    for (long k = 0; k < count; k++) {
      const double entry = kept[k];
      if (entry > threshold) {
        kept[left++] = entry;
        rest += entry;
      }
    }
    if (left == count) break;
    count = left;
    threshold = (rest - 1) / (double)count;
  }
  double total = 0;
  for (long k = 0; k < length; k++) {
    w[k] = w[k] > threshold ? w[k] - threshold : 0;
    total += w[k];
  }
  for (long k = 0; k < length; k++) w[k] /= total;
}

/* F(x, y) = (A'y, -A x); returns the duality gap. */
static double full(const double *restrict z, double *restrict out) {
  double least = INFINITY, most = -INFINITY;
  for (long j = 0; j < n; j++) out[j] = 0;
  for (long i = 0; i < m; i++) {
    const double *row = by_row + i * n;
    double paid = 0;
    for (long j = 0; j < n; j++) {
      paid += row[j] * z[j];
      out[j] += row[j] * z[n + i];
    }
    out[n + i] = -paid;
    if (paid > most) most = paid;
  }
  for (long j = 0; j < n; j++)
    if (out[j] < least) least = out[j];
  evaluations += 2.0 * (double)m * (double)n / (double)(m + n);
  return most - least;
}

static void solve(void) {
  const long d = m + n;
  const double p = (double)d / (2.0 * (double)m * (double)n);
  const double size = sqrt(shares(by_row, m, n, row_share, row_sum));
  shares(by_col, n, m, col_share, col_sum);
  const double step = 0.99 * sqrt(p * (1 - p)) / size;
  state = 1;
  evaluations = 0;
  for (long k = 0; k < d; k++) point[k] = reference[k] = snapshot[k] = 1.0 / (double)(k < n ? n : m);
  double least = full(snapshot, value);
  memcpy(best, snapshot, (size_t)d * sizeof(double));
  while (least > tolerance * range) {
    const long i = draw(row_sum, m), j = draw(col_sum, n);
    const double for_row = step * (point[n + i] - reference[n + i]) / row_share[i];
    const double for_col = step * (point[j] - reference[j]) / col_share[j];
    const double *restrict row = by_row + i * n, *restrict col = by_col + j * m;
    for (long k = 0; k < n; k++)
      before[k] = (1 - p) * point[k] + p * snapshot[k] - step * value[k] - for_row * row[k];
    for (long k = 0; k < m; k++)
      before[n + k] = (1 - p) * point[n + k] + p * snapshot[n + k] - step * value[n + k] + for_col * col[k];
    project(before, n);
    project(before + n, m);
    double *const swap = point;
    point = before;
    before = swap;
    evaluations += 2;
    memcpy(reference, snapshot, (size_t)d * sizeof(double));
    if (uniform() >= p) continue;
    memcpy(snapshot, point, (size_t)d * sizeof(double));
    const double gap = full(snapshot, value);
    if (gap < least) {
      least = gap;
      memcpy(best, snapshot, (size_t)d * sizeof(double));
    }
  }
}

static void answer(void) {
  put_array("x", "float64", best, n, sizeof(double));
  put_array("y", "float64", best + n, m, sizeof(double));
  put_count("evaluations", evaluations);
}

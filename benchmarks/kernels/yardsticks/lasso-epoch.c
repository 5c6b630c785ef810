/* One pass of Lasso coordinate descent over dense columns from w = 0 and r = b; sizes: rows, columns. Data: A, b, the
 * squared lengths of the columns, the threshold. The result is w. */
#include "harness.h"
static double *r;
static void set_up(void) { result_length = sizes[1]; result = make_vector(sizes[1]); r = make_vector(sizes[0]); }
static void run(void) {
  const long rows = sizes[0], cols = sizes[1];
  const double *b = input + rows * cols, *squares = b + rows;
  const double threshold = squares[cols];
  double *restrict left = r;
  memcpy(left, b, (size_t)rows * sizeof(double));
  memset(result, 0, (size_t)cols * sizeof(double));
  for (long j = 0; j < cols; j++) {
    const double *restrict a = input + j * rows;
    double sums[8] = {0};
    long i = 0;
    for (; i + 8 <= rows; i += 8)
      for (int lane = 0; lane < 8; lane++) sums[lane] += a[i + lane] * left[i + lane];
    double sum = 0;
    for (int lane = 0; lane < 8; lane++) sum += sums[lane];
    for (; i < rows; i++) sum += a[i] * left[i];
    const double size = (sum < 0 ? -sum : sum) - threshold;
    if (size <= 0) continue;
    const double w = (sum < 0 ? -size : size) / squares[j];
    result[j] = w;
    for (i = 0; i < rows; i++) left[i] -= w * a[i];
  }
}

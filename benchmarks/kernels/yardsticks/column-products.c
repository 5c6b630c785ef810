/* out_j = a_j . r for dense columns; sizes: rows, columns. */
#include "harness.h"
static void set_up(void) { result_length = sizes[1]; result = make_vector(sizes[1]); }
static void run(void) {
  const long rows = sizes[0];
  const double *r = input + rows * sizes[1];
  for (long j = 0; j < sizes[1]; j++) {
    const double *a = input + j * rows;
    double sums[8] = {0};
    long i = 0;
    for (; i + 8 <= rows; i += 8)
      for (int lane = 0; lane < 8; lane++) sums[lane] += a[i + lane] * r[i + lane];
    double sum = 0;
    for (int lane = 0; lane < 8; lane++) sum += sums[lane];
    for (; i < rows; i++) sum += a[i] * r[i];
    result[j] = sum;
  }
}

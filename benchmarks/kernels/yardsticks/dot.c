/* The inner product of x and y; sizes: n. Four partial sums, which the compiler may widen into vectors. */
#include "harness.h"
static void set_up(void) { result_length = 1; result = make_vector(1); }
static void run(void) {
  const long n = sizes[0];
  const double *x = input, *y = input + n;
  double sums[8] = {0};
  long i = 0;
  for (; i + 8 <= n; i += 8)
    for (int lane = 0; lane < 8; lane++) sums[lane] += x[i + lane] * y[i + lane];
  double sum = 0;
  for (int lane = 0; lane < 8; lane++) sum += sums[lane];
  for (; i < n; i++) sum += x[i] * y[i];
  result[0] = sum;
}

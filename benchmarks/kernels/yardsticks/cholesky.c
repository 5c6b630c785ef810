/* L with A = L L' in row layout; sizes: n. Row by row, each entry an inner product of two rows of L. */
#include "harness.h"
#include <math.h>
static void set_up(void) { result_length = sizes[0] * sizes[0]; result = make_vector(result_length); }
static void run(void) {
  const long n = sizes[0];
  for (long i = 0; i < n; i++) {
    double *li = result + i * n;
    for (long j = 0; j <= i; j++) {
      const double *lj = result + j * n;
      double sums[8] = {0};
      long k = 0;
      for (; k + 8 <= j; k += 8)
        for (int lane = 0; lane < 8; lane++) sums[lane] += li[k + lane] * lj[k + lane];
      double sum = input[i * n + j];
      for (int lane = 0; lane < 8; lane++) sum -= sums[lane];
      for (; k < j; k++) sum -= li[k] * lj[k];
      li[j] = i == j ? sqrt(sum) : sum / lj[j];
    }
  }
}

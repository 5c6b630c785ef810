/* y += alpha x; sizes: n; alpha = 2^-40, so that y stays what it is in size. The result is y after the first run. */
#include "harness.h"
static double *y;
static void set_up(void) { result_length = sizes[0]; result = y = copy_vector(input + sizes[0], sizes[0]); }
static void run(void) {
  const double *restrict x = input;
  double *restrict target = y;
  for (long i = 0; i < sizes[0]; i++) target[i] += 0x1p-40 * x[i];
}

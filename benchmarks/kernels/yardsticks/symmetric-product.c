/* G = X' X for X in row layout; sizes: rows, columns. One triangle is computed and mirrored. */
#include "harness.h"
static void set_up(void) { result_length = sizes[1] * sizes[1]; result = make_vector(result_length); }
static void run(void) {
  const long n = sizes[1];
  memset(result, 0, (size_t)result_length * sizeof(double));
  for (long k = 0; k < sizes[0]; k++) {
    const double *restrict line = input + k * n;
    for (long i = 0; i < n; i++) {
      const double v = line[i];
      double *restrict g = result + i * n;
      for (long j = 0; j <= i; j++) g[j] += v * line[j];
    }
  }
  for (long i = 0; i < n; i++)
    for (long j = 0; j < i; j++) result[j * n + i] = result[i * n + j];
}

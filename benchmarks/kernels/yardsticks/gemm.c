/* C = A B for square matrices in row layout; sizes: n. Rows of B are streamed through four rows of C at a time. */
#include "harness.h"
static void set_up(void) { result_length = sizes[0] * sizes[0]; result = make_vector(result_length); }
static void run(void) {
  const long n = sizes[0];
  const double *a = input, *b = input + n * n;
  memset(result, 0, (size_t)result_length * sizeof(double));
  for (long i = 0; i < n; i += 4) {
    const long rows = n - i < 4 ? n - i : 4;
    for (long k = 0; k < n; k++) {
      const double *restrict line = b + k * n;
      for (long row = 0; row < rows; row++) {
        const double v = a[(i + row) * n + k];
        double *restrict c = result + (i + row) * n;
        for (long j = 0; j < n; j++) c[j] += v * line[j];
      }
    }
  }
}

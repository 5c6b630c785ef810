/* C = A B for square matrices in row layout by OpenBLAS; sizes: n. */
#include "harness.h"
#include <cblas.h>
static void set_up(void) { result_length = sizes[0] * sizes[0]; result = make_vector(result_length); }
static void run(void) {
  const int n = (int)sizes[0];
  const double *b = input + sizes[0] * sizes[0];
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, input, n, b, n, 0, result, n);
}

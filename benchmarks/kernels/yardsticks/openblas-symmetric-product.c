/* G = X' X for X in row layout by OpenBLAS; sizes: rows, columns. One triangle is computed and mirrored. */
#include "harness.h"
#include <cblas.h>
static void set_up(void) { result_length = sizes[1] * sizes[1]; result = make_vector(result_length); }
static void run(void) {
  const int n = (int)sizes[1];
  cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, n, (int)sizes[0], 1, input, n, 0, result, n);
  for (long i = 0; i < sizes[1]; i++)
    for (long j = 0; j < i; j++) result[j * sizes[1] + i] = result[i * sizes[1] + j];
}

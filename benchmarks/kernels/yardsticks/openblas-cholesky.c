/* L with A = L L' in row layout by the LAPACK in OpenBLAS; sizes: n. The upper factor of columns is the lower of rows. */
#include "harness.h"
#include <cblas.h>
void dpotrf_(const char *half, const int *n, double *a, const int *stride, int *info);
static void set_up(void) { result_length = sizes[0] * sizes[0]; result = make_vector(result_length); }
static void run(void) {
  const int n = (int)sizes[0];
  int info;
  memcpy(result, input, (size_t)result_length * sizeof(double));
  dpotrf_("U", &n, result, &n, &info);
  if (info != 0) exit(4);
  for (long i = 0; i < sizes[0]; i++)
    for (long j = i + 1; j < sizes[0]; j++) result[i * sizes[0] + j] = 0;
}

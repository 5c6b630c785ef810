/* out_j = a_j . r for dense columns by OpenBLAS; sizes: rows, columns. */
#include "harness.h"
#include <cblas.h>
static void set_up(void) { result_length = sizes[1]; result = make_vector(sizes[1]); }
static void run(void) {
  const int rows = (int)sizes[0], cols = (int)sizes[1];
  cblas_dgemv(CblasColMajor, CblasTrans, rows, cols, 1, input, rows, input + sizes[0] * sizes[1], 1, 0, result, 1);
}

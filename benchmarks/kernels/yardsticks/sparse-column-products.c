/* out_j = a_j . r for sparse columns; sizes: rows, columns, entries. Data: indptr, indices, values, r. */
#include "harness.h"
static int *indptr, *indices;
static const double *values, *r;
static void set_up(void) {
  const long cols = sizes[1], entries = sizes[2];
  indptr = to_integers(input, cols + 1);
  indices = to_integers(input + cols + 1, entries);
  values = input + cols + 1 + entries;
  r = values + entries;
  result_length = cols;
  result = make_vector(cols);
}
static void run(void) {
  for (long j = 0; j < sizes[1]; j++) {
    double even = 0, odd = 0;
    int k = indptr[j];
    for (; k + 2 <= indptr[j + 1]; k += 2) {
      even += values[k] * r[indices[k]];
      odd += values[k + 1] * r[indices[k + 1]];
    }
    if (k < indptr[j + 1]) even += values[k] * r[indices[k]];
    result[j] = even + odd;
  }
}

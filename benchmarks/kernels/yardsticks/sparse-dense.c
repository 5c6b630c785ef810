/* C = A B for CSR rows and a dense B of `width` columns; sizes: rows, columns, entries, width. */
#include "harness.h"
static int *indptr, *indices;
static const double *values, *b;
static void set_up(void) {
  const long rows = sizes[0], entries = sizes[2];
  indptr = to_integers(input, rows + 1);
  indices = to_integers(input + rows + 1, entries);
  values = input + rows + 1 + entries;
  b = values + entries;
  result_length = rows * sizes[3];
  result = make_vector(result_length);
}
static void run(void) {
  const long width = sizes[3];
  for (long i = 0; i < sizes[0]; i++) {
    double *restrict c = result + i * width;
    for (long w = 0; w < width; w++) c[w] = 0;
    for (int k = indptr[i]; k < indptr[i + 1]; k++) {
      const double v = values[k];
      const double *restrict line = b + (long)indices[k] * width;
      for (long w = 0; w < width; w++) c[w] += v * line[w];
    }
  }
}

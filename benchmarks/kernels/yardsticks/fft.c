/* The Fourier transform of n complex numbers, n a power of 2; sizes: n. Stockham's scheme in radix 2 with a table. */
#include "harness.h"
#include <math.h>
static double *turns, *spare, *first;
static void set_up(void) {
  const long n = sizes[0];
  turns = make_vector(n);
  for (long k = 0; k < n / 2; k++) {
    turns[2 * k] = cos(-6.283185307179586476925286766559 * (double)k / (double)n);
    turns[2 * k + 1] = sin(-6.283185307179586476925286766559 * (double)k / (double)n);
  }
  first = make_vector(2 * n);
  spare = make_vector(2 * n);
  result = first;
  result_length = 2 * n;
}
static void run(void) {
  const long n = sizes[0];
  double *x = first, *y = spare;
  memcpy(x, input, (size_t)(2 * n) * sizeof(double));
  for (long half = n / 2, stride = 1; half >= 1; half /= 2, stride *= 2) {
    for (long p = 0; p < half; p++) {
      const double c = turns[2 * p * stride], s = turns[2 * p * stride + 1];
      const double *restrict a = x + 2 * stride * p, *restrict b = x + 2 * stride * (p + half);
      double *restrict u = y + 4 * stride * p, *restrict v = y + 4 * stride * p + 2 * stride;
      for (long q = 0; q < stride; q++) {
        const double re = a[2 * q] - b[2 * q], im = a[2 * q + 1] - b[2 * q + 1];
        u[2 * q] = a[2 * q] + b[2 * q];
        u[2 * q + 1] = a[2 * q + 1] + b[2 * q + 1];
        v[2 * q] = re * c - im * s;
        v[2 * q + 1] = re * s + im * c;
      }
    }
    double *const swapped = x;
    x = y;
    y = swapped;
  }
  result = x;
}

/* The Fourier transform of n complex numbers by FFTW, planned with FFTW_MEASURE; sizes: n. */
#include "harness.h"
#include <fftw3.h>
static fftw_complex *from;
static fftw_plan plan;
static void set_up(void) {
  const long n = sizes[0];
  from = fftw_alloc_complex((size_t)n);
  result = (double *)fftw_alloc_complex((size_t)n);
  result_length = 2 * n;
  plan = fftw_plan_dft_1d((int)n, from, (fftw_complex *)result, FFTW_FORWARD, FFTW_MEASURE);
}
static void run(void) {
  memcpy(from, input, (size_t)(2 * sizes[0]) * sizeof(double));
  fftw_execute(plan);
}

/* C yardstick on FFTW: letters as rows of zeros and ones, correlated by f32 transforms, products added. */
#include "../../peers/yardstick.h"
#include <fftw3.h>
#include <math.h>

static const uint8_t *text, *pattern;
static uint32_t *distances;
static uint8_t letters[256];
static long n, m, size;
/* Numbers from one pattern's spectrum to the next: FFTW wants all of them aligned alike. */
static long stride;
static int rows;
static float *row, *result;
static fftwf_complex *spectrum, *sum, *patterns;
static fftwf_plan forward, back;

static void load(void) {
  text = array("text", &n);
  pattern = array("pattern", &m);
  distances = make((size_t)n * 4);
  size = 4;
  while (size < 4 * m) size *= 2;
  const size_t half = (size_t)size / 2 + 1;
  stride = ((long)half + 7) / 8 * 8;
  row = fftwf_alloc_real((size_t)size);
  result = fftwf_alloc_real((size_t)size);
  spectrum = fftwf_alloc_complex(half);
  sum = fftwf_alloc_complex(half);
  forward = fftwf_plan_dft_r2c_1d((int)size, row, spectrum, FFTW_MEASURE);
  back = fftwf_plan_dft_c2r_1d((int)size, sum, result, FFTW_MEASURE);
  uint8_t seen[256] = {0};
  for (long j = 0; j < m; j++) {
    if (!seen[pattern[j]]) letters[rows++] = pattern[j];
    seen[pattern[j]] = 1;
  }
  patterns = fftwf_alloc_complex((size_t)stride * (size_t)rows);
}

static void solve(void) {
  const long half = size / 2 + 1, step = size - m + 1;
  for (int d = 0; d < rows; d++) {
    for (long i = 0; i < size; i++) row[i] = i < m && pattern[i] == letters[d];
    fftwf_execute_dft_r2c(forward, row, patterns + d * stride);
  }
  for (long from = 0; from <= n - m; from += step) {
    memset(sum, 0, (size_t)half * sizeof *sum);
    const long there = n - from < size ? n - from : size;
    for (int d = 0; d < rows; d++) {
      const uint8_t letter = letters[d];
      for (long i = 0; i < there; i++) row[i] = text[from + i] == letter;
      for (long i = there; i < size; i++) row[i] = 0;
      fftwf_execute(forward);
      const float *x = (const float *)spectrum, *y = (const float *)(patterns + d * stride);
      float *z = (float *)sum;
      for (long k = 0; k < 2 * half; k += 2) {
        z[k] += x[k] * y[k] + x[k + 1] * y[k + 1];
        z[k + 1] += x[k + 1] * y[k] - x[k] * y[k + 1];
      }
    }
    fftwf_execute(back);
    const float scale = 1.0f / (float)size;
    for (long i = 0; i < step && from + i <= n - m; i++) {
      distances[from + i] = (uint32_t)(m - (long)(result[i] * scale + 0.5f));
    }
  }
}

static void answer(void) {
  put_array("distances", "uint32", distances, n - m + 1, 4);
  put_count("operations", (double)(rows + 1) * (double)size * (double)((n - m) / (size - m + 1) + 1));
}

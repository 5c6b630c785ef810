/* What every yardstick shares: it reads the data, runs the kernel once and writes the result, then times batches of runs
 * and prints the median of their seconds per run.
 *
 * Called as: program <input file> <result file> <seconds> <sizes...>; files hold float64 numbers as they lie in memory.
 * A yardstick defines set_up, run and the result. */
#ifndef LEMMATA_HARNESS_H
#define LEMMATA_HARNESS_H
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double *input;
static long sizes[8];
static double *result;
static long result_length;

static void set_up(void);
static void run(void);

static double *make_vector(long length) {
  double *vector = aligned_alloc(64, (((size_t)length * sizeof(double)) / 64 + 1) * 64);
  if (vector == NULL) exit(3);
  memset(vector, 0, (size_t)length * sizeof(double));
  return vector;
}

static double *copy_vector(const double *from, long length) {
  double *copy = make_vector(length);
  memcpy(copy, from, (size_t)length * sizeof(double));
  return copy;
}

static int *to_integers(const double *from, long length) {
  int *integers = malloc((size_t)(length + 1) * sizeof(int));
  if (integers == NULL) exit(3);
  for (long i = 0; i < length; i++) integers[i] = (int)from[i];
  return integers;
}

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **arguments) {
  if (count < 4) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (file == NULL) return 2;
  fseek(file, 0, SEEK_END);
  const long bytes = ftell(file);
  rewind(file);
  double *data = make_vector(bytes / 8 + 1);
  if (fread(data, 1, (size_t)bytes, file) != (size_t)bytes) return 2;
  fclose(file);
  input = data;
  for (int i = 4; i < count && i < 12; i++) sizes[i - 4] = atol(arguments[i]);
  set_up();
  run();
  file = fopen(arguments[2], "wb");
  if (file == NULL || fwrite(result, 8, (size_t)result_length, file) != (size_t)result_length) return 2;
  fclose(file);

  const double limit = atof(arguments[3]);
  long batch = 1;
  for (;; batch *= 2) {
    const double from = seconds_now();
    for (long i = 0; i < batch; i++) run();
    if (seconds_now() - from >= 1e-4) break;
  }
  for (double end = seconds_now() + limit / 2; seconds_now() < end;) run();
  enum { MOST = 100000 };
  double *samples = make_vector(MOST);
  int taken = 0;
  for (double end = seconds_now() + limit; taken < MOST && (taken < 3 || seconds_now() < end); taken++) {
    const double from = seconds_now();
    for (long i = 0; i < batch; i++) run();
    samples[taken] = (seconds_now() - from) / (double)batch;
  }
  qsort(samples, (size_t)taken, sizeof(double), compare);
  printf("%.17g\n", samples[taken / 2]);
  return 0;
}
#endif

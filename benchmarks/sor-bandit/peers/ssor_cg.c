/* C yardstick: conjugate gradients preconditioned by SSOR at one pass over the matrix an iteration (Eisenstat), omega
 * fixed. It stops by the residual of the recurrence. */
#include <math.h>

#include "../../peers/yardstick.h"

static long n, steps, entries, iterations;
static int coupled;
static double omega;
static const int32_t *indptr, *indices, *mass_of, *source_of;
static const double *data, *factors, *masses, *sources, *initial;
static double *solutions;

/* Strict triangles and diagonal of the present matrix, and the vectors of a solve. */
static int32_t *lower_start, *upper_start, *lower_column, *upper_column;
static double *lower, *upper, *diagonal, *over, *scaled;
static double *b, *x, *r, *s, *h, *p, *q, *t;

static double *vector(void) { return make((size_t)n * sizeof(double)); }

static void load(void) {
  long length;
  n = (long)number("n");
  steps = (long)number("steps");
  coupled = (int)number("coupled");
  omega = number("omega");
  indptr = array("indptr", &length);
  indices = array("indices", &entries);
  data = array("data", &length);
  factors = array("factors", &length);
  masses = array("masses", &length);
  mass_of = array("massOf", &length);
  sources = array("sources", &length);
  source_of = array("sourceOf", &length);
  initial = array("initial", &length);
  solutions = make((size_t)(n * steps) * sizeof(double));
  lower_start = make((size_t)(n + 1) * sizeof(int32_t));
  upper_start = make((size_t)(n + 1) * sizeof(int32_t));
  lower_column = make((size_t)entries * sizeof(int32_t));
  upper_column = make((size_t)entries * sizeof(int32_t));
  lower = make((size_t)entries * sizeof(double));
  upper = make((size_t)entries * sizeof(double));
  double **const all[] = {&diagonal, &over, &scaled, &b, &x, &r, &s, &h, &p, &q, &t};
  for (size_t k = 0; k < sizeof all / sizeof *all; k++) *all[k] = vector();
}

/* b and the parts of A of one step. */
static void assemble(long step, const double *before) {
  const double factor = factors[step], c = (2 - omega) / omega;
  const double *mass = masses + mass_of[step] * n, *source = sources + source_of[step] * n;
  int32_t low = 0, up = 0;
  for (long i = 0; i < n; i++) {
    double product = 0;
    for (int32_t k = indptr[i]; k < indptr[i + 1]; k++) {
      const int32_t j = indices[k];
      product += data[k] * before[j];
      if (j < i) lower_column[low] = j, lower[low++] = factor * data[k];
      else if (j > i) upper_column[up] = j, upper[up++] = factor * data[k];
      else diagonal[i] = factor * data[k] + mass[i];
    }
    lower_start[i + 1] = low;
    upper_start[i + 1] = up;
    over[i] = omega / diagonal[i];
    scaled[i] = c * diagonal[i];
    b[i] = source[i] + (coupled ? mass[i] * before[i] - factor * product : 0);
  }
}

static double dot(const double *v, const double *w) {
  double a0 = 0, a1 = 0, a2 = 0, a3 = 0;
  long i = 0;
  for (; i + 4 <= n; i += 4) {
    a0 += v[i] * w[i];
    a1 += v[i + 1] * w[i + 1];
    a2 += v[i + 2] * w[i + 2];
    a3 += v[i + 3] * w[i + 3];
  }
  for (; i < n; i++) a0 += v[i] * w[i];
  return (a0 + a1) + (a2 + a3);
}

static void solve_step(void) {
  const double target = tolerance * sqrt(dot(b, b));
  for (long i = 0; i < n; i++) {
    double sum = b[i] - diagonal[i] * x[i];
    for (int32_t k = lower_start[i]; k < lower_start[i + 1]; k++) sum -= lower[k] * x[lower_column[k]];
    for (int32_t k = upper_start[i]; k < upper_start[i + 1]; k++) sum -= upper[k] * x[upper_column[k]];
    r[i] = sum;
  }
  if (sqrt(dot(r, r)) <= target) return;
  double rho = 0;
  for (long i = 0; i < n; i++) {
    double sum = r[i];
    for (int32_t k = lower_start[i]; k < lower_start[i + 1]; k++) sum -= lower[k] * s[lower_column[k]];
    s[i] = sum * over[i];
    h[i] = scaled[i] * s[i];
    rho += h[i] * s[i];
  }
  for (;;) {
    for (long i = n - 1; i >= 0; i--) {
      double sum = h[i];
      for (int32_t k = upper_start[i]; k < upper_start[i + 1]; k++) sum -= upper[k] * p[upper_column[k]];
      p[i] = sum * over[i];
    }
    double curvature = 0;
    for (long i = 0; i < n; i++) {
      const double y = h[i] - scaled[i] * p[i];
      double product = 0, solved = 0;
      for (int32_t k = lower_start[i]; k < lower_start[i + 1]; k++) {
        product += lower[k] * p[lower_column[k]];
        solved += lower[k] * t[lower_column[k]];
      }
      t[i] = (y - solved) * over[i];
      q[i] = y + p[i] * diagonal[i] / omega + product;
      curvature += p[i] * q[i];
    }
    const double step = rho / curvature;
    double square = 0, next = 0;
    for (long i = 0; i < n; i++) {
      x[i] += step * p[i];
      r[i] -= step * q[i];
      s[i] -= step * (p[i] + t[i]);
      square += r[i] * r[i];
      next += scaled[i] * s[i] * s[i];
    }
    iterations++;
    if (sqrt(square) <= target) return;
    const double beta = next / rho;
    for (long i = 0; i < n; i++) h[i] = scaled[i] * s[i] + beta * h[i];
    rho = next;
  }
}

static void solve(void) {
  iterations = 0;
  memcpy(x, initial, (size_t)n * sizeof(double));
  for (long step = 0; step < steps; step++) {
    assemble(step, x);
    solve_step();
    memcpy(solutions + step * n, x, (size_t)n * sizeof(double));
  }
}

static void answer(void) {
  put_array("x", "float64", solutions, n * steps, sizeof(double));
  put_count("iterations", (double)iterations);
}

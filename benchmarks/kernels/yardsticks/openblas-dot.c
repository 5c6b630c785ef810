/* The inner product of x and y by OpenBLAS; sizes: n. */
#include "harness.h"
#include <cblas.h>
static void set_up(void) { result_length = 1; result = make_vector(1); }
static void run(void) { result[0] = cblas_ddot((int)sizes[0], input, 1, input + sizes[0], 1); }

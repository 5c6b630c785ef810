/* y += alpha x by OpenBLAS; sizes: n; alpha = 2^-40. The result is y after the first run. */
#include "harness.h"
#include <cblas.h>
static void set_up(void) { result_length = sizes[0]; result = copy_vector(input + sizes[0], sizes[0]); }
static void run(void) { cblas_daxpy((int)sizes[0], 0x1p-40, input, 1, result, 1); }

/* pow of n numbers to n powers, the powers after the numbers, by the mathematical library; sizes: n. */
#include "harness.h"
#include <math.h>
static void set_up(void) { result_length = sizes[0]; result = make_vector(sizes[0]); }
static void run(void) {
  for (long i = 0; i < sizes[0]; i++) result[i] = pow(input[i], input[i + sizes[0]]);
}

/* TRE as a peer of the search: substitutions alone, at most k of them.
 *
 * A call returns the leftmost of the best windows of a stretch. What lies before and after it is searched in the same
 * way, so that the number of passes over the text grows with the logarithm of the number of windows, not with it. */
#include "../../peers/yardstick.h"
#include <tre/tre.h>

static const char *text;
static double *positions, *distances;
static long n, m, k, found, passes;
static regex_t expression;

static void load(void) {
  long length;
  text = (const char *)array("text", &n);
  const uint8_t *pattern = array("pattern", &m);
  k = (long)number("k");
  /* Each symbol as \x{..}, so that none of them is an operator. */
  char *source = make((size_t)(6 * m + 1));
  for (long j = 0; j < m; j++) sprintf(source + strlen(source), "\\x{%02x}", pattern[j]);
  length = (long)strlen(source);
  if (tre_regncomp(&expression, source, (size_t)length, REG_EXTENDED) != 0) exit(2);
  positions = make((size_t)n * sizeof *positions);
  distances = make((size_t)n * sizeof *distances);
}

static void search(long from, long to) {
  if (to - from < m) return;
  regaparams_t limits = {.cost_ins = (int)k + 1, .cost_del = (int)k + 1, .cost_subst = 1, .max_cost = (int)k, .max_ins = 0, .max_del = 0, .max_subst = (int)k, .max_err = (int)k};
  regmatch_t place[1];
  regamatch_t match = {.nmatch = 1, .pmatch = place};
  passes += to - from;
  if (tre_reganexec(&expression, text + from, (size_t)(to - from), &match, limits, 0) != 0) return;
  const long at = from + (long)place[0].rm_so;
  search(from, at + m - 1);
  positions[found] = (double)at;
  distances[found++] = (double)match.num_subst;
  search(at + 1, to);
}

static void solve(void) {
  found = passes = 0;
  search(0, n);
}

static void answer(void) {
  put_array("positions", "float64", positions, found, 8);
  put_array("distances", "float64", distances, found, 8);
  put_count("operations", (double)passes);
}

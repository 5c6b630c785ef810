import { exp, log, log1p } from '@lemmata/core';

// One row of the softmax loss. Forms z have one entry a class; probabilities lie in an array at `at`, `at + stride` and so on,
// so that matrices of rows and classes can be stored either way.

/** The place of the largest form; the first one if some are NaN. */
function largestOf(z: Float64Array): number {
  let top = 0;
  for (let c = 1; c < z.length; c++) if (z[c] > z[top]) top = c;
  return top;
}

/**
 * The loss log sum_c exp(z_c) - z_y, exact to rounding where it is small.
 *
 * @param z - the forms
 * @param y - the class of the row
 * @returns the loss
 */
export function rowLoss(z: Float64Array, y: number): number {
  const top = largestOf(z);
  let others = 0;
  for (let c = 0; c < z.length; c++) if (c !== top) others += exp(z[c] - z[top]);
  return z[top] - z[y] + log1p(others);
}

/**
 * The loss and the probabilities exp(z_c) / sum_c exp(z_c).
 *
 * @param z - the forms; overwritten
 * @param y - the class of the row
 * @param P - where the probabilities go
 * @param at - place of the first one
 * @param stride - from one to the next
 * @returns the loss
 */
export function settleRow(z: Float64Array, y: number, P: Float64Array, at: number, stride: number): number {
  const top = largestOf(z);
  const lead = z[top] - z[y];
  const largest = z[top];
  let others = 0;
  for (let c = 0; c < z.length; c++) {
    z[c] = c === top ? 1 : exp(z[c] - largest);
    if (c !== top) others += z[c];
  }
  for (let c = 0, e = at; c < z.length; c++, e += stride) P[e] = z[c] / (1 + others);
  return lead + log1p(others);
}

/**
 * 1 - p_y without cancellation: the sum of the other probabilities.
 *
 * @param P - probabilities
 * @param at - place of the first one
 * @param stride - from one to the next
 * @param classes - how many there are
 * @param y - the class of the row
 * @returns the sum
 */
export function rowMiss(P: Float64Array, at: number, stride: number, classes: number, y: number): number {
  let miss = 0;
  for (let c = 0, e = at; c < classes; c++, e += stride) if (c !== y) miss += P[e];
  return miss;
}

/**
 * The dual value of a row, -sum_c q_c log q_c with q = (1 - s) e_y + s p.
 *
 * @param P - probabilities
 * @param at - place of the first one
 * @param stride - from one to the next
 * @param classes - how many there are
 * @param y - the class of the row
 * @param miss - 1 - p_y
 * @param s - share, in [0, 1]
 * @returns the value
 */
export function rowEntropy(
  P: Float64Array,
  at: number,
  stride: number,
  classes: number,
  y: number,
  miss: number,
  s: number,
): number {
  const lost = Math.min(1, s * miss);
  let sum = lost < 1 ? (1 - lost) * log1p(-lost) : 0;
  for (let c = 0, e = at; c < classes; c++, e += stride) {
    const q = c === y ? 0 : s * P[e];
    if (q > 0) sum += q * log(q);
  }
  return -sum;
}

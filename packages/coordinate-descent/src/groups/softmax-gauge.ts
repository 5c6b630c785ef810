/**
 * Shifts a row of softmax coefficients by one number, which changes no probability, to where its penalty is smallest:
 * t sum_c |w_c| + mu / 2 |w|^2 entry by entry, or t |w| + mu / 2 |w|^2 with the Euclidean norm, which asks for the mean 0.
 * Blocks with a diagonal bound of the curvature, which in this direction is 0, would only creep there.
 *
 * @param w - the row; shifted in place
 * @param t - >= 0
 * @param mu - >= 0
 * @param entrywise - whether the sizes of the entries are added up
 */
export function shiftRow(w: Float64Array, t: number, mu: number, entrywise: boolean): void {
  const k = w.length;
  let mean = 0;
  for (const value of w) mean += value / k;
  const shift = entrywise && t > 0 ? bestShift(w.slice().sort(), mean, t, mu) : mean;
  if (shift !== 0) for (let c = 0; c < k; c++) w[c] -= shift;
}

/** Where t sum_c |w_c - s| + mu / 2 sum_c (w_c - s)^2 is smallest in s, for w rising: of several places the nearest to 0. */
function bestShift(w: Float64Array, mean: number, t: number, mu: number): number {
  const k = w.length;
  if (mu === 0) {
    const low = w[(k - 1) >> 1];
    const high = w[k >> 1];
    return Math.min(Math.max(0, low), high);
  }
  // With i entries below s the slope is 0 at this s, which is the place if it lies between entries i - 1 and i.
  for (let i = 0; i <= k; i++) {
    const s = mean + (t * (k - 2 * i)) / (k * mu);
    if (i < k && s > w[i]) continue;
    return i > 0 ? Math.max(w[i - 1], s) : s;
  }
  return mean;
}

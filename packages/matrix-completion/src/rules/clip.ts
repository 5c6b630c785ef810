/** What the paper's start cuts off: single entries, whole rows, or nothing. */
export type Clipping = 'entries' | 'rows' | 'none';

/**
 * Gives the Euclidean norms of the rows of a factor.
 *
 * @param m - rows
 * @param k - columns
 * @param a - the factor, row by row
 * @returns m norms
 */
export function rowNorms(m: number, k: number, a: Float64Array): Float64Array {
  const norms = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    let squares = 0;
    for (let c = 0; c < k; c++) squares += a[i * k + c] * a[i * k + c];
    norms[i] = Math.sqrt(squares);
  }
  return norms;
}

/**
 * Guesses the incoherence of the truth from orthonormal factors of the start: the largest row norm times sqrt(m / k),
 * but at most twice the median row norm, since few rows of the start are spoilt by chance.
 *
 * @param m - rows
 * @param k - columns
 * @param a - orthonormal columns, row by row
 * @returns the parameter mu, > 0
 */
export function guessIncoherence(m: number, k: number, a: Float64Array): number {
  const norms = rowNorms(m, k, a).sort();
  const capped = Math.min(norms[m - 1], 2 * norms[m >> 1]);
  return (capped > 0 ? capped : norms[m - 1]) * Math.sqrt(m / k);
}

/**
 * Sets to 0 what is larger than 2 mu sqrt(k / m): single entries, or rows by their norm.
 *
 * @param m - rows
 * @param k - columns
 * @param a - the factor, row by row, in place
 * @param mu - incoherence
 * @param clip - what is cut
 * @returns how many entries or rows became 0
 */
export function clipFactor(m: number, k: number, a: Float64Array, mu: number, clip: Clipping): number {
  if (clip === 'none') return 0;
  const limit = 2 * mu * Math.sqrt(k / m);
  let clipped = 0;
  if (clip === 'entries') {
    for (let e = 0; e < m * k; e++) {
      if (Math.abs(a[e]) <= limit) continue;
      a[e] = 0;
      clipped++;
    }
    return clipped;
  }
  const norms = rowNorms(m, k, a);
  for (let i = 0; i < m; i++) {
    if (norms[i] <= limit) continue;
    a.fill(0, i * k, i * k + k);
    clipped++;
  }
  return clipped;
}

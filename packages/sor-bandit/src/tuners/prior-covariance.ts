import { exp } from '@lemmata/core';

/** Prior: variance of the smooth part, of the common level, and correlation lengths as a fraction of the grid. */
const PRIOR = Object.freeze({ smooth: 0.49, level: 4, length: 0.25 });

/**
 * The covariance of all pairs of cells before any cost, cell i + d j being parameter i in bin j:
 * smooth M(|i - i'| / la) M(|j - j'| / lc) + level, M(r) = (1 + sqrt(3) r) exp(-sqrt(3) r).
 */
export function priorCovariance(d: number, bins: number): Float64Array {
  const along = (count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, distance) => {
      if (distance === 0) return 1;
      const r = (Math.sqrt(3) * distance) / (PRIOR.length * (count - 1));
      return (1 + r) * exp(-r);
    });
  const parameter = along(d);
  const context = along(bins);
  const size = d * bins;
  const K = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      const [i, j] = [a % d, b % d];
      K[a * size + b] =
        PRIOR.smooth * parameter[Math.abs(i - j)] * context[Math.abs((a - i - (b - j)) / d)] + PRIOR.level;
    }
  }
  return K;
}

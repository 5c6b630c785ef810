import { svd } from '@lemmata/linalg/dense';
import { describe, expect, it } from 'vitest';
import { certifyNuclearNorm, completedMatrix, completeMatrix } from '../src/index.js';
import { largestDifference, lowRank } from './problems.js';

const { observed } = lowRank('nuclear', 20, 16, 2, 0.6, 1, 0.3);
const lambda = 4;
const options = { lambda, biases: 'none', ridgeScaling: 'none', solver: 'cholesky', tolerance: 1e-15 } as const;
const fit = completeMatrix(observed, { ...options, rank: 8, maxIterations: 3000, historyEvery: 0 });

/** min |P(Y - Z)|^2 / 2 + lambda |Z|_* by iterated soft-thresholding of a dense singular value decomposition. */
function softImpute(): { Z: number[][]; value: number } {
  let Z = Array.from({ length: 20 }, () => new Array<number>(16).fill(0));
  let nuclear = 0;
  for (let round = 0; round < 400; round++) {
    const filled = Z.map((row) => row.slice());
    for (let e = 0; e < observed.values.length; e++) filled[observed.rows[e]][observed.cols[e]] = observed.values[e];
    const { U, s, V } = svd(filled);
    const kept = s.map((value) => Math.max(0, value - lambda));
    nuclear = kept.reduce((sum, value) => sum + value, 0);
    Z = Z.map((row, i) =>
      row.map((_value, j) => kept.reduce((sum, value, c) => sum + value * U.data[i * 16 + c] * V.data[j * 16 + c], 0)),
    );
  }
  let loss = 0;
  for (let e = 0; e < observed.values.length; e++) {
    loss += (observed.values[e] - Z[observed.rows[e]][observed.cols[e]]) ** 2;
  }
  return { Z, value: loss / 2 + lambda * nuclear };
}

describe('the proof of global optimality', () => {
  const reference = softImpute();

  it('holds at the optimum, which is that of dense soft-thresholding', () => {
    const proof = certifyNuclearNorm(fit, observed);
    expect(proof.optimal).toBe(true);
    expect(Math.abs(proof.primal - fit.objective / 2)).toBeLessThan(1e-12 * proof.primal);
    // Both are within their distance of the same minimum; the reference has converged linearly to rounding.
    expect(proof.dual).toBeLessThanOrEqual(reference.value * (1 + 1e-10));
    expect(proof.primal).toBeGreaterThanOrEqual(reference.value * (1 - 1e-10));
    expect(proof.gap).toBeLessThan(1e-6 * proof.primal);
    // The loss is strongly convex on the observed entries: |P(Z - Z*)|^2 / 2 <= gap.
    const whole = completedMatrix(fit).data;
    const at = Array.from(observed.rows, (i, e) => i * 16 + observed.cols[e]);
    const flat = reference.Z.flat();
    const distance = largestDifference(
      at.map((place) => whole[place]),
      at.map((place) => flat[place]),
    );
    expect(distance).toBeLessThan(2 * Math.sqrt(2 * Math.max(proof.gap, 1e-12)));
  });

  it('knows the largest singular value of the residual', () => {
    const whole = completedMatrix(fit).data;
    const rest = Array.from({ length: 20 }, () => new Array<number>(16).fill(0));
    for (let e = 0; e < observed.values.length; e++) {
      const [i, j] = [observed.rows[e], observed.cols[e]];
      rest[i][j] = observed.values[e] - whole[i * 16 + j];
    }
    const sigma1 = svd(rest).s[0];
    // Lanczos to 1e-10 of its eigenvalue, doubled.
    expect(Math.abs(certifyNuclearNorm(fit, observed).sigma1 - sigma1)).toBeLessThan(2e-10 * sigma1);
  });

  it('is refused to a rank below that of the optimum, with a valid lower bound all the same', () => {
    const low = completeMatrix(observed, { ...options, rank: 1, maxIterations: 3000, historyEvery: 0 });
    const proof = certifyNuclearNorm(low, observed);
    expect([proof.optimal, proof.sigma1 > 1.01 * lambda]).toEqual([false, true]);
    expect(proof.dual).toBeLessThan(reference.value);
    expect(proof.primal).toBeGreaterThan(reference.value);
  });

  it('is refused before convergence and to models that are not of this form', () => {
    const early = completeMatrix(observed, { ...options, rank: 8, maxIterations: 1 });
    expect(certifyNuclearNorm(early, observed).optimal).toBe(false);
    const loose = certifyNuclearNorm(early, observed, { tolerance: 0.99 });
    expect(loose.optimal).toBe(loose.sigma1 <= 1.99 * lambda && loose.gap <= 0.99 * loose.primal);
    for (const other of [{ biases: 'model' }, { ridgeScaling: 'count' }, { lambda: 0 }] as const) {
      const model = { ...fit, ...other };
      expect(() => certifyNuclearNorm(model, observed)).toThrow(expect.objectContaining({ code: 'ERR_INCOMPATIBLE' }));
    }
  });
});

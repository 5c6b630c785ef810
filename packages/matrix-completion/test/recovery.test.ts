import { describe, expect, it } from 'vitest';
import { completeMatrix, rmse } from '../src/index.js';
import { lowRank, relativeError } from './problems.js';

describe('exact recovery of matrices of low rank', () => {
  it.each([
    ['cholesky', 1],
    ['cholesky', 100],
    ['pcg', 1],
    ['pcg', 100],
    ['cg', 10],
    ['auto', 10],
  ] as const)('%s, kappa %d', (solver, kappa) => {
    const { truth, observed } = lowRank(`recovery/${kappa}`, 80, 60, 3, 0.5, kappa);
    const fit = completeMatrix(observed, { rank: 3, lambda: 0, solver });
    expect(fit.status).toBe('converged');
    // The residual on N = p m n entries bounds the whole error by about residual / sqrt(p); each row's least squares
    // problem loses at most cond <= kappa times n eps, n = 80.
    expect(relativeError(fit, truth)).toBeLessThan(4 * kappa * 80 * Number.EPSILON + 1e-11);
    expect(fit.certificate.relativeResidual).toBeLessThan(1e-11);
  });

  it('needs no random luck: 6 seeds of the start, two ranks', () => {
    for (const k of [1, 4]) {
      for (let seed = 0; seed < 6; seed++) {
        const { truth, observed } = lowRank(`luck/${k}/${seed}`, 50, 60, k, 0.6);
        const fit = completeMatrix(observed, { rank: k, lambda: 0, seed });
        expect(relativeError(fit, truth)).toBeLessThan(1e-10);
      }
    }
  });

  it('needs no more rounds with the accuracy rule than 1.25 times those of exact solves', () => {
    for (const kappa of [1, 10, 100]) {
      const { observed } = lowRank(`rule/${kappa}`, 120, 120, 6, 0.4, kappa);
      const common = { rank: 6, lambda: 0, residualTolerance: 1e-8, finalize: false } as const;
      const exact = completeMatrix(observed, { ...common, solver: 'cholesky' });
      const inexact = completeMatrix(observed, { ...common, solver: 'pcg' });
      expect([exact.status, inexact.status]).toEqual(['converged', 'converged']);
      expect(inexact.iterations).toBeLessThanOrEqual(Math.ceil(1.25 * exact.iterations));
      expect(inexact.counts.choleskySolves).toBe(0);
      expect(inexact.counts.innerSteps).toBeGreaterThan(0);
    }
  });

  it('stays finite with too high a rank, and completes with a small ridge', () => {
    const { truth, observed } = lowRank('overrank', 40, 40, 2, 0.7);
    const fit = completeMatrix(observed, { rank: 4, lambda: 0, solver: 'cholesky' });
    expect(fit.U.data.every(Number.isFinite) && fit.V.data.every(Number.isFinite)).toBe(true);
    expect(fit.certificate.relativeResidual).toBeLessThan(1e-6);
    // The ridge costs about lambda n_i / sigma^2 with sigma^2 > n_i / 10 in each direction that matters.
    const ridged = completeMatrix(observed, {
      rank: 4,
      lambda: 1e-4,
      biases: 'none',
      maxIterations: 2000,
      tolerance: 1e-9,
    });
    expect(relativeError(ridged, truth)).toBeLessThan(1e-2);
  });

  it('predicts holes better than the mean under noise, biases and a ridge', () => {
    const { truth, observed } = lowRank('noise', 80, 70, 3, 0.5, 1, 0.3);
    const holes = { rows: [] as number[], cols: [] as number[], values: [] as number[] };
    const known = new Set(Array.from(observed.rows, (i, e) => i * 70 + observed.cols[e]));
    for (let i = 0; i < 80; i++) {
      for (let j = 0; j < 70; j++) {
        if (known.has(i * 70 + j)) continue;
        holes.rows.push(i);
        holes.cols.push(j);
        holes.values.push(truth[i][j]);
      }
    }
    const spread = Math.sqrt(holes.values.reduce((sum, value) => sum + value * value, 0) / holes.values.length);
    const exact = completeMatrix(observed, { rank: 3, lambda: 0.005, solver: 'cholesky' });
    const steps = completeMatrix(observed, { rank: 3, lambda: 0.005, solver: 'pcg' });
    // Noise 0.3 averaged over 35 entries for 4 unknowns a row: about 0.3 sqrt(2 * 4 / 35) = 0.14 of error; doubled.
    expect(spread).toBeGreaterThan(1);
    expect(rmse(exact, holes)).toBeLessThan(0.3);
    expect(Math.abs(rmse(exact, holes) - rmse(steps, holes))).toBeLessThan(0.01);
  });
});

import { describe, expect, it } from 'vitest';
import * as api from '../src/index.js';
import { laplacian2d, sor, ssor, ssorCg } from '../src/index.js';
import { norm, residualOf, stream, unsymmetricRows } from './references.js';

const A = laplacian2d(12);
const draws = stream('endings');
const b = Float64Array.from({ length: 144 }, () => draws.normal());
const methods = [
  ['sor', sor, api.sorAsync, api.sorIterations],
  ['ssor', ssor, api.ssorAsync, api.ssorIterations],
  ['ssorCg', ssorCg, api.ssorCgAsync, api.ssorCgIterations],
] as const;

/** Eigenvalues 5, -1 and -1. */
const indefinite = [
  [1, 2, 2],
  [2, 1, 2],
  [2, 2, 1],
];

describe.each(methods)('%s', (_name, solve, solveAsync, iterations) => {
  it('gives the same bits in all three forms', async () => {
    const { elapsedMs: _a, ...result } = solve(A, b, { omega: 1.5 });
    const { elapsedMs: _b, ...later } = await solveAsync(A, b, { omega: 1.5 });
    expect(later).toEqual(result);
    const steps = iterations(A, b, { omega: 1.5 });
    const seen: number[] = [];
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        const { elapsedMs: _c, ...last } = step.value;
        expect(last).toEqual(result);
        break;
      }
      seen.push(step.value.iteration);
    }
    expect(seen).toEqual(Array.from({ length: result.iterations + 1 }, (_, k) => k));
  });

  it('ends by limits, callbacks and signals with the residual of what it has', async () => {
    const signal = { aborted: true, reason: new Error('too late') };
    expect(() => solve(A, b, { signal })).toThrow('too late');
    for (const [options, status] of [
      [{ maxIterations: 3 }, 'max-iterations'],
      [{ maxIterations: 0 }, 'max-iterations'],
      [{ onIteration: (state: { iteration: number }) => state.iteration < 2 }, 'stopped'],
      [{ timeLimitMs: 1e-9 }, 'time-limit'],
    ] as const) {
      const result = solve(A, b, options);
      expect(result.status).toBe(status);
      expect(result.x.every(Number.isFinite)).toBe(true);
      const { relativeGap, gap } = result.certificate;
      expect(relativeGap).toBe(gap / norm(b) || relativeGap);
      expect(gap).toBeGreaterThan(0);
    }
  });

  it('knows the trivial systems', () => {
    for (const [matrix, right] of [
      [A, new Float64Array(144)],
      [[], []],
    ] as const) {
      const { status, iterations: count, certificate, x } = solve(matrix, right);
      expect([status, count, certificate.gap, certificate.relativeGap]).toEqual(['converged', 0, 0, 0]);
      expect(x.every((value) => value === 0)).toBe(true);
    }
    const exact = solve(A, b, { tolerance: 1e-12 });
    expect(solve(A, b, { initial: exact.x }).iterations).toBe(0);
  });

  it('stalls where rounding allows no more', () => {
    const result = solve(A, b, { omega: 1.5, tolerance: 1e-30 });
    expect(result.status).toBe('stalled');
    // A residual computed from x rounds 7 terms a row of size |A| |x| <= 8 |x|, and x itself is rounded.
    expect(result.certificate.gap).toBeLessThan(16 * 8 * Number.EPSILON * norm(result.x) * 12);
  });

  it('diverges or breaks down where the matrix is not positive definite, with a finite x', () => {
    const result = solve(indefinite, [1, 2, 4], { omega: 1.5 });
    expect(['diverged', 'breakdown']).toContain(result.status);
    expect(result.x.every(Number.isFinite)).toBe(true);
    expect(result.warnings.length).toBe(result.status === 'breakdown' ? 1 : 0);
    expect(solve(A, b, { initial: new Float64Array(144).fill(1e308) }).x.every(Number.isFinite)).toBe(true);
  });

  it('writes nothing of the caller and gives plain data back', () => {
    const initial = new Float64Array(144).fill(1);
    const before = structuredClone({ A, b, initial });
    const result = solve(A, b, { initial });
    expect({ A, b, initial }).toEqual(before);
    expect(structuredClone(result)).toEqual(result);
  });
});

it('SOR beyond its range of convergence ends as diverged', () => {
  const rows = unsymmetricRows(stream('unsymmetric'), 30);
  const right = new Float64Array(30).fill(1);
  const result = sor(rows, right, { omega: 1.9 });
  expect(result.status).toBe('diverged');
  expect(result.certificate.gap).toBeLessThan(1e9 * norm(right));
  expect(norm(residualOf(rows, right, result.x))).toBeGreaterThan(norm(right));
});

it('SSOR-CG names the breakdown', () => {
  expect(ssorCg(indefinite, [1, -1, 0]).warnings[0]).toContain('not positive definite');
  expect(ssorCg([[-1]], [1]).warnings[0]).toContain('the preconditioner is not positive definite');
});

import { liveArenas } from '@lemmata/core';
import { afterEach, describe, expect, it } from 'vitest';
import { lambdaMax, lasso, lassoAsync, lassoIterations } from '../src/index.js';
import { dualOf, objectiveOf, roundingOf, testProblem } from './problems.js';

const problem = testProblem('endings', 60, 200);
const { dense: A, rows, sparse, b } = problem;
const lambda = lambdaMax(A, b) / 100;
const slow = { lambda, tolerance: 1e-12, algorithm: 'cyclic' } as const;

// 700 x 6000 = 4.2 million entries: loading and the first product alone are two slices each.
const big = { layout: 'column' as const, rows: 700, cols: 6000, data: new Float64Array(4200000).fill(1) };
for (let k = 0; k < big.data.length; k += 7) big.data[k] = (k % 1001) / 500;
const target = Float64Array.from({ length: 700 }, (_, i) => (i * i) % 17);

/** A signal that is aborted from its k-th reading on; the first two come before the first slice. */
function abortedAtReading(k: number) {
  const signal = {
    readings: 0,
    reason: new Error('enough'),
    get aborted() {
      signal.readings++;
      return signal.readings >= k;
    },
  };
  return signal;
}

afterEach(() => {
  expect(liveArenas()).toBe(0);
});

describe('the end of a run', () => {
  it('throws the reason of a signal that is aborted at the call', async () => {
    const signal = { aborted: true, reason: new Error('too late') };
    expect(() => lasso(A, b, { lambda, signal })).toThrow('too late');
    await expect(lassoAsync(A, b, { lambda, signal })).rejects.toThrow('too late');
    expect(() => lassoIterations(A, b, { lambda, signal }).next()).toThrow('too late');
  });

  it('returns a certified answer when aborted at any slice', () => {
    for (const matrix of [A, sparse]) {
      for (let k = 3; k < 40; k += 3) {
        const fit = lasso(matrix, b, { ...slow, signal: abortedAtReading(k) });
        expect(fit.status).toBe('aborted');
        const { gap, dual } = fit.certificate;
        const rounding = roundingOf(problem);
        const objective = objectiveOf(rows, b, lambda, fit.coefficients, fit.intercept);
        expect(Math.abs(fit.objective - objective)).toBeLessThan(rounding);
        expect(Math.abs(objective - dualOf(b, dual) - gap)).toBeLessThan(rounding);
      }
    }
  });

  it('looks at the signal after every slice and ends within one', () => {
    const whole = abortedAtReading(Infinity);
    lasso(A, b, { ...slow, signal: whole });
    expect(whole.readings).toBeGreaterThan(50);
    for (const k of [3, 4, 20, 50]) {
      const signal = abortedAtReading(k);
      lasso(A, b, { ...slow, signal });
      expect(signal.readings).toBe(k);
    }
  });

  it('cuts big work into slices of bounded cost', () => {
    const signal = abortedAtReading(Infinity);
    const fit = lasso(big, target, { lambda: 0.5, algorithm: 'cyclic', maxIterations: 1, signal });
    // A touch costs 700 multiply-adds, a slice has 2^21 of them.
    expect(signal.readings).toBeGreaterThan((fit.counts.columnTouches * 700) / 2 ** 21 / 2);
  });

  it('honours a signal that is aborted by a timer during an asynchronous run', async () => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 1);
    const endless = { ...slow, tolerance: 0, maxIterations: 1e9, signal: controller.signal };
    const fit = await lassoAsync(testProblem('endless', 300, 900).dense, testProblem('endless', 300, 900).b, {
      ...endless,
      lambda: 1e-7,
    });
    clearTimeout(timer);
    expect(fit.status).toBe('aborted');
  });

  it('ends at the time limit with what it has', () => {
    const fit = lasso(A, b, { ...slow, timeLimitMs: 1e-6 });
    expect(fit.status).toBe('time-limit');
    // Not even the matrix was copied: zero coefficients, and nothing is said about columns.
    const early = lasso(big, target, { lambda: 0.5, timeLimitMs: 1e-6 });
    expect([early.status, early.activeSet.length, early.warnings.length]).toEqual(['time-limit', 0, 0]);
    expect([early.certificate.relativeGap, early.objective]).toEqual([1, early.certificate.gap]);
  });

  it('stops when onIteration returns false', () => {
    const fit = lasso(A, b, { ...slow, onIteration: (state) => state.iteration < 2 });
    expect([fit.status, fit.iterations]).toEqual(['stopped', 2]);
    expect(fit.history.iteration.length).toBe(3);
  });

  it('ends at maxIterations and keeps the history that was asked for', () => {
    const fit = lasso(A, b, { ...slow, maxIterations: 5, historyEvery: 2 });
    expect([fit.status, fit.iterations]).toEqual(['max-iterations', 5]);
    expect(Array.from(fit.history.iteration)).toEqual([0, 2, 4, 5]);
    expect(lasso(A, b, { ...slow, maxIterations: 5, historyEvery: 0 }).history.iteration.length).toBe(0);
  });

  it('shows the live state and never an array of the run', () => {
    let first: Float64Array | undefined;
    const fit = lasso(A, b, {
      ...slow,
      maxIterations: 4,
      onIteration: (state) => {
        first ??= state.coefficients;
        expect(state.coefficients).toBe(first);
        state.coefficients.fill(7);
        expect(state.coefficients.buffer.byteLength).toBe(8 * 200);
      },
    });
    expect(fit.coefficients).not.toBe(first);
    expect(fit.coefficients.includes(7)).toBe(false);
  });

  it('releases everything when a callback throws', async () => {
    const onIteration = () => {
      throw new Error('from the callback');
    };
    expect(() => lasso(A, b, { ...slow, onIteration })).toThrow('from the callback');
    await expect(lassoAsync(A, b, { ...slow, onIteration })).rejects.toThrow('from the callback');
    expect(() => [...lassoIterations(A, b, { ...slow, onIteration })]).toThrow('from the callback');
  });

  it('releases everything when a generator is left early', () => {
    for (const state of lassoIterations(A, b, slow)) {
      expect(liveArenas()).toBe(1);
      if (state.iteration === 2) break;
    }
    lassoIterations(A, b, slow);
  });

  it('stalls where rounding allows no more', () => {
    const fit = lasso(A, b, { lambda, tolerance: 0 });
    expect(['stalled', 'converged']).toContain(fit.status);
    // Rounding of the gap: see roundingOf.
    expect(fit.certificate.gap).toBeLessThan(roundingOf(problem));
  });

  it('reports numbers beyond range as diverged, with finite coefficients', () => {
    const huge = rows.map((row) => row.map((value) => value * 1e200));
    const fit = lasso(huge, b, { lambda });
    expect(fit.status).toBe('diverged');
    expect(fit.coefficients.every(Number.isFinite)).toBe(true);
    expect(
      lasso(
        rows,
        b.map((value) => value * 1e200),
        { lambda },
      ).status,
    ).toBe('diverged');
  });
});

describe('what belongs to the caller', () => {
  it('is never written to', () => {
    const initial = new Float64Array(200).fill(0.01);
    const before = structuredClone({ A, sparse, rows, b, initial });
    for (const matrix of [A, sparse, rows]) lasso(matrix, b, { lambda, initial });
    expect({ A, sparse, rows, b, initial }).toEqual(before);
  });

  it('gets plain data back', () => {
    const fit = lasso(A, b, { lambda });
    expect(structuredClone(fit)).toEqual(fit);
    expect(JSON.parse(JSON.stringify(fit)).status).toBe('converged');
  });
});

import { liveArenas } from '@lemmata/core';
import { firstDifference } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { type LassoPath, lambdaMax, lasso, lassoPath, lassoPathAsync } from '../src/index.js';
import { predictionBound, predictionDistance, roundingOf, testProblem } from './problems.js';

function column(path: LassoPath, t: number): Float64Array {
  const { indptr, indices, data, rows } = path.coefficients;
  const coefficients = new Float64Array(rows);
  for (let k = indptr[t]; k < indptr[t + 1]; k++) coefficients[indices[k]] = data[k];
  return coefficients;
}

describe.each([
  { m: 40, n: 90, density: 1 },
  { m: 90, n: 30, density: 1 },
  { m: 60, n: 120, density: 0.15 },
])('a path on $m x $n, density $density', ({ m, n, density }) => {
  const problem = testProblem(`path/${m}`, m, n, density, 0.5);
  const { dense, sparse, b } = problem;
  const A = density < 1 ? sparse : dense;

  it.each(['working-set', 'cyclic'] as const)('equals the single fits, %s', (algorithm) => {
    const path = lassoPath(A, b, { numLambdas: 20, algorithm, tolerance: 1e-7 });
    expect(path.status).toBe('converged');
    expect(path.iterations).toBe(20);
    expect(path.lambdas[0]).toBe(lambdaMax(A, b));
    const ratio = m < n ? 0.01 : 0.001;
    // The portable power is right to a few units of rounding.
    expect(Math.abs(path.lambdas[19] / path.lambdas[0] / ratio - 1)).toBeLessThan(8 * Number.EPSILON);
    for (let t = 0; t < 20; t++) {
      const single = lasso(A, b, { lambda: path.lambdas[t], tolerance: 1e-7, algorithm });
      expect(path.relativeGaps[t]).toBeLessThanOrEqual(1e-7);
      const gaps = path.gaps[t] + single.certificate.gap + roundingOf(problem);
      expect(Math.abs(path.objectives[t] - single.objective)).toBeLessThanOrEqual(gaps);
      const fit = {
        ...single,
        coefficients: column(path, t),
        intercept: path.intercepts[t],
        certificate: { ...single.certificate, gap: path.gaps[t] },
      };
      expect(predictionDistance(problem, fit, single)).toBeLessThanOrEqual(predictionBound(problem, fit, single));
    }
    expect(path.coefficients.indptr[1]).toBe(0);
  });

  it('gives the same bits on both backends and in slices', async () => {
    const options = { numLambdas: 12, tolerance: 1e-6 };
    const js = lassoPath(A, b, { ...options, backend: 'js' });
    for (const other of [
      lassoPath(A, b, { ...options, backend: 'wasm' }),
      await lassoPathAsync(A, b, { ...options, backend: 'js' }),
    ]) {
      expect(firstDifference(js.coefficients.data, other.coefficients.data)).toBe(-1);
      expect({ ...other, elapsedMs: 0, backend: 'js' }).toEqual({ ...js, elapsedMs: 0 });
    }
  });

  it('spends less than the single fits', () => {
    const path = lassoPath(A, b, { numLambdas: 20 });
    let touches = 0;
    for (const lambda of path.lambdas) touches += lasso(A, b, { lambda }).counts.columnTouches;
    expect(path.counts.columnTouches).toBeLessThan(touches);
  });
});

describe('the end of a path', () => {
  const { dense, b } = testProblem('path end', 40, 80);

  it('keeps the lambdas finished when a callback stops it', () => {
    const seen: number[] = [];
    const path = lassoPath(dense, b, {
      numLambdas: 20,
      onIteration: (state) => {
        seen.push(state.lambda);
        return state.iteration < 7;
      },
    });
    expect([path.status, path.iterations, path.lambdas.length]).toEqual(['stopped', 7, 7]);
    expect(Array.from(path.lambdas)).toEqual(seen);
    expect(path.coefficients.cols).toBe(7);
    expect(Array.from(path.history.lambda)).toEqual(seen);
    expect(liveArenas()).toBe(0);
  });

  it('keeps the lambdas finished when it is aborted, at any slice', () => {
    const whole = lassoPath(dense, b, { numLambdas: 10 });
    let lengths = 0;
    for (let reads = 2; reads < 60; reads += 3) {
      let left = reads;
      const signal = {
        get aborted() {
          return --left < 0;
        },
      };
      const path = lassoPath(dense, b, { numLambdas: 10, signal });
      if (path.status === 'converged') continue;
      expect(path.status).toBe('aborted');
      expect(Array.from(path.lambdas)).toEqual(Array.from(whole.lambdas.subarray(0, path.lambdas.length)));
      expect(
        firstDifference(path.coefficients.data, whole.coefficients.data.subarray(0, path.coefficients.data.length)),
      ).toBe(-1);
      lengths += path.lambdas.length;
    }
    expect(lengths).toBeGreaterThan(0);
    expect(liveArenas()).toBe(0);
  });

  it('says which lambda did not converge', () => {
    const path = lassoPath(dense, b, { numLambdas: 5, maxIterations: 1, tolerance: 1e-12 });
    expect(path.status).toBe('max-iterations');
    expect(path.statuses[0]).toBe('converged');
    expect(path.statuses).toContain('max-iterations');
    expect(Math.max(...path.fitIterations)).toBe(1);
  });

  it('takes lambdas as given, 0 included', () => {
    const path = lassoPath(dense, b, { lambdas: [1, 0.1, 0], maxIterations: 3 });
    expect(Array.from(path.lambdas)).toEqual([1, 0.1, 0]);
  });

  it('has the one lambda 0 when nothing can enter', () => {
    const path = lassoPath(dense, new Float64Array(40).fill(3));
    expect([path.status, path.lambdas.length, path.lambdas[0], path.intercepts[0]]).toEqual(['converged', 1, 0, 3]);
  });

  it('survives structuredClone', () => {
    const path = lassoPath(dense, b, { numLambdas: 3 });
    expect(structuredClone(path)).toEqual(path);
  });
});

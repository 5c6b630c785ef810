import { describe, expect, it } from 'vitest';
import {
  completeMatrix,
  completeMatrixAsync,
  completeMatrixIterations,
  robustAlternatingMinimization,
  robustAlternatingMinimizationAsync,
} from '../src/index.js';
import { lowRank } from './problems.js';

const { observed } = lowRank('endings', 60, 50, 3, 0.5, 1, 0.1);
const slow = { rank: 3, lambda: 0.01, tolerance: 0, maxIterations: 100000 } as const;

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

describe('the end of a run', () => {
  it('throws the reason of a signal that is aborted at the call', async () => {
    const signal = { aborted: true, reason: new Error('too late') };
    expect(() => completeMatrix(observed, { ...slow, signal })).toThrow('too late');
    await expect(completeMatrixAsync(observed, { ...slow, signal })).rejects.toThrow('too late');
    expect(() => completeMatrixIterations(observed, { ...slow, signal }).next()).toThrow('too late');
  });

  it('returns the last finished round when aborted at any slice', () => {
    const rounds = [...completeMatrixIterations(observed, { ...slow, maxIterations: 12 })].length;
    expect(rounds).toBe(13);
    for (let k = 3; k < 30; k++) {
      const fit = completeMatrix(observed, { ...slow, signal: abortedAtReading(k) });
      expect(fit.status).toBe('aborted');
      if (fit.iterations === 0) continue;
      const same = completeMatrix(observed, { ...slow, maxIterations: fit.iterations, finalize: false });
      expect(fit.U.data).toEqual(same.U.data);
      expect(fit.objective).toBe(same.objective);
    }
  });

  it('cuts big work into slices of bounded cost', () => {
    const big = lowRank('slices', 400, 300, 2, 0.9).observed;
    const signal = abortedAtReading(Infinity);
    const fit = completeMatrix(big, { rank: 30, lambda: 1, maxIterations: 2, solver: 'cholesky', signal });
    // A pass of Cholesky reads an entry for 31 * 32 / 2 multiply-adds at least, a slice has 2^21 of them.
    expect(signal.readings).toBeGreaterThan((fit.counts.entryPasses * 496) / 2 ** 21);
  });

  it('honours a signal that is aborted by a timer during an asynchronous run', async () => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 1);
    // Random signs without structure: the residual never meets the tolerance.
    const values = Array.from(observed.values, (value, e) => (e % 3) - value);
    const endless = { rank: 3, tolerance: 1e-300, maxIterations: 1e9, signal: controller.signal };
    const fit = await robustAlternatingMinimizationAsync({ ...observed, values }, endless);
    clearTimeout(timer);
    expect(fit.status).toBe('aborted');
  });

  it('stops at limits and when asked to', () => {
    expect(completeMatrix(observed, { ...slow, timeLimitMs: 1e-6 }).status).toBe('time-limit');
    const stopped = completeMatrix(observed, { ...slow, onIteration: (state) => state.iteration < 2 });
    expect([stopped.status, stopped.iterations, stopped.history.iteration.length]).toEqual(['stopped', 2, 3]);
    const limited = completeMatrix(observed, { ...slow, maxIterations: 5, historyEvery: 2 });
    expect([limited.status, Array.from(limited.history.iteration)]).toEqual(['max-iterations', [0, 2, 4, 5]]);
    const none = completeMatrix(observed, { ...slow, maxIterations: 0 });
    expect([none.status, none.certificate.relativeResidual]).toEqual(['max-iterations', 1]);
    expect(robustAlternatingMinimization(observed, { rank: 3, tolerance: 1e-9 }).status).toBe('max-iterations');
  });

  it('gives the same bits at once, in slices and step by step', async () => {
    const options = { rank: 3, lambda: 0.02, seed: 'same' };
    const fit = completeMatrix(observed, options);
    const { elapsedMs: _, ...plain } = fit;
    const { elapsedMs: __, ...sliced } = await completeMatrixAsync(observed, options);
    expect(sliced).toEqual(plain);
    const steps = completeMatrixIterations(observed, options);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    const { elapsedMs: ___, ...stepped } = step.value;
    expect(stepped).toEqual(plain);
    expect(completeMatrix(observed, { ...options, initial: 'random' }).U.data).not.toEqual(
      completeMatrix(observed, { ...options, initial: 'random', seed: 'other' }).U.data,
    );
    expect(completeMatrix(observed, { ...options, seed: 42 }).seed).toBe('42');
  });

  it('takes every form of the same data', () => {
    const table = Array.from({ length: 60 }, () => new Array<number | null>(50).fill(null));
    for (let e = 0; e < observed.values.length; e++) table[observed.rows[e]][observed.cols[e]] = observed.values[e];
    const indptr = [0];
    for (const line of table) indptr.push((indptr.at(-1) ?? 0) + line.filter((value) => value !== null).length);
    const csr = {
      layout: 'csr' as const,
      rows: 60,
      cols: 50,
      indptr,
      indices: observed.cols,
      data: observed.values,
    };
    const options = { rank: 2, lambda: 0.1 };
    const { U } = completeMatrix(observed, options);
    expect(completeMatrix(table, options).U).toEqual(U);
    expect(completeMatrix(csr, options).U).toEqual(U);
    const holes = table.map((line) => Float64Array.from(line, (value) => value ?? Number.NaN));
    expect(completeMatrix(holes, options).U).toEqual(U);
  });

  it('never hands out arrays of the run, never writes to the caller, and gives plain data', () => {
    const initial = { U: new Float64Array(180).fill(0.5), rowBiases: new Float64Array(60) };
    initial.U.set(Float64Array.from({ length: 100 }, (_, e) => (e % 7) / 7));
    const before = structuredClone({ observed, initial });
    const fit = completeMatrix(observed, { ...slow, initial, maxIterations: 4 });
    const scribbled = completeMatrix(observed, {
      ...slow,
      initial,
      maxIterations: 4,
      onIteration: (state) => {
        state.U.fill(7);
        state.V.fill(7);
      },
    });
    expect(scribbled.U.data).toEqual(fit.U.data);
    expect({ observed, initial }).toEqual(before);
    expect(structuredClone(fit)).toEqual(fit);
  });

  it('reports numbers beyond range as diverged, with finite factors', () => {
    const values = Array.from(observed.values, (value) => value * 1e200);
    for (const fit of [
      completeMatrix({ ...observed, values }, { rank: 3, lambda: 0.1 }),
      robustAlternatingMinimization({ ...observed, values }, { rank: 3 }),
    ]) {
      expect(fit.status).toBe('diverged');
      expect(fit.U.data.every(Number.isFinite) && fit.V.data.every(Number.isFinite)).toBe(true);
    }
  });

  it('leaves empty rows and columns at 0 and says so', () => {
    const fit = completeMatrix(
      { rows: [0, 0, 2, 2], cols: [0, 1, 0, 1], values: [1, 2, 3, 4], shape: [4, 3] },
      { rank: 2, lambda: 0.1 },
    );
    expect(fit.warnings).toEqual([
      '2 rows have no entry: their factors are 0',
      '1 columns have no entry: their factors are 0',
    ]);
    expect(Array.from(fit.U.data.slice(2, 4))).toEqual([0, 0]);
    const few = completeMatrix({ rows: [0, 1], cols: [0, 1], values: [1, 2] }, { rank: 2, lambda: 0 });
    expect(few.warnings[0]).toContain('2 entries are fewer than the degrees of freedom');
    expect(few.certificate.relativeResidual).toBeLessThan(1e-12);
  });
});

describe('any small input', () => {
  it('gives finite factors, whatever the rank, holes and values', () => {
    let valid = 0;
    for (let seed = 0; seed < 400; seed++) {
      const m = 1 + (seed % 5);
      const n = 1 + ((seed * 7) % 6);
      const scale = [1, 1e30, 1e-30, 0][seed % 4];
      const data = lowRank(`fuzz/${seed}`, m, n, 1 + (seed % 3), [0.2, 0.6, 1][seed % 3], 1, 1).observed;
      if (data.values.length === 0) continue;
      const values = Array.from(data.values, (value) => value * scale);
      const rank = 1 + (seed % Math.min(m, n));
      const solver = (['auto', 'cholesky', 'cg', 'pcg'] as const)[(seed >> 2) % 4];
      const lambda = seed % 2 === 0 ? 0 : 0.1;
      const fit = completeMatrix({ ...data, values }, { rank, lambda, solver, maxIterations: 8, seed });
      for (const part of [fit.U.data, fit.V.data, fit.rowBiases, fit.colBiases]) {
        expect(part.every(Number.isFinite)).toBe(true);
      }
      valid++;
    }
    expect(valid).toBeGreaterThan(280);
  });
});

import { type Backend, openArena, type RandomStream, randomStream } from '@lemmata/core';
import { describe, expect, test } from 'vitest';
import type { Kernels } from '../src/kernels/kernels.js';
import { LINALG_KERNELS, linalgKernels } from '../src/kernels/linalg-kernels.js';

/*
 * All numbers here are dyadic: entries of -1, 0, 1, sixteen rows, squares that are powers of two, few columns. A pass adds
 * at most 6 binary digits a column (4 from the division of a mean by 16, 2 from that by a square of 4), a product of two
 * centred numbers 8 more: 5 * 6 + 8 digits after the point and fewer than 15 before it fit into 53. Every sum is then
 * exact in any order, and results are compared without a tolerance.
 */
const ROWS = 16;
const COLS = 5;
const SQUARE = 4;

interface Problem {
  readonly columns: readonly number[][];
  readonly ids: Int32Array;
  readonly threshold: number;
  readonly r: Float64Array;
  readonly w: Float64Array;
}

/** Columns of four entries that are -1 or 1, so that the sum of their squares is 4; the rest small integers. */
function drawProblem(stream: RandomStream): Problem {
  const columns = Array.from({ length: COLS }, () => {
    const column = new Array<number>(ROWS).fill(0);
    for (const i of stream.sample(ROWS, 4)) column[i] = stream.uniform() < 0.5 ? -1 : 1;
    return column;
  });
  return {
    columns,
    ids: stream.permutation(COLS),
    threshold: stream.integer(4),
    r: Float64Array.from({ length: ROWS }, () => stream.integer(17) - 8),
    w: Float64Array.from({ length: COLS }, () => stream.integer(5) - 2),
  };
}

/** One pass by the definition, a coordinate after the other, on vectors of its own. */
function naivePass({ columns, ids, threshold, r, w }: Problem): { r: number[]; w: number[]; changed: number } {
  const residual = Array.from(r);
  const coefficients = Array.from(w);
  let changed = 0;
  for (const j of ids) {
    let z = SQUARE * coefficients[j];
    for (let i = 0; i < ROWS; i++) z += columns[j][i] * residual[i];
    const shrunk = Math.sign(z) * Math.max(Math.abs(z) - threshold, 0);
    const change = shrunk / SQUARE - coefficients[j];
    for (let i = 0; i < ROWS; i++) residual[i] -= change * columns[j][i];
    coefficients[j] += change;
    if (change !== 0) changed++;
  }
  return { r: residual, w: coefficients, changed };
}

/** The values with every negative zero made positive. */
function unsigned(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => value + 0);
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

describe.each(['js', 'wasm'] as const)('passes of descent in %s', (backend: Backend) => {
  const arena = openArena(
    {
      a: ['f64', ROWS * COLS],
      indptr: ['i32', COLS + 1],
      indices: ['i32', 4 * COLS],
      data: ['f64', 4 * COLS],
      ids: ['i32', COLS],
      squares: ['f64', COLS],
      means: ['f64', COLS],
      r: ['f64', ROWS],
      residualSum: ['f64', 1],
      w: ['f64', COLS],
    },
    backend,
    [LINALG_KERNELS],
  );
  const v = arena.views;
  const kernels: Kernels = linalgKernels(arena);

  /** Lays a problem out; `data` and `indices` get the nonzeros, `a` what is given, by default the same columns. */
  function load(problem: Problem, dense: readonly number[][] = problem.columns): void {
    v.a.set(dense.flat());
    v.ids.set(problem.ids);
    v.squares.fill(SQUARE);
    v.means.fill(0);
    v.r.set(problem.r);
    v.residualSum[0] = sum(problem.r);
    v.w.set(problem.w);
    const nonzeros = problem.columns.map((column) => [...column.keys()].filter((i) => column[i] !== 0));
    v.indices.set(nonzeros.flat());
    v.data.set(nonzeros.flatMap((rows, j) => rows.map((i) => problem.columns[j][i])));
    for (let j = 0; j < COLS; j++) v.indptr[j + 1] = v.indptr[j] + nonzeros[j].length;
  }

  const densePass = (threshold: number, from = 0, to = COLS): number =>
    kernels.lassoEpochDense(ROWS, v.a, v.ids, from, to, v.squares, threshold, v.r, v.w);

  const sparsePass = (threshold: number, from = 0, to = COLS): number =>
    kernels.lassoEpochSparse(
      ...([v.indptr, v.indices, v.data, v.ids, from, to, v.squares, v.means] as const),
      ...([threshold, v.r, v.residualSum, v.w] as const),
    );

  /** Runs a check on 200 problems. */
  function onProblems(check: (problem: Problem) => void): void {
    const stream = randomStream('descent');
    for (let k = 0; k < 200; k++) check(drawProblem(stream));
  }

  test('a dense and a sparse pass do what the definition says, coordinate by coordinate', () => {
    let changes = 0;
    onProblems((problem) => {
      const expected = naivePass(problem);
      for (const pass of [densePass, sparsePass]) {
        load(problem);
        expect(pass(problem.threshold)).toBe(expected.changed);
        expect(unsigned(v.w)).toEqual(unsigned(expected.w));
        expect(unsigned(v.r)).toEqual(unsigned(expected.r));
      }
      expect(v.residualSum[0]).toBe(sum(problem.r));
      changes += expected.changed;
    });
    expect(changes).toBeGreaterThan(200);
  });

  test('a pass may be cut anywhere', () => {
    onProblems((problem) => {
      for (const pass of [densePass, sparsePass]) {
        load(problem);
        const changed = pass(problem.threshold);
        const [w, r] = [v.w.slice(), v.r.slice()];
        for (let cut = 0; cut <= COLS; cut++) {
          load(problem);
          expect(pass(problem.threshold, 0, cut) + pass(problem.threshold, cut, COLS)).toBe(changed);
          expect([v.w, v.r]).toEqual([w, r]);
        }
      }
    });
  });

  test('a pass lowers the objective 1/2 |r|^2 + threshold |w|_1 by at least the sum of squares[j] change[j]^2 / 2', () => {
    const objective = (threshold: number): number =>
      sum(v.r.map((value) => value * value)) / 2 + threshold * sum(v.w.map(Math.abs));
    onProblems((problem) => {
      for (const pass of [densePass, sparsePass]) {
        load(problem);
        const before = objective(problem.threshold);
        pass(problem.threshold);
        const steps = sum(v.w.map((value, j) => SQUARE * (value - problem.w[j]) * (value - problem.w[j])));
        expect(before - objective(problem.threshold)).toBeGreaterThanOrEqual(steps / 2);
      }
    });
  });

  test('a sparse pass with means is the dense pass on centred columns and a centred residual', () => {
    onProblems((problem) => {
      const means = problem.columns.map((column) => sum(column) / ROWS);
      const centred = problem.columns.map((column, j) => column.map((value) => value - means[j]));
      const mean = sum(problem.r) / ROWS;
      load({ ...problem, r: problem.r.map((value) => value - mean) }, centred);
      const changed = densePass(problem.threshold);
      const [w, r] = [unsigned(v.w), unsigned(v.r)];

      load(problem);
      v.means.set(means);
      expect(sparsePass(problem.threshold)).toBe(changed);
      expect(unsigned(v.w)).toEqual(w);
      expect(v.residualSum[0]).toBe(sum(v.r));
      expect(unsigned(v.r.map((value) => value - v.residualSum[0] / ROWS))).toEqual(r);
    });
  });

  test('columns with squares 0 are passed over, whatever they hold', () => {
    onProblems((problem) => {
      const skipped = problem.ids[1];
      const expected = naivePass({ ...problem, ids: problem.ids.filter((j) => j !== skipped) });
      for (const pass of [densePass, sparsePass]) {
        load(problem);
        v.squares[skipped] = 0;
        v.a.fill(Number.NaN, skipped * ROWS, (skipped + 1) * ROWS);
        v.data.fill(Number.NaN, v.indptr[skipped], v.indptr[skipped + 1]);
        expect(pass(problem.threshold)).toBe(expected.changed);
        expect(unsigned(v.w)).toEqual(unsigned(expected.w));
      }
    });
  });

  test('a threshold of infinity sets every coefficient to 0', () => {
    load(drawProblem(randomStream('infinite threshold')));
    densePass(Number.POSITIVE_INFINITY);
    expect(unsigned(v.w)).toEqual(new Array(COLS).fill(0));
  });

  test('an overflow leaves NaN behind instead of a zero', () => {
    for (const pass of [densePass, sparsePass]) {
      load(drawProblem(randomStream('overflow')));
      v.r.fill(Number.NaN);
      expect(pass(1)).toBe(COLS);
      expect(v.w.every(Number.isNaN)).toBe(true);
    }
  });
});

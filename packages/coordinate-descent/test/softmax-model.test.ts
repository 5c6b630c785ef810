// The quadratic model of softmax, against its definition.
import { randomStream } from '@lemmata/core';
import { afterAll, describe, expect, it } from 'vitest';
import { singleColumns } from '../src/groups/column-groups.js';
import { GroupPenalty } from '../src/groups/group-penalty.js';
import { type GroupProblem, groupProblem, loadGroups } from '../src/groups/group-problem.js';
import { SoftmaxLoss } from '../src/groups/softmax-loss.js';
import { minimiseSoftmaxModel } from '../src/groups/softmax-model.js';
import { SoftmaxRoom } from '../src/groups/softmax-room.js';
import { newCounts } from '../src/problem/lasso-problem.js';
import { openDesign } from '../src/problem/open-design.js';
import { SliceMeter } from '../src/slices.js';
import { testProblem } from './problems.js';

const [M, N, K] = [30, 6, 3];

/** Runs to the end. */
function finish<T>(steps: Generator<unknown, T, void>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe.each([
  ['entries, dense', false, false, false],
  ['entries, sparse', false, true, false],
  ['entries, intercepts', false, false, true],
  ['rows, dense', true, false, false],
  ['rows, sparse, intercepts', true, true, true],
] as const)('the minimiser of the model, %s', (_name, grouped, isSparse, intercept) => {
  const { rows, sparse } = testProblem('softmax model', M, N, isSparse ? 0.5 : 1, 0.2);
  const stream = randomStream('softmax model classes');
  const codes = Int32Array.from({ length: M }, (_, i) => (i < K ? i : stream.integer(K)));
  const weights = Float64Array.from({ length: M }, (_, i) => (i % 2 === 0 ? 1.5 : 0.5));

  function run(): { problem: GroupProblem; loss: SoftmaxLoss; room: SoftmaxRoom; start: Float64Array } {
    const needs = { intercept, weights: undefined, penalised: true };
    const opened = openDesign(
      isSparse ? sparse : { layout: 'row', rows: M, cols: N, data: Float64Array.from(rows.flat()) },
      needs,
      'auto',
      false,
    );
    try {
      const { design } = opened;
      const penalty = new GroupPenalty(singleColumns(N), new Float64Array(N).fill(1), K, !grouped);
      penalty.threshold = 1;
      penalty.ridge = 0.3;
      const loss = new SoftmaxLoss(design, codes, weights, K);
      const problem = groupProblem(design, penalty, loss, newCounts());
      const initial = Float64Array.from({ length: N * K }, (_, e) => (e % 4 === 0 ? 0 : stream.normal() / 2));
      finish(loadGroups(problem, opened, { standardize: false, weights: undefined, initial }));
      finish(loss.refresh(problem));
      const ids = Int32Array.from({ length: N }, (_, j) => j);
      const matrix = finish(design.columns(ids, N));
      const room = new SoftmaxRoom(matrix, weights, K, design.backend);
      const meter = new SliceMeter();
      finish(room.load(matrix, undefined, meter));
      for (let j = 0; j < N; j++) for (let c = 0; c < K; c++) room.w[c * N + j] = problem.coefficients[j * K + c];
      const start = room.w.slice();
      room.Y.set(loss.residual);
      finish(room.products(room.Y, room.slopes, meter));
      finish(minimiseSoftmaxModel(problem, room, loss, meter));
      return { problem, loss, room, start };
    } finally {
      opened.dispose();
    }
  }

  const { problem, loss, room, start } = run();
  afterAll(() => room.dispose());
  const { w, columns } = room;
  const entry = (i: number, j: number) => {
    if (columns.indptr.length === 0) return columns.data[j * M + i];
    for (let e = columns.indptr[j]; e < columns.indptr[j + 1]; e++)
      if (columns.indices[e] === i) return columns.data[e];
    return 0;
  };
  const A = Array.from({ length: M }, (_, i) => Array.from({ length: N }, (__, j) => entry(i, j)));
  const P = Array.from({ length: M }, (_, i) => Array.from({ length: K }, (__, c) => loss.probabilities[c * M + i]));

  /** H Z for coefficients and intercepts, and the model with its penalty. */
  function modelAt(W: Float64Array, centres: ArrayLike<number>): { HZ: number[][]; value: number } {
    let value = 0;
    const HZ = A.map((row, i) => {
      const z = Array.from({ length: K }, (_, c) =>
        row.reduce((sum, a, j) => sum + a * (W[c * N + j] - start[c * N + j]), centres[c]),
      );
      const mean = z.reduce((sum, v, c) => sum + P[i][c] * v, 0);
      const hz = z.map((v, c) => weights[i] * P[i][c] * (v - mean));
      value += z.reduce((sum, v, c) => sum + (v * hz[c]) / 2 - v * loss.residual[c * M + i], 0);
      return hz;
    });
    for (let j = 0; j < N; j++) {
      const row = Array.from({ length: K }, (_, c) => W[c * N + j]);
      value += grouped ? Math.hypot(...row) : row.reduce((sum, v) => sum + Math.abs(v), 0);
      value += 0.15 * row.reduce((sum, v) => sum + v * v, 0);
    }
    return { HZ, value };
  }

  it('has the H Z that it kept along', () => {
    const { HZ } = modelAt(w, room.centreStep);
    HZ.forEach((row, i) => {
      row.forEach((value, c) => {
        // A few passes of sums of at most 30 numbers of size one.
        expect(Math.abs(room.Y[c * M + i] - value)).toBeLessThanOrEqual(1e-12);
      });
    });
  });

  it('is nearly as low as plain proximal gradient steps come, and far below the start', () => {
    const curvature = A.reduce((sum, row, i) => sum + weights[i] * row.reduce((part, a) => part + a * a, 1), 0) / 2;
    const step = 1 / (curvature + 0.3);
    const W = start.slice();
    const centres = new Array<number>(K).fill(0);
    for (let t = 0; t < 4000; t++) {
      const { HZ } = modelAt(W, centres);
      const slope = (i: number, c: number) => HZ[i][c] - loss.residual[c * M + i];
      for (let j = 0; j < N; j++) {
        const moved = Array.from({ length: K }, (_, c) => {
          const gradient = A.reduce((sum, row, i) => sum + row[j] * slope(i, c), 0) + 0.3 * W[c * N + j];
          return W[c * N + j] - step * gradient;
        });
        const size = Math.hypot(...moved);
        moved.forEach((value, c) => {
          const shrunk = Math.sign(value) * Math.max(0, Math.abs(value) - step);
          W[c * N + j] = grouped ? (size > step ? value * (1 - step / size) : 0) : shrunk;
        });
      }
      if (intercept) for (let c = 0; c < K; c++) centres[c] -= step * A.reduce((sum, _, i) => sum + slope(i, c), 0);
    }
    const [first, best, reached] = [
      modelAt(start, new Array(K).fill(0)).value,
      modelAt(W, centres).value,
      modelAt(w, room.centreStep).value,
    ];
    // How far from optimal it is fell by a factor of 10 at least, so what is left of the decrease by about 100.
    expect(reached - best).toBeLessThanOrEqual(0.05 * (first - best));
    expect(first - best).toBeGreaterThan(0.1);
    expect(problem.counts.epochs).toBeGreaterThan(1);
  });
});

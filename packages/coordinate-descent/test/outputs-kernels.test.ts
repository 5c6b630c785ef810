// The loops over several outputs and classes: WebAssembly and TypeScript give the same bits, and both what the definition says.
import { openArena, randomStream } from '@lemmata/core';
import { LINALG_KERNELS, type Matrix, toMatrix } from '@lemmata/linalg';
import { firstDifference } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { type ColumnStore, fillStore, storeLayout } from '../src/kernels/column-store.js';
import { DESCENT_KERNELS } from '../src/kernels/descent-kernels.js';
import { outputsKernels } from '../src/kernels/outputs-kernels.js';
import { softmaxKernels } from '../src/kernels/softmax-kernels.js';
import { SliceMeter } from '../src/slices.js';
import { testProblem } from './problems.js';

const COLS = 5;

interface Data {
  readonly matrix: Matrix;
  /** Columns, entry by entry. */
  readonly columns: number[][];
  readonly m: number;
  readonly k: number;
}

/** Vectors of a case, by name: what a backend starts from. */
function vectorsOf({ columns, m, k }: Data, seed: string) {
  const stream = randomStream(`vectors ${seed}`);
  const normals = (n: number) => Float64Array.from({ length: n }, () => stream.normal());
  const chances = Float64Array.from({ length: m * k }, () => stream.uniform() / k);
  const squares = Float64Array.from(columns, (column) => column.reduce((sum, a) => sum + a * a, 0));
  const products = Float64Array.from({ length: COLS * COLS }, (_, e) => {
    const [i, j] = [Math.floor(e / COLS), e % COLS];
    return columns[i].reduce((sum, a, r) => sum + a * columns[j][r], 0);
  });
  return {
    R: normals(m * k),
    P: chances,
    S: chances.map((p) => p * (1 - p)),
    h: Float64Array.from({ length: m }, () => 0.5 + stream.uniform()),
    row: normals(m),
    w: normals(COLS * k).map((value, e) => (e % 3 === 0 ? 0 : value)),
    d: normals(k),
    slopes: normals(COLS).map((value) => 3 * value),
    bounds: Float64Array.from({ length: COLS }, (_, j) => (j === 3 ? 0 : 1 + stream.uniform())),
    squares,
    h2: products,
    c: normals(COLS * k).map((value) => 2 * value),
    u: new Float64Array(k),
    largest: new Float64Array(1),
    out: new Float64Array(COLS),
  };
}

type Vectors = ReturnType<typeof vectorsOf>;
type Run = (store: ColumnStore, vectors: Vectors, ids: Int32Array, loops: Loops) => number;
type Loops = ReturnType<typeof softmaxKernels> & ReturnType<typeof outputsKernels>;

/** The vectors after a run on a backend, and what it returned. */
function after(data: Data, backend: 'js' | 'wasm', seed: string, run: Run): { vectors: Vectors; answer: number } {
  const given = vectorsOf(data, seed);
  const lengths = Object.fromEntries(Object.entries(given).map(([name, values]) => [name, ['f64', values.length]]));
  const layout = {
    ...storeLayout(data.matrix),
    ...(lengths as Record<keyof Vectors, ['f64', number]>),
    ids: ['i32', COLS],
  };
  const arena = openArena(layout as never, backend, [LINALG_KERNELS, DESCENT_KERNELS]);
  try {
    const views = arena.views as unknown as Vectors & ColumnStore & { ids: Int32Array };
    const store = { rows: data.m, data: views.data, indptr: views.indptr, indices: views.indices };
    for (const _ of fillStore(store, data.matrix, undefined, new SliceMeter()));
    for (const [name, values] of Object.entries(given)) (views[name as keyof Vectors] as Float64Array).set(values);
    views.ids.set([0, 1, 2, 3, 4]);
    const loops = { ...softmaxKernels(arena as never), ...outputsKernels(arena as never) };
    const answer = run(store, views, views.ids, loops);
    const vectors = Object.fromEntries(Object.keys(given).map((name) => [name, views[name as keyof Vectors].slice()]));
    return { vectors: vectors as Vectors, answer };
  } finally {
    arena.dispose();
  }
}

const RUNS: Record<string, Run> = {
  columnSquares: (store, { h, out }, _ids, loops) => {
    loops.columnSquares(store, h, out, 0, 2);
    loops.columnSquares(store, h, out, 2, COLS);
    return 0;
  },
  classPass: (store, { R, S, slopes, bounds, w, largest, h }, ids, loops) => {
    const m = h.length;
    const model = { y: R.subarray(0, m), s: S.subarray(0, m), slopes, bounds, w: w.subarray(0, COLS), largest };
    return loops.classPass(store, ids, 0, 3, model, 0.5, 0.1) + loops.classPass(store, ids, 3, COLS, model, 0.5, 0.1);
  },
  spreadClass: (_store, { P, row, R }, _ids, loops) => {
    loops.spreadClass(1, P, row, R);
    return 0;
  },
  addCurved: (store, { d, P, h, row, R }, _ids, loops) => {
    loops.addCurved(store, 2, d, P, h, row, R);
    return 0;
  },
  pass: (store, { squares, R, w, u, largest }, ids, loops) => {
    const model = { squares, R, w, u, largest };
    return loops.pass(store, ids, 0, 2, model, 2, 0.1) + loops.pass(store, ids, 2, COLS, model, 2, 0.1);
  },
  gramPass: (_store, { h2, c, w, u }, _ids, loops) => {
    const model = { h: h2, c, w, u };
    return loops.gramPass(model, 0, 2, 2, 0.1) + loops.gramPass(model, 2, COLS, 2, 0.1);
  },
};

/** Entry (i, c) of a matrix of k outputs one after the other. */
const at = (V: Float64Array, m: number, i: number, c: number) => V[c * m + i];

const cases = [1, 2, 3, 4, 7, 8, 9, 16, 23].flatMap((m) => [2, 3].map((k) => [m, k] as const));

describe.each(cases)('loops over %i rows and %i outputs', (m, k) => {
  const { rows, dense, sparse } = testProblem(`outputs kernels ${m} ${k}`, m, COLS, 0.7);
  const columns = Array.from({ length: COLS }, (_, j) => rows.map((row) => row[j]));
  const seed = `${m} ${k}`;
  const forms: [string, Data][] = [
    ['dense', { matrix: toMatrix('A', dense), columns, m, k }],
    ['sparse', { matrix: toMatrix('A', sparse), columns, m, k }],
  ];

  it.each(forms)('have the same bits in both backends, %s columns', (_name, data) => {
    for (const run of Object.values(RUNS)) {
      const [one, other] = [after(data, 'js', seed, run), after(data, 'wasm', seed, run)];
      expect(other.answer).toBe(one.answer);
      for (const name of Object.keys(one.vectors) as (keyof Vectors)[]) {
        // Room for a number a row: sparse columns leave other entries alone, each backend in its way.
        if (name === 'row' && run === RUNS['addCurved']) continue;
        expect(firstDifference(one.vectors[name], other.vectors[name])).toBe(-1);
      }
    }
  });

  it.each(forms)('do what their definitions say, %s columns', (_name, data) => {
    const start = vectorsOf(data, seed);
    // Sums of m products of numbers of size a few.
    const rounding = 1e-13 * m;
    const near = (value: number, expected: number) =>
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(rounding * (1 + Math.abs(expected)));

    const squares = after(data, 'wasm', seed, RUNS['columnSquares']).vectors.out;
    columns.forEach((column, j) => {
      near(
        squares[j],
        column.reduce((sum, a, i) => sum + a * a * start.h[i], 0),
      );
    });

    const spread = after(data, 'wasm', seed, RUNS['spreadClass']).vectors.R;
    const curved = after(data, 'wasm', seed, RUNS['addCurved']).vectors.R;
    for (let i = 0; i < m; i++) {
      const p = Array.from({ length: k }, (_, c) => at(start.P, m, i, c));
      for (let c = 0; c < k; c++) {
        const before = at(start.R, m, i, c);
        near(at(spread, m, i, c), c === 1 ? before : before - p[c] * start.row[i]);
        const row = p.map((q, e) => (e === c ? p[c] - p[c] * q : -p[c] * q));
        near(
          at(curved, m, i, c),
          before + row.reduce((sum, q, e) => sum + start.h[i] * q * columns[2][i] * start.d[e], 0),
        );
      }
    }

    const one = after(data, 'wasm', seed, RUNS['classPass']).vectors;
    const y = Array.from(start.R.subarray(0, m));
    let most = 0;
    columns.forEach((column, j) => {
      const [bound, old] = [start.bounds[j], start.w[j]];
      if (bound === 0) return;
      const z = start.slopes[j] - column.reduce((sum, a, i) => sum + a * y[i], 0) + bound * old;
      const value = (Math.sign(z) * Math.max(0, Math.abs(z) - 0.5)) / (bound + 0.1);
      near(one.w[j], value);
      most = Math.max(most, (bound + 0.1) * Math.abs(value - old));
      column.forEach((a, i) => {
        y[i] += (value - old) * a * start.S[i];
      });
    });
    near(one.largest[0], most);
    y.forEach((value, i) => {
      near(one.R[i], value);
    });
  });

  it.each(forms)('shrink rows of W by their definition, %s columns, by residuals and by products', (_name, data) => {
    const start = vectorsOf(data, seed);
    const rounding = 1e-13 * m;
    const near = (value: number, expected: number) =>
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(rounding * (1 + Math.abs(expected)));
    const R = Array.from({ length: k }, (_, o) => Array.from(start.R.subarray(o * m, (o + 1) * m)));
    const W = columns.map((_, j) => Array.from(start.w.subarray(j * k, (j + 1) * k)));
    const shrunk = (c: number[], square: number, w: number[]) => {
      const u = c.map((value, o) => value + square * w[o]);
      const size = Math.hypot(...u);
      return u.map((value) => (size > 2 ? ((1 - 2 / size) * value) / (square + 0.1) : 0));
    };
    const { vectors } = after(data, 'wasm', seed, RUNS['pass']);
    columns.forEach((column, j) => {
      if (start.squares[j] === 0) return;
      const c = R.map((r) => column.reduce((sum, a, i) => sum + a * r[i], 0));
      const next = shrunk(c, start.squares[j], W[j]);
      next.forEach((value, o) => {
        near(vectors.w[j * k + o], value);
        column.forEach((a, i) => {
          R[o][i] -= (value - W[j][o]) * a;
        });
      });
    });
    R.forEach((r, o) => {
      r.forEach((value, i) => {
        near(vectors.R[o * m + i], value);
      });
    });

    const gram = after(data, 'wasm', seed, RUNS['gramPass']).vectors;
    const C = Array.from({ length: k }, (_, o) => Array.from(start.c.subarray(o * COLS, (o + 1) * COLS)));
    for (let j = 0; j < COLS; j++) {
      const square = start.h2[j * COLS + j];
      if (square === 0) continue;
      const own = C.map((_, o) => start.w[o * COLS + j]);
      const next = shrunk(
        C.map((c) => c[j]),
        square,
        own,
      );
      next.forEach((value, o) => {
        near(gram.w[o * COLS + j], value);
        for (let l = 0; l < COLS; l++) C[o][l] -= (value - own[o]) * start.h2[j * COLS + l];
      });
    }
    C.forEach((c, o) => {
      c.forEach((value, l) => {
        near(gram.c[o * COLS + l], value);
      });
    });
  });
});

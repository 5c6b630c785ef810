// The baseline that anyone would write: cyclic coordinate descent in plain loops over the caller's arrays, the gap
// looked at every ten epochs. It knows no working sets, no SIMD and no WebAssembly.
import { type Params, type Probe, readParams, type Solver } from '@lemmata/bench';
import type { Matrix } from '@lemmata/linalg';
import type { LassoInstance, LassoSolution } from '../certificate.js';

const EPOCHS_PER_CHECK = 10;

/** The columns of a matrix as loops need them: rows are absent where a column holds every row in order. */
interface Columns {
  readonly start: (j: number) => number;
  readonly end: (j: number) => number;
  readonly rows: Int32Array | undefined;
  readonly values: Float64Array;
}

function columnsOf(A: Matrix): Columns {
  if (A.layout === 'column') {
    return { start: (j) => j * A.rows, end: (j) => (j + 1) * A.rows, rows: undefined, values: A.data };
  }
  if (A.layout === 'csc') {
    return { start: (j) => A.indptr[j], end: (j) => A.indptr[j + 1], rows: A.indices, values: A.data };
  }
  throw new TypeError(`A: expected column layout or CSC, got ${A.layout}`);
}

function dot({ start, end, rows, values }: Columns, j: number, r: Float64Array): number {
  const from = start(j);
  const to = end(j);
  let sum = 0;
  if (rows === undefined) for (let k = from; k < to; k++) sum += values[k] * r[k - from];
  else for (let k = from; k < to; k++) sum += values[k] * r[rows[k]];
  return sum;
}

function subtract({ start, end, rows, values }: Columns, j: number, change: number, r: Float64Array): void {
  const from = start(j);
  const to = end(j);
  if (rows === undefined) for (let k = from; k < to; k++) r[k - from] -= change * values[k];
  else for (let k = from; k < to; k++) r[rows[k]] -= change * values[k];
}

/** The duality gap of the problem with weight m lambda, for the residual r of the coefficients w. */
function gapOf(columns: Columns, b: Float64Array, r: Float64Array, w: Float64Array, weight: number): number {
  let square = 0;
  let along = 0;
  let norm = 0;
  for (let i = 0; i < r.length; i++) {
    square += r[i] * r[i];
    along += r[i] * b[i];
  }
  let largest = 0;
  for (let j = 0; j < w.length; j++) {
    norm += Math.abs(w[j]);
    largest = Math.max(largest, Math.abs(dot(columns, j, r)));
  }
  const limit = weight / largest;
  const scale = Math.max(-limit, Math.min(limit, along / square));
  return square / 2 + weight * norm - (scale * along - (scale * scale * square) / 2);
}

/** Subtracts the mean and returns it: the exact step in the intercept. */
function centre(r: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < r.length; i++) mean += r[i];
  mean /= r.length;
  for (let i = 0; i < r.length; i++) r[i] -= mean;
  return mean;
}

/** Cyclic coordinate descent; the intercept is one more coordinate, once an epoch. */
export function solver(given: Params): Solver<LassoInstance, LassoSolution> {
  const params = readParams('solver plain-loop', given, {});
  let instance: LassoInstance;
  let coefficients: Float64Array;
  let intercept: number;
  let columnTouches: number;

  function run(probe: Probe): void {
    const { A, b, lambda } = instance;
    const centring = instance.intercept;
    const columns = columnsOf(A);
    const weight = lambda * A.rows;
    coefficients = new Float64Array(A.cols);
    columnTouches = 0;
    const squares = coefficients.map((_, j) => {
      let sum = 0;
      for (let k = columns.start(j); k < columns.end(j); k++) sum += columns.values[k] * columns.values[k];
      return sum;
    });
    const r = b.slice();
    intercept = centring ? centre(r) : 0;
    let atZero = 0;
    for (const entry of r) atZero += entry * entry;
    for (;;) {
      for (let epoch = 0; epoch < EPOCHS_PER_CHECK; epoch++) {
        for (let j = 0; j < A.cols; j++) {
          if (squares[j] === 0) continue;
          const old = coefficients[j];
          const target = dot(columns, j, r) + squares[j] * old;
          const shrunk = Math.abs(target) - weight;
          const next = shrunk > 0 ? (target > 0 ? shrunk : -shrunk) / squares[j] : 0;
          columnTouches++;
          if (next !== old) {
            subtract(columns, j, next - old, r);
            coefficients[j] = next;
            columnTouches++;
          }
        }
        if (centring) intercept += centre(r);
      }
      columnTouches += A.cols;
      const gap = gapOf(columns, b, r, coefficients, weight);
      if (!probe.tick() || (probe.tolerance !== undefined && gap <= (probe.tolerance * atZero) / 2)) return;
    }
  }

  return {
    name: 'plain-loop',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'callback',
    determinism: 'R3',
    supports: () => true,
    setup: (given) => {
      instance = given;
    },
    run,
    solution: () => ({ coefficients, intercept }),
    counts: () => ({ columnTouches }),
  };
}

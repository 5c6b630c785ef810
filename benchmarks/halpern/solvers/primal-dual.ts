// The baseline that anyone would write: the primal-dual hybrid gradient method of Chambolle and Pock with the diagonal
// step sizes of Pock and Chambolle (2011), in plain loops. It knows no anchor, no restarts and no reflection.
import { type Params, type Probe, readParams, type Solver } from '@lemmata/bench';
import type { SparseMatrix } from '@lemmata/linalg';
import { BestSoFar } from '../best-so-far.js';
import { norm } from '../compensated-sum.js';
import { kktErrors, type ProgramInstance, type ProgramSolution } from '../kkt-errors.js';

/** Steps between two looks at the errors: as often as our own. */
const STEPS_PER_CHECK = 40;

/** A state of the method, updated in place. */
export interface PrimalDualState {
  readonly x: Float64Array;
  readonly y: Float64Array;
  steps: number;
}

/** Step sizes of the two halves: 1 / (sum of |A_ij|) for every column and row, balanced by |c| / |b|. */
function stepSizes({ A, c, rowLower, rowUpper }: ProgramInstance): { primal: Float64Array; dual: Float64Array } {
  const primal = new Float64Array(A.cols);
  const dual = new Float64Array(A.rows);
  for (let i = 0; i < A.rows; i++) {
    for (let k = A.indptr[i]; k < A.indptr[i + 1]; k++) {
      primal[A.indices[k]] += Math.abs(A.data[k]);
      dual[i] += Math.abs(A.data[k]);
    }
  }
  const side = (i: number): number => (Number.isFinite(rowUpper[i]) ? rowUpper[i] : rowLower[i]);
  const size = norm(Array.from(dual, (_, i) => (Number.isFinite(side(i)) ? side(i) : 0)));
  const weight = size > 0 && norm(c) > 0 ? norm(c) / size : 1;
  return {
    primal: primal.map((sum) => 1 / (weight * (sum > 0 ? sum : 1))),
    dual: dual.map((sum) => weight / (sum > 0 ? sum : 1)),
  };
}

/** out = A'y. */
function transposed({ rows, indptr, indices, data }: SparseMatrix, y: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < rows; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) out[indices[k]] += data[k] * y[i];
  }
}

/** out = A x. */
function forward({ rows, indptr, indices, data }: SparseMatrix, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = indptr[i]; k < indptr[i + 1]; k++) sum += data[k] * x[indices[k]];
    out[i] = sum;
  }
}

/** x = clamp(x - primal (c - products)), and ahead = twice the new x less the old. */
function movePrimal(
  { c, colLower, colUpper }: ProgramInstance,
  primal: Float64Array,
  products: Float64Array,
  x: Float64Array,
  ahead: Float64Array,
): void {
  for (let j = 0; j < x.length; j++) {
    const next = Math.min(Math.max(x[j] - primal[j] * (c[j] - products[j]), colLower[j]), colUpper[j]);
    ahead[j] = 2 * next - x[j];
    x[j] = next;
  }
}

/** y = dual (t - clamp(t)) with t = y / dual - activity, clamped to [-upper, -lower]. */
function moveDual(
  { rowLower, rowUpper }: ProgramInstance,
  dual: Float64Array,
  activity: Float64Array,
  y: Float64Array,
): void {
  for (let i = 0; i < y.length; i++) {
    const target = y[i] / dual[i] - activity[i];
    y[i] = dual[i] * (target - Math.min(Math.max(target, -rowUpper[i]), -rowLower[i]));
  }
}

/** The method from 0, or from the bound nearest to it; yields after every round of 40 steps. */
export function* primalDualRounds(program: ProgramInstance): Generator<PrimalDualState, never, void> {
  const { A, colLower, colUpper } = program;
  const { primal, dual } = stepSizes(program);
  const x = colLower.map((lower, j) => Math.min(Math.max(0, lower), colUpper[j]));
  const y = new Float64Array(A.rows);
  const state: PrimalDualState = { x, y, steps: 0 };
  const products = new Float64Array(A.cols);
  const ahead = new Float64Array(A.cols);
  const activity = new Float64Array(A.rows);
  for (;;) {
    for (let step = 0; step < STEPS_PER_CHECK; step++) {
      transposed(A, y, products);
      movePrimal(program, primal, products, x, ahead);
      forward(A, ahead, activity);
      moveDual(program, dual, activity, y);
    }
    state.steps += STEPS_PER_CHECK;
    yield state;
  }
}

/** The method in rounds of 40 steps. */
export function solver(given: Params): Solver<ProgramInstance, ProgramSolution> {
  let instance: ProgramInstance;
  let solution: ProgramSolution;
  let steps: number;
  return {
    name: 'primal-dual',
    version: '1',
    params: readParams('solver primal-dual', given, {}),
    language: 'TypeScript',
    sampling: 'callback',
    determinism: 'R3',
    supports: () => true,
    setup: (given) => {
      instance = given;
    },
    run: (probe: Probe) => {
      const best = new BestSoFar(probe);
      for (const state of primalDualRounds(instance)) {
        steps = state.steps;
        const { primal, dual, gap } = kktErrors(instance, state);
        const error = Math.max(primal, dual, gap);
        const more = best.offer(error, () => {
          solution = { x: state.x.slice(), y: state.y.slice() };
        });
        if (!more || (probe.tolerance !== undefined && error <= probe.tolerance)) return;
      }
    },
    solution: () => solution,
    // A look at the errors takes two more products.
    counts: () => ({ steps, matvecs: 2 * steps + (2 * steps) / STEPS_PER_CHECK }),
  };
}

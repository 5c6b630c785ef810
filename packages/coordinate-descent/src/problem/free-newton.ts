import type { Design } from './design.js';
import type { RunningCounts } from './lasso-problem.js';
import type { RowSumLoss } from './row-sum-loss.js';

/** Most Newton steps at an evaluation. */
const MOST_STEPS = 50;
/** Most halvings of a step. */
const HALVINGS = 40;
/** First share of the largest curvature of a row that its curvature in a step has at least, where the loss needs one. */
const FIRST_SHARE = 1e-3;
/** What a full step divides that share by, and a shortened one multiplies it by. */
const SHARE_STEP = 100;
/** Smallest such share. */
const LAST_SHARE = 1e-10;
/** Most columns without penalty. */
const MOST_COLUMNS = 512;

/** What is solved for. */
export interface FreeProblem {
  /** The design, loaded. */
  readonly design: Design;
  /** What was spent so far. */
  readonly counts: RunningCounts;
  /** The columns without penalty. */
  readonly free: Int32Array;
  /** Coefficients of all columns. */
  readonly coefficients: Float64Array;
  /** What columns of the design are multiplied by; 1 when left out. */
  readonly scales?: Float64Array | undefined;
}

/**
 * Newton's method over the intercept and the columns that have no penalty, given all others, to where their products with
 * the residual are 0 to rounding.
 */
export class FreeNewton {
  /** One byte a column: whether its product was made 0. */
  readonly solved: Uint8Array;
  readonly #loss: RowSumLoss;
  /** The columns, one after the other, with the constant one last when there is an intercept. */
  #columns: Float64Array[] = [];

  /**
   * @param loss - the loss
   * @param cols - number of columns; 0 when the penalty is uniform
   */
  constructor(loss: RowSumLoss, cols: number) {
    this.#loss = loss;
    this.solved = new Uint8Array(cols);
  }

  /** Moves intercept and coefficients to the minimiser; `linear` and the residual of the loss follow. */
  *solve(problem: FreeProblem): Generator<'slice', void, void> {
    const { design, counts, coefficients: w, scales } = problem;
    const loss = this.#loss;
    const free = problem.free.subarray(0, MOST_COLUMNS);
    if (this.#columns.length === 0) this.#columns = columnsOf(problem, free);
    const columns = this.#columns;
    const n = columns.length;
    const step = new Float64Array(design.rows);
    let least = FIRST_SHARE;
    for (const j of free) this.solved[j] = 0;
    for (let round = 0; round < MOST_STEPS; round++) {
      counts.columnTouches += n;
      const gradient = Float64Array.from(columns, (column) => dot(column, loss.residual));
      const bound = 16 * Number.EPSILON * (design.rows + 64) * loss.residualBound;
      let done = true;
      for (let k = 0; k < free.length; k++) {
        if (Math.abs(gradient[k]) > bound * design.norms[free[k]] * (scales?.[free[k]] ?? 1)) done = false;
      }
      if (done) {
        for (const j of free) this.solved[j] = 1;
        return;
      }
      const direction = newtonStep(columns, loss.modelCurvature(least), gradient);
      step.fill(0);
      let centreStep = 0;
      for (let k = 0; k < n; k++) {
        if (k >= free.length) centreStep = direction[k];
        else for (let i = 0; i < step.length; i++) step[i] += direction[k] * columns[k][i];
      }
      let share = 1;
      const rounding = 8 * Number.EPSILON * loss.value;
      for (let half = 0; half < HALVINGS; half++, share /= 2) {
        if (loss.valueAt(step, share, loss.centre + share * centreStep) <= loss.value + rounding) break;
      }
      least = share === 1 ? Math.max(LAST_SHARE, least / SHARE_STEP) : Math.min(1, least * SHARE_STEP);
      for (let k = 0; k < free.length; k++) w[free[k]] += share * direction[k];
      for (let i = 0; i < step.length; i++) loss.linear[i] += share * step[i];
      loss.centre += share * centreStep;
      loss.settle();
      yield 'slice';
    }
  }
}

/** The free columns as dense vectors, and the constant one. */
function columnsOf({ design, scales }: FreeProblem, free: Int32Array): Float64Array[] {
  const { residual: r, residualSum } = design.work;
  const columns: Float64Array[] = [];
  for (const j of free) {
    r.fill(0);
    residualSum[0] = 0;
    design.addColumn(j, scales?.[j] ?? 1);
    const shift = design.intercept ? residualSum[0] / design.rows : 0;
    columns.push(r.map((value) => value - shift));
  }
  if (design.intercept) columns.push(new Float64Array(design.rows).fill(1));
  return columns;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

/** The solution of (C' H C) d = g by Cholesky; 0 for columns that the ones before them span. */
function newtonStep(columns: Float64Array[], curvature: Float64Array, gradient: Float64Array): Float64Array {
  const n = columns.length;
  const l = new Float64Array(n * n);
  const x = gradient.slice();
  for (let i = 0; i < n; i++) {
    const scaled = columns[i].map((value, k) => value * curvature[k]);
    for (let k = 0; k <= i; k++) {
      let value = dot(scaled, columns[k]);
      const square = value;
      for (let s = 0; s < k; s++) value -= l[i * n + s] * l[k * n + s];
      if (k < i) l[i * n + k] = l[k * n + k] === Infinity ? 0 : value / l[k * n + k];
      else l[i * n + i] = value > 64 * n * Number.EPSILON * square ? Math.sqrt(value) : Infinity;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * n + k] * x[k];
    x[i] /= l[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= l[k * n + i] * x[k];
    x[i] /= l[i * n + i];
  }
  return x;
}

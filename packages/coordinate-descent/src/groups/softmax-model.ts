import type { SliceMeter } from '../slices.js';
import { BlockExtrapolation, WINDOW } from './block-extrapolation.js';
import { shrinkBlock, shrinkEntries } from './block-prox.js';
import type { GroupProblem } from './group-problem.js';
import { shiftRow } from './softmax-gauge.js';
import { columnSums, factoredCurvature, type SoftmaxLoss, solveFactored } from './softmax-loss.js';
import type { WorkingColumns } from './working-columns.js';

/** Most passes on one quadratic model. */
const MOST_EPOCHS = 100;
/** A pass that lowers the model by less than this share of the goal is the last one. */
const LAST_SHARE = 0.1;

/** Where a quadratic model is smallest. */
export interface ModelMinimiser {
  /** Coefficients of the columns of the working set, p x k in row layout. */
  readonly next: Float64Array;
  /** Step of the intercepts, length k; all 0 without any. */
  readonly centreStep: Float64Array;
}

/**
 * Minimises the quadratic model of the softmax loss at P plus the penalty by block coordinate descent.
 *
 * The Hessian of a row is h (diag(p) - p p'), no larger than 2 h diag(p (1 - p)) since its rows' off-diagonal sizes add up to
 * their diagonal entry; so row j of W has the diagonal bound D_jc = 2 sum_i h_i a_ij^2 p_ic (1 - p_ic), exact for two
 * classes. V = R - H(Z) of the step Z so far follows every block. Intercepts take exact steps after each pass; passes are extrapolated.
 *
 * @param problem - the problem
 * @param columns - the columns of the working set
 * @param ids - which they are
 * @param loss - the loss, just evaluated
 * @param goal - value of the model that does not matter any more
 * @param meter - counts the work between slices
 * @returns the minimiser, roughly
 */
export function* minimiseSoftmaxModel(
  problem: GroupProblem,
  columns: WorkingColumns,
  ids: Int32Array,
  loss: SoftmaxLoss,
  goal: number,
  meter: SliceMeter,
): Generator<'slice', ModelMinimiser, void> {
  const { design, penalty, coefficients: W, counts } = problem;
  const { outputs: k, ridge, entrywise } = penalty;
  const { probabilities: P, weights: h } = loss;
  const R = loss.residual;
  const moving = new Float64Array(2 * R.length + k);
  const V = moving.subarray(0, R.length);
  const Z = moving.subarray(R.length, 2 * R.length);
  V.set(R);
  const curvatures = yield* boundsOf(columns, ids.length, loss, k, meter);
  const next = new Float64Array(ids.length * k);
  ids.forEach((j, s) => {
    next.set(W.subarray(j * k, (j + 1) * k), s * k);
  });
  const centreStep = moving.subarray(2 * R.length);
  // -R . Z + Z . H Z / 2 plus the penalty, where H Z = R - V.
  const primal = () => {
    let value = price(problem, ids, next, 1);
    for (let e = 0; e < R.length; e++) value -= (Z[e] * (R[e] + V[e])) / 2;
    return value;
  };
  let extrapolation: BlockExtrapolation | undefined;
  const factor = design.intercept ? factoredCurvature(P, h, k) : undefined;
  const sums = new Float64Array(k);
  const u = new Float64Array(k);
  const d = new Float64Array(k);
  const change = new Float64Array(k);
  for (let epoch = 0; epoch < MOST_EPOCHS; epoch++) {
    let decrease = 0;
    for (let s = 0; s < ids.length; s++) {
      columns.products(s, V, k, u);
      counts.columnTouches += k;
      for (let c = 0; c < k; c++) {
        const curvature = curvatures[s * k + c];
        u[c] += curvature * next[s * k + c];
        d[c] = curvature === 0 ? 0 : curvature + ridge;
      }
      if (entrywise) shrinkEntries(u, d, penalty.level(ids[s]));
      else shrinkBlock(u, d, penalty.level(ids[s]));
      shiftRow(u, penalty.level(ids[s]), ridge, entrywise);
      let moved = false;
      for (let c = 0; c < k; c++) {
        change[c] = u[c] - next[s * k + c];
        if (change[c] === 0) continue;
        moved = true;
        decrease += (d[c] * change[c] * change[c]) / 2;
        next[s * k + c] = u[c];
      }
      let cost = k * columns.cost(s);
      if (moved) {
        columns.addCurved(s, change, k, P, h, V);
        columns.add(s, change, k, Z);
        counts.columnTouches += 2 * k;
        cost *= 4;
      }
      if (meter.full(cost)) yield 'slice';
    }
    counts.epochs++;
    if (factor !== undefined) {
      columnSums(V, k, sums);
      const gradient = sums.slice();
      solveFactored(factor, sums);
      for (let c = 0; c < k; c++) {
        centreStep[c] += sums[c];
        decrease += (gradient[c] * sums[c]) / 2;
      }
      moveCentres(V, Z, P, h, sums);
      if (meter.full(4 * V.length)) yield 'slice';
    }
    if (!(decrease > LAST_SHARE * goal)) break;
    extrapolation?.keep();
    if ((epoch + 1) % WINDOW !== 0) continue;
    extrapolation ??= new BlockExtrapolation({ w: next, c: moving }, primal);
    if (extrapolation.extrapolate(primal())) counts.extrapolations++;
    if (meter.full(8 * moving.length * WINDOW)) yield 'slice';
  }
  return { next, centreStep };
}

/** D, p x k; where it underflows it is held above a share of the largest curvature that the column can have. */
function* boundsOf(
  columns: WorkingColumns,
  count: number,
  loss: SoftmaxLoss,
  k: number,
  meter: SliceMeter,
): Generator<'slice', Float64Array, void> {
  const { probabilities: P, weights: h } = loss;
  const Q = new Float64Array(P.length);
  for (let c = 0, e = 0; c < k; c++) {
    for (let i = 0; i < h.length; i++, e++) Q[e] = h[i] * Math.max(2 * P[e] * (1 - P[e]), 1e-10);
  }
  const bounds = new Float64Array(count * k);
  const row = new Float64Array(k);
  for (let s = 0; s < count; s++) {
    columns.squares(s, Q, k, row);
    bounds.set(row, s * k);
    if (meter.full(k * columns.cost(s))) yield 'slice';
  }
  return bounds;
}

/** V <- V - h (diag(p) - p p') step and Z <- Z + step, in every row. */
function moveCentres(V: Float64Array, Z: Float64Array, P: Float64Array, h: Float64Array, step: Float64Array): void {
  const k = step.length;
  const m = h.length;
  const means = new Float64Array(m);
  for (let c = 0, e = 0; c < k; c++) for (let i = 0; i < m; i++, e++) means[i] += P[e] * step[c];
  for (let c = 0, e = 0; c < k; c++) {
    for (let i = 0; i < m; i++, e++) {
      V[e] -= h[i] * P[e] * (step[c] - means[i]);
      Z[e] += step[c];
    }
  }
}

/**
 * The penalty a share of the way on.
 *
 * @param problem - the problem, at the start of the way
 * @param ids - columns of the working set
 * @param next - coefficients at the end of the way, p x k in row layout
 * @param share - how far to go
 * @returns the penalty there
 */
export function price(
  { penalty, coefficients: W }: GroupProblem,
  ids: Int32Array,
  next: Float64Array,
  share: number,
): number {
  const { outputs: k, ridge, entrywise } = penalty;
  let sum = 0;
  for (let s = 0; s < ids.length; s++) {
    let square = 0;
    let size = 0;
    for (let c = 0; c < k; c++) {
      const old = W[ids[s] * k + c];
      const value = old + share * (next[s * k + c] - old);
      square += value * value;
      size += Math.abs(value);
    }
    sum += penalty.level(ids[s]) * (entrywise ? size : Math.sqrt(square)) + (ridge * square) / 2;
  }
  return sum;
}

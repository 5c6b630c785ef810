import type { Design } from './problem/design.js';
import type { LassoProblem } from './problem/lasso-problem.js';
import type { Penalty } from './problem/penalty.js';
import { SLICE, type SliceMeter } from './slices.js';

/** A list of columns, cut into pieces that cost a slice at most, one column at least. */
export interface Pass {
  /** The columns. */
  readonly ids: Int32Array;
  /** How many of them. */
  readonly count: number;
  /** Ends of the pieces, rising, the last one `count`; empty for an empty list. */
  readonly ends: readonly number[];
  /** Multiply-adds of each piece when every coefficient changes. */
  readonly costs: readonly number[];
  /** Sum of the costs. */
  readonly cost: number;
}

/**
 * Plans passes over a list of columns.
 *
 * @param design - the design
 * @param ids - columns
 * @param count - how many of them
 * @returns the plan; good until the list changes
 */
export function planPass(design: Design, ids: Int32Array, count: number): Pass {
  const ends: number[] = [];
  const costs: number[] = [];
  let cost = 0;
  for (let k = 0; k < count; k++) {
    // A product and, where the coefficient changes, an update of the same size.
    const next = 2 * design.cost(ids[k]);
    if (cost > 0 && cost + next > SLICE) {
      ends.push(k);
      costs.push(cost);
      cost = 0;
    }
    cost += next;
  }
  if (count > 0) {
    ends.push(count);
    costs.push(cost);
  }
  return { ids, count, ends, costs, cost: costs.reduce((sum, piece) => sum + piece, 0) };
}

/**
 * One pass of coordinate descent: w_j <- S(x_j . r + |x_j|^2 w_j, t_j) / (|x_j|^2 + mu_j), brought into its bounds, for
 * each column in turn.
 *
 * @param problem - the problem; residual and coefficients move
 * @param pass - the columns
 * @param meter - counts the work between slices
 * @returns how many coefficients changed
 */
export function* descendColumns(
  problem: LassoProblem,
  pass: Pass,
  meter: SliceMeter,
): Generator<'slice', number, void> {
  const { design, counts, penalty } = problem;
  let from = 0;
  let changed = 0;
  for (let piece = 0; piece < pass.ends.length; piece++) {
    changed += design.epoch(pass.ids, from, pass.ends[piece], penalty);
    from = pass.ends[piece];
    if (meter.full(pass.costs[piece])) yield 'slice';
  }
  counts.epochs++;
  counts.columnTouches += pass.count + changed;
  return changed;
}

/** Primal value and duality gap of a restricted problem. */
export interface RestrictedGap {
  /** 1/2 |r|^2 plus the penalty. */
  readonly primal: number;
  /** Primal value minus the dual value of the scaled residual. */
  readonly gap: number;
}

/**
 * The duality gap of the problem restricted to a list of columns that holds the support. It steers an inner solver and
 * certifies nothing.
 *
 * @param problem - the problem
 * @param pass - the columns; their products with the residual go into `design.work.innerProducts`
 * @param meter - counts the work between slices
 * @returns primal value and gap
 */
export function* restrictedGap(
  problem: LassoProblem,
  pass: Pass,
  meter: SliceMeter,
): Generator<'slice', RestrictedGap, void> {
  const { design } = problem;
  const { target, residual: r } = design.work;
  yield* passProducts(problem, pass, meter);
  return restrictedGapAt(problem, pass, design.residualSquare(), design.kernels.dot(r, target));
}

/**
 * The same where products with the residual and its own are known.
 *
 * @param problem - the problem, its coefficients and `innerProducts` up to date
 * @param pass - the columns
 * @param square - |r|^2
 * @param inner - r . y
 * @returns primal value and gap
 */
export function restrictedGapAt(problem: LassoProblem, pass: Pass, square: number, inner: number): RestrictedGap {
  const { design, penalty: penaltyOf } = problem;
  const { coefficients: w, innerProducts: c } = design.work;
  if (!penaltyOf.plain) {
    // At the scale 1 or the largest one that is feasible where it has to be.
    return gapAt(design, penaltyOf, pass, square / 2, (scale) => scale * inner - (scale * scale * square) / 2);
  }
  const { threshold } = penaltyOf;
  let largest = 0;
  let penalty = 0;
  for (let k = 0; k < pass.count; k++) {
    const j = pass.ids[k];
    const size = Math.abs(c[j]);
    if (size > largest) largest = size;
    penalty += Math.abs(w[j]);
  }
  const cap = largest > 0 ? threshold / largest : Infinity;
  const scale = square > 0 ? Math.max(-cap, Math.min(inner / square, cap)) : 0;
  const primal = square / 2 + threshold * penalty;
  return { primal, gap: primal - (scale * inner - (scale * scale * square) / 2) };
}

/**
 * The restricted gap of any loss, just refreshed or evaluated, its residual in place.
 *
 * @param problem - the problem
 * @param pass - the columns
 * @param meter - counts the work between slices
 * @returns primal value and gap
 */
export function* restrictedLossGap(
  problem: LassoProblem,
  pass: Pass,
  meter: SliceMeter,
): Generator<'slice', RestrictedGap, void> {
  const { design, penalty, loss } = problem;
  yield* passProducts(problem, pass, meter);
  return gapAt(design, penalty, pass, loss.value, (scale) => loss.dual(scale));
}

/** Products of the columns of a pass with the residual, into `innerProducts`. */
function* passProducts(problem: LassoProblem, pass: Pass, meter: SliceMeter): Generator<'slice', void, void> {
  const { design, counts } = problem;
  const { residual: r, innerProducts: c } = design.work;
  let from = 0;
  for (let piece = 0; piece < pass.ends.length; piece++) {
    design.selectedProducts(pass.ids, r, c, from, pass.ends[piece]);
    from = pass.ends[piece];
    if (meter.full(pass.costs[piece] / 2)) yield 'slice';
  }
  counts.columnTouches += pass.count;
}

/** Primal value and gap from the products of a pass, a loss and its dual value by scale. */
function gapAt(
  design: Design,
  penalty: Penalty,
  pass: Pass,
  value: number,
  dualAt: (scale: number) => number,
): RestrictedGap {
  const { coefficients: w, innerProducts: c } = design.work;
  let hardest = 1;
  let price = 0;
  for (let k = 0; k < pass.count; k++) {
    const j = pass.ids[k];
    const level = penalty.level(j);
    price += penalty.plain ? level * Math.abs(w[j]) : penalty.value(j, w[j]);
    if (level > 0 && (penalty.plain || penalty.closed(j, c[j]))) {
      hardest = Math.max(hardest, penalty.oriented(j, c[j]) / level);
    }
  }
  const scale = 1 / hardest;
  let dual = dualAt(scale);
  for (let k = 0; k < pass.count && !penalty.plain; k++) {
    const j = pass.ids[k];
    if (!penalty.closed(j, c[j])) dual -= penalty.conjugate(j, scale * c[j]);
    else if (penalty.level(j) === 0) {
      // No penalty: what the coordinate could still gain stands for its part of the gap.
      const pull = penalty.oriented(j, c[j]);
      if (pull > 0 && design.squares[j] > 0) dual -= (pull * pull) / design.squares[j];
    }
  }
  const primal = value + price;
  return { primal, gap: primal - dual };
}

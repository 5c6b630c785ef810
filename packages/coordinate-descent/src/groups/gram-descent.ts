import type { SliceMeter } from '../slices.js';
import { blockMinimiser, type GroupCurvature } from './block-step.js';
import type { GramTable } from './gram-table.js';
import type { GroupEngine } from './group-engine.js';
import type { GroupProblem } from './group-problem.js';
import { productPasses } from './product-passes.js';
import type { SquaredLoss } from './squared-loss.js';

/** The restricted problem in terms of products alone: columns of the working set, p of them, group by group. */
export interface GramModel {
  /** Which groups, and the first column of each among the p, with p at the end. */
  readonly groups: Int32Array;
  readonly starts: Int32Array;
  readonly curvatures: readonly GroupCurvature[];
  /** X'X, p x p. */
  readonly h: Float64Array;
  /** X'R, p x k in row layout, kept along. */
  readonly c: Float64Array;
  /** Coefficients, p x k in row layout. */
  readonly w: Float64Array;
  /** X'R, and coefficients, at the start. */
  readonly c0: Float64Array;
  readonly w0: Float64Array;
  /** |R|^2 at the start. */
  readonly square: number;
}

/**
 * Block coordinate descent on a working set of groups by products alone: each block in turn goes to its exact minimiser, a
 * block soft threshold in the coordinates that make X_g'X_g diagonal (or a step with a bound of its largest eigenvalue,
 * where the group is large), and X'R follows by the products of the columns with one another.
 *
 * @param engine - the run, its working set chosen
 * @param table - the products, with room for the working set
 * @param loss - the loss
 * @param target - gap of the restricted problem at which to end
 * @param meter - counts the work between slices
 */
export function* gramDescent(
  engine: GroupEngine,
  table: GramTable,
  loss: SquaredLoss,
  target: number,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { problem } = engine;
  const columns = activeColumns(problem);
  yield* table.take(columns);
  const model = yield* openModel(problem, table, loss, columns);
  const pass = () => descendGroups(problem, model, meter);
  const value = () => modelGap(problem, model);
  yield* productPasses({ pass, w: model.w, c: model.c, value }, engine, target, meter);
  const k = problem.penalty.outputs;
  columns.forEach((j, s) => {
    for (let o = 0; o < k; o++) problem.coefficients[j * k + o] = model.w[s * k + o];
  });
}

/**
 * The columns of the working set, group by group.
 *
 * @param problem - the problem
 * @returns a new array
 */
export function activeColumns({ penalty, workingSet, active }: GroupProblem): Int32Array {
  const { starts, members } = penalty.groups;
  let p = 0;
  for (let a = 0; a < active; a++) p += starts[workingSet[a] + 1] - starts[workingSet[a]];
  const columns = new Int32Array(p);
  let next = 0;
  for (let a = 0; a < active; a++) {
    for (let s = starts[workingSet[a]]; s < starts[workingSet[a] + 1]; s++) columns[next++] = members[s];
  }
  return columns;
}

function* openModel(
  problem: GroupProblem,
  table: GramTable,
  loss: SquaredLoss,
  columns: Int32Array,
): Generator<'slice', GramModel, void> {
  const { penalty, workingSet, active, products: C, coefficients: W } = problem;
  const { starts } = penalty.groups;
  const k = penalty.outputs;
  const groups = workingSet.slice(0, active);
  const firsts = new Int32Array(active + 1);
  for (let a = 0; a < active; a++) firsts[a + 1] = firsts[a] + starts[groups[a] + 1] - starts[groups[a]];
  const c = new Float64Array(columns.length * k);
  const w = new Float64Array(columns.length * k);
  columns.forEach((j, s) => {
    for (let o = 0; o < k; o++) {
      c[s * k + o] = C[j * k + o];
      w[s * k + o] = W[j * k + o];
    }
  });
  return {
    groups,
    starts: firsts,
    curvatures: Array.from(groups, (g) => table.curvature(g)),
    h: yield* table.gather(columns),
    c,
    w,
    c0: c.slice(),
    w0: w.slice(),
    square: loss.square,
  };
}

/** One pass over the groups; returns how many columns changed. */
function* descendGroups(problem: GroupProblem, model: GramModel, meter: SliceMeter): Generator<'slice', number, void> {
  const { penalty } = problem;
  const { groups, starts, curvatures, h, c, w } = model;
  const k = penalty.outputs;
  const p = starts[groups.length];
  let changed = 0;
  for (let a = 0; a < groups.length; a++) {
    const from = starts[a];
    const size = starts[a + 1] - from;
    const own = [from * k, (from + size) * k] as const;
    const u = new Float64Array(size * k);
    const level = penalty.normLevel(groups[a]);
    const [cOwn, wOwn] = [c.subarray(...own), w.subarray(...own)];
    blockMinimiser(curvatures[a], cOwn, wOwn, level, penalty.ridge, penalty.entrywise, u, penalty.entryLevel);
    let cost = 8 + (size + 2) * size * k;
    for (let s = 0; s < size; s++) {
      let moved = false;
      for (let o = 0; o < k; o++) {
        const e = (from + s) * k + o;
        const step = u[s * k + o] - w[e];
        u[s * k + o] = step;
        if (step !== 0) moved = true;
        w[e] += step;
      }
      if (!moved) continue;
      changed++;
      cost += p * k;
      const row = (from + s) * p;
      if (k === 1) {
        const step = u[s];
        for (let l = 0; l < p; l++) c[l] -= h[row + l] * step;
      } else {
        for (let l = 0, e = 0; l < p; l++) {
          const product = h[row + l];
          for (let o = s * k; o < (s + 1) * k; o++, e++) c[e] -= product * u[o];
        }
      }
    }
    if (meter.full(cost)) yield 'slice';
  }
  return changed;
}

/** Primal value and gap of the restricted problem, which steer and certify nothing. */
function modelGap(problem: GroupProblem, model: GramModel): { readonly primal: number; readonly gap: number } {
  const { penalty } = problem;
  const { groups, starts, c, w, c0, w0 } = model;
  const { threshold, ridge } = penalty;
  const k = penalty.outputs;
  const p = starts[groups.length];
  let square = model.square;
  let price = 0;
  let ratio = 0;
  for (let a = 0; a < groups.length; a++) {
    let wSquare = 0;
    let wSum = 0;
    let cSquare = 0;
    let cLargest = 0;
    for (let e = starts[a] * k; e < starts[a + 1] * k; e++) {
      square -= (w[e] - w0[e]) * (c0[e] + c[e]);
      wSquare += w[e] * w[e];
      wSum += Math.abs(w[e]);
      const pull = c[e] - ridge * w[e];
      cSquare += pull * pull;
      cLargest = Math.max(cLargest, Math.abs(pull));
    }
    price += penalty.normLevel(groups[a]) * (penalty.entrywise ? wSum : Math.sqrt(wSquare)) + (ridge * wSquare) / 2;
    price += penalty.entryLevel * wSum;
    const weight = penalty.weights[groups[a]];
    // Groups without penalty are solved at the next evaluation of the gap.
    if (weight === 0) continue;
    const mixed = penalty.l1Share > 0;
    const size = mixed ? penalty.mixedReach(groups[a], c.subarray(starts[a], starts[a + 1])) : Math.sqrt(cSquare);
    ratio = Math.max(ratio, (penalty.entrywise ? cLargest : size) / weight);
  }
  // R . Y = |R|^2 + R . X W.
  let fitted = 0;
  for (let e = 0; e < p * k; e++) fitted += c[e] * w[e];
  square = Math.max(0, square);
  const inner = square + fitted;
  const primal = square / 2 + price;
  const best = square > 0 ? Math.max(0, inner / square) : 0;
  const scale = Math.min(best, ratio > 0 ? threshold / ratio : Infinity);
  // With a ridge the point is feasible after it, to first order: good enough to steer by.
  const dual = scale * inner - (scale * scale * (square + ridge * normSquare(w))) / 2;
  return { primal, gap: primal - dual };
}

function normSquare(values: Float64Array): number {
  let square = 0;
  for (const value of values) square += value * value;
  return square;
}

// A second method for losses of rows with curvature at most 1, sharing no code with the package: accelerated proximal gradient
// steps with an intercept (A. Beck, M. Teboulle, SIAM Journal on Imaging Sciences 2(1), 2009).
import { boundOf, type Model, normalised, penaltyOf } from './models.js';

/** What the steps found. */
export interface OracleAnswer {
  readonly w: number[];
  readonly c: number;
  /** The most that its objective can be above that of any other point. */
  above(w: ArrayLike<number>, c: number): number;
}

/** Takes steps from 0 by the derivative of the loss of row i at z. */
export function acceleratedSteps(
  rows: number[][],
  slope: (z: number, i: number) => number,
  model: Model,
  steps: number,
): OracleAnswer {
  const m = rows.length;
  const n = rows[0].length;
  const h = normalised(model, m);
  const { l1, l2 } = penaltyOf(model, rows);
  // The Hessian of the loss is at most [A 1]' diag(h) [A 1] / m, whose trace bounds its norm.
  const trace = rows.reduce((sum, row, i) => sum + h[i] * row.reduce((part, a) => part + a * a, 1), 0) / m;
  const step = 1 / trace;
  const prox = (v: number, j: number) => {
    const soft = Math.sign(v) * Math.max(0, Math.abs(v) - step * model.lambda * model.l1Ratio * l1[j]);
    const w = soft / (1 + step * model.lambda * (1 - model.l1Ratio) * l2[j]);
    return Math.max(boundOf(model.lowerBounds, j, -Infinity), Math.min(boundOf(model.upperBounds, j, Infinity), w));
  };
  let w = new Array<number>(n).fill(0);
  let c = 0;
  let ahead = { w, c };
  let t = 1;
  for (let k = 0; k < steps; k++) {
    const r = rows.map((row, i) => {
      const z = row.reduce((sum, a, j) => sum + a * ahead.w[j], ahead.c) + (model.offset?.[i] ?? 0);
      return (h[i] * slope(z, i)) / m;
    });
    const before = { w, c };
    w = w.map((_, j) => prox(ahead.w[j] - step * rows.reduce((sum, row, i) => sum + row[j] * r[i], 0), j));
    if (model.intercept) c = ahead.c - step * r.reduce((sum, value) => sum + value, 0);
    const next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    const share = (t - 1) / next;
    ahead = { w: w.map((value, j) => value + share * (value - before.w[j])), c: c + share * (c - before.c) };
    t = next;
  }
  return {
    w,
    c,
    above: (other, intercept) => {
      const square = Array.from(other).reduce((sum, value) => sum + value * value, intercept * intercept);
      return (2 * trace * square) / (steps + 1) ** 2;
    },
  };
}

/** How far coefficients are from meeting the optimality conditions of their coordinate, beside what a gap allows. */
export function worstViolation(
  rows: number[][],
  slope: (z: number, i: number) => number,
  model: Model,
  w: ArrayLike<number>,
  c: number,
  gap: number,
): number {
  const m = rows.length;
  const h = normalised(model, m);
  const { l1, l2 } = penaltyOf(model, rows);
  const r = rows.map((row, i) => {
    const z = row.reduce((sum, a, j) => sum + a * w[j], c) + (model.offset?.[i] ?? 0);
    return (h[i] * slope(z, i)) / m;
  });
  let worst = -Infinity;
  for (let j = 0; j < l1.length; j++) {
    const [low, high] = [boundOf(model.lowerBounds, j, -Infinity), boundOf(model.upperBounds, j, Infinity)];
    const ridge = model.lambda * (1 - model.l1Ratio) * l2[j];
    const level = model.lambda * model.l1Ratio * l1[j];
    const gradient = rows.reduce((sum, row, i) => sum + row[j] * r[i], ridge * w[j]);
    const curvature = rows.reduce((sum, row, i) => sum + (h[i] * row[j] * row[j]) / m, ridge);
    if (curvature === 0) continue;
    // A coordinate that could fall by `pull` over at least `room` gains pull min(pull / curvature, room) / 2, at most the gap.
    const gains = (pull: number, room: number) => (pull > 0 ? (pull * Math.min(pull / curvature, room)) / 2 : 0);
    const up =
      w[j] < 0 ? gains(-gradient + level, Math.min(-w[j], high - w[j])) : gains(-gradient - level, high - w[j]);
    const down = w[j] > 0 ? gains(gradient + level, Math.min(w[j], w[j] - low)) : gains(gradient - level, w[j] - low);
    worst = Math.max(worst, up - gap, down - gap);
  }
  return worst;
}

/** A model of each kind by number: intercept, weights, offset, a zero penalty factor, bounds and a ridge come and go. */
export function modelOf(k: number, m: number, n: number, lambda: number): Model {
  return {
    lambda,
    l1Ratio: k % 4 === 2 ? 0.5 : 1,
    intercept: k % 4 !== 3,
    ...(k % 3 === 0 ? { sampleWeights: Array.from({ length: m }, (_, i) => (i % 6 === 5 ? 0 : 1 + (i % 3))) } : {}),
    ...(k % 5 < 2 ? { offset: Array.from({ length: m }, (_, i) => ((i % 4) - 1) / 2) } : {}),
    ...(k % 3 === 1 ? { penaltyFactors: Array.from({ length: n }, (_, j) => (j === 1 ? 0 : 0.5 + (j % 3))) } : {}),
    ...(k % 6 === 5 ? { lowerBounds: -0.2, upperBounds: 0.3 } : {}),
  };
}

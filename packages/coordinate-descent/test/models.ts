import type { ModelOptions } from '../src/index.js';

/** A model by its definition, for those who check a fit without the solver. */
export interface Model extends ModelOptions {
  readonly lambda: number;
  readonly l1Ratio: number;
  readonly intercept: boolean;
}

/** Sample weights of mean 1. */
export function normalised(model: ModelOptions, m: number): number[] {
  const weights = Array.from(model.sampleWeights ?? new Array<number>(m).fill(1));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (weight * m) / sum);
}

/** Factors of |w_j| and of w_j^2 / 2 in units of lambda rho and lambda (1 - rho). */
export function penaltyOf(model: ModelOptions, rows: number[][]): { l1: number[]; l2: number[] } {
  const m = rows.length;
  const h = normalised(model, m);
  const l1: number[] = [];
  const l2: number[] = [];
  for (let j = 0; j < rows[0].length; j++) {
    let deviation = 1;
    if (model.standardize === true) {
      const mean = rows.reduce((sum, row, i) => sum + h[i] * row[j], 0) / m;
      deviation = Math.sqrt(rows.reduce((sum, row, i) => sum + h[i] * (row[j] - mean) ** 2, 0) / m);
    }
    const factor = model.penaltyFactors?.[j] ?? 1;
    l1.push(factor * deviation);
    l2.push(factor * deviation * deviation);
  }
  return { l1, l2 };
}

/** lambda sum_j (rho l1_j |w_j| + (1 - rho)/2 l2_j w_j^2). */
function penaltyAt(rows: number[][], model: Model, w: ArrayLike<number>): number {
  const { l1, l2 } = penaltyOf(model, rows);
  let value = 0;
  for (let j = 0; j < l1.length; j++) {
    value += model.lambda * (model.l1Ratio * l1[j] * Math.abs(w[j]) + ((1 - model.l1Ratio) / 2) * l2[j] * w[j] * w[j]);
  }
  return value;
}

/** A bound of a coefficient. */
export function boundOf(bound: number | ArrayLike<number> | undefined, j: number, none: number): number {
  return bound === undefined ? none : typeof bound === 'number' ? bound : bound[j];
}

/** 1/(2m) sum_i h_i (b_i - o_i - a_i w - c)^2 + lambda sum_j (rho l1_j |w_j| + (1 - rho)/2 l2_j w_j^2). */
export function primalOf(
  rows: number[][],
  b: ArrayLike<number>,
  model: Model,
  w: ArrayLike<number>,
  c: number,
): number {
  const m = rows.length;
  const h = normalised(model, m);
  let value = 0;
  rows.forEach((row, i) => {
    const r = b[i] - (model.offset?.[i] ?? 0) - c - row.reduce((sum, a, j) => sum + a * w[j], 0);
    value += (h[i] * r * r) / (2 * m);
  });
  return value + penaltyAt(rows, model, w);
}

/**
 * (b - o) . u - (m/2) sum_i u_i^2 / h_i - sum_j g_j*(a_j . u), with products over their limit by no more than `rounding`
 * counted as at it where g_j* is infinite beyond; -Infinity where the point is not feasible. `u` has sum 0 to `rounding`
 * when there is an intercept.
 */
export function dualValue(
  rows: number[][],
  b: ArrayLike<number>,
  model: Model,
  u: ArrayLike<number>,
  rounding: number,
): number {
  const m = rows.length;
  const h = normalised(model, m);
  let value = 0;
  let sum = 0;
  for (let i = 0; i < m; i++) {
    if (h[i] === 0 && u[i] !== 0) return -Infinity;
    sum += u[i];
    value += (b[i] - (model.offset?.[i] ?? 0)) * u[i] - (h[i] === 0 ? 0 : (m * u[i] * u[i]) / (2 * h[i]));
  }
  if (model.intercept && Math.abs(sum) > rounding) return -Infinity;
  return value - conjugates(rows, model, u, rounding);
}

/** sum_j g_j*(a_j . u), as {@link dualValue} counts it; may be Infinity. */
function conjugates(rows: number[][], model: Model, u: ArrayLike<number>, rounding: number): number {
  const { l1, l2 } = penaltyOf(model, rows);
  let value = 0;
  for (let j = 0; j < l1.length; j++) {
    const c = rows.reduce((total, row, i) => total + row[j] * u[i], 0);
    const excess = Math.abs(c) - model.lambda * model.l1Ratio * l1[j];
    if (excess <= 0) continue;
    const limit = c > 0 ? boundOf(model.upperBounds, j, Infinity) : -boundOf(model.lowerBounds, j, -Infinity);
    const ridge = model.lambda * (1 - model.l1Ratio) * l2[j];
    if (limit === 0) continue;
    if (ridge > 0) {
      const v = Math.min(excess / ridge, limit);
      value += excess * v - (ridge * v * v) / 2;
    } else if (limit < Infinity) value += excess * limit;
    else if (excess > rounding) return Infinity;
  }
  return value;
}

/** 1/m sum_i h_i log(1 + exp(-y_i (a_i w + c + o_i))) plus the penalty. */
export function logisticPrimal(
  rows: number[][],
  y: ArrayLike<number>,
  model: Model,
  w: ArrayLike<number>,
  c: number,
): number {
  const m = rows.length;
  const h = normalised(model, m);
  let value = 0;
  rows.forEach((row, i) => {
    const t = y[i] * (row.reduce((sum, a, j) => sum + a * w[j], c) + (model.offset?.[i] ?? 0));
    value += (h[i] * (Math.max(0, -t) + Math.log1p(Math.exp(-Math.abs(t))))) / m;
  });
  return value + penaltyAt(rows, model, w);
}

/**
 * 1/m sum_i h_i H(m u_i y_i / h_i) - sum_i u_i o_i - sum_j g_j*(a_j . u) with the entropy H; -Infinity where the point is
 * not feasible.
 */
export function logisticDual(
  rows: number[][],
  y: ArrayLike<number>,
  model: Model,
  u: ArrayLike<number>,
  rounding: number,
): number {
  const m = rows.length;
  const h = normalised(model, m);
  let value = 0;
  let sum = 0;
  for (let i = 0; i < m; i++) {
    if (h[i] === 0 && u[i] !== 0) return -Infinity;
    sum += u[i];
    value -= u[i] * (model.offset?.[i] ?? 0);
    if (h[i] === 0) continue;
    const p = (m * u[i] * y[i]) / h[i];
    if (p < 0 || p > 1 + 1e-12) return -Infinity;
    if (p > 0 && p < 1) value -= (h[i] * (p * Math.log(p) + (1 - p) * Math.log1p(-p))) / m;
  }
  if (model.intercept && Math.abs(sum) > rounding) return -Infinity;
  return value - conjugates(rows, model, u, rounding);
}

/** 1/m sum_i h_i phi(a_i w + c + o_i, i) plus the penalty. */
function rowLossPrimal(
  rows: number[][],
  model: Model,
  w: ArrayLike<number>,
  c: number,
  phi: (z: number, i: number) => number,
): number {
  const m = rows.length;
  const h = normalised(model, m);
  let value = 0;
  rows.forEach((row, i) => {
    value += (h[i] * phi(row.reduce((sum, a, j) => sum + a * w[j], c) + (model.offset?.[i] ?? 0), i)) / m;
  });
  return value + penaltyAt(rows, model, w);
}

/** The objective of a Huber regression. */
export function huberPrimal(
  rows: number[][],
  b: ArrayLike<number>,
  epsilon: number,
  model: Model,
  w: ArrayLike<number>,
  c: number,
): number {
  return rowLossPrimal(rows, model, w, c, (z, i) => {
    const size = Math.abs(b[i] - z);
    return size <= epsilon ? (size * size) / 2 : epsilon * size - (epsilon * epsilon) / 2;
  });
}

/** The dual value of a Huber regression: that of least squares, with m |u_i| <= epsilon h_i beside. */
export function huberDual(
  rows: number[][],
  b: ArrayLike<number>,
  epsilon: number,
  model: Model,
  u: ArrayLike<number>,
  rounding: number,
): number {
  const m = rows.length;
  const h = normalised(model, m);
  for (let i = 0; i < m; i++) if (m * Math.abs(u[i]) > epsilon * h[i] * (1 + 1e-12)) return -Infinity;
  return dualValue(rows, b, model, u, rounding);
}

/** The objective of a classification by the squared hinge. */
export function squaredHingePrimal(
  rows: number[][],
  y: ArrayLike<number>,
  model: Model,
  w: ArrayLike<number>,
  c: number,
): number {
  return rowLossPrimal(rows, model, w, c, (z, i) => Math.max(0, 1 - y[i] * z) ** 2 / 2);
}

/** Its dual value: that of least squares on the signs, with u_i of the sign of y_i beside. */
export function squaredHingeDual(
  rows: number[][],
  y: ArrayLike<number>,
  model: Model,
  u: ArrayLike<number>,
  rounding: number,
): number {
  for (let i = 0; i < rows.length; i++) if (u[i] * y[i] < -1e-15) return -Infinity;
  return dualValue(rows, y, model, u, rounding);
}

/** Options of all kinds for data of shape (m, n). */
export function kindsOfModels(m: number, n: number): Record<string, ModelOptions> {
  const sampleWeights = Array.from({ length: m }, (_, i) => (i % 5 === 4 ? 0 : 1 + (i % 3)));
  const offset = Array.from({ length: m }, (_, i) => (i % 4) - 1);
  const penaltyFactors = Array.from({ length: n }, (_, j) => (j % 10 === 4 ? 0 : 0.5 + (j % 3)));
  const lowerBounds = Array.from({ length: n }, (_, j) => (j % 3 === 0 ? -Infinity : j % 3 === 1 ? -0.2 : 0));
  const upperBounds = Array.from({ length: n }, (_, j) => (j % 4 === 0 ? Infinity : j % 4 === 1 ? 0.3 : 0));
  return {
    plain: {},
    weights: { sampleWeights },
    offset: { offset },
    factors: { penaltyFactors },
    'above 0': { lowerBounds: 0 },
    'below 0': { upperBounds: 0 },
    'in a box': { lowerBounds: -0.1, upperBounds: 0.2 },
    'all kinds of bounds': { lowerBounds, upperBounds },
    scaled: { standardize: true },
    everything: { sampleWeights, offset, penaltyFactors, lowerBounds, upperBounds, standardize: true },
  };
}

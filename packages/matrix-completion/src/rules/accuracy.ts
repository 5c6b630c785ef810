import type { Budget, Sliced } from '../budget.js';
import { gram, symmetricEigen } from '../kernels/eigen.js';

/** Loosest accuracy that the rule asks for, and the share of the distance that an inexact solve may leave. */
const LOOSEST = 0.1;
/** Tightest accuracy that the rule asks for: near what rounding allows. */
const TIGHTEST = 1e-12;

/**
 * How accurately a half sweep has to be solved: 0.1 residual / kappa, within [1e-12, 0.1]. Errors of this size keep the
 * contraction of exact alternating minimisation, because they are small beside both the distance to the solution and
 * its smallest singular value.
 *
 * @param relativeResidual - |P(Y - U V')| / |P(Y)| of the last sweep, 1 at the start
 * @param kappa - condition number of U V', 1 at the start
 * @returns the tolerance relative to the right-hand side
 */
export function innerTolerance(relativeResidual: number, kappa: number): number {
  return Math.min(LOOSEST, Math.max(TIGHTEST, (LOOSEST * relativeResidual) / kappa));
}

/**
 * Gives the condition number of U V' on its rank: the largest over the smallest nonzero singular value.
 *
 * @param m - rows of U
 * @param n - rows of V
 * @param k - columns of both
 * @param U - row by row
 * @param V - row by row
 * @param budget - when to give way
 * @returns a number >= 1, up to about 1e8 (beyond that rounding hides the small ones); 1 when U V' is 0
 */
export function* conditionNumber(
  m: number,
  n: number,
  k: number,
  U: Float64Array,
  V: Float64Array,
  budget: Budget,
): Sliced<number> {
  const left = yield* symmetricEigen(k, yield* gram(m, k, U, budget), budget);
  const right = yield* gram(n, k, V, budget);
  // S = D^1/2 W' (V'V) W D^1/2 with U'U = W D W' has the squares of the singular values of U V'.
  const scaled = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    const root = Math.sqrt(Math.max(0, left.values[a]));
    for (let c = 0; c < k; c++) scaled[a * k + c] = root * left.vectors[a * k + c];
  }
  const half = new Float64Array(k * k);
  const square = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    for (let c = 0; c < k; c++) for (let d = 0; d < k; d++) half[a * k + d] += scaled[a * k + c] * right[c * k + d];
    if (budget.spend(k * k)) yield 'slice';
  }
  for (let a = 0; a < k; a++) {
    for (let b = 0; b <= a; b++) {
      for (let c = 0; c < k; c++) square[a * k + b] += half[a * k + c] * scaled[b * k + c];
      square[b * k + a] = square[a * k + b];
    }
    if (budget.spend((k * k) / 2)) yield 'slice';
  }
  const { values } = yield* symmetricEigen(k, square, budget);
  const floor = k * Number.EPSILON * values[0];
  let smallest = values[0];
  for (const value of values) if (value > floor) smallest = value;
  return values[0] > 0 ? Math.sqrt(values[0] / smallest) : 1;
}

import type { SplitMatrix, Triangle } from '../problem/split-matrix.js';

/*
 * A = D + L + U, P = D / omega + L, Q = D / omega + U, c = (2 - omega) / omega, so A = P + Q - c D.
 * All kernels work on the rows from <= i < to and leave the same bits wherever the rows are cut.
 */

/** start - sum over row i of a_ij v_j, entries in rising order of j. */
function minusRow(triangle: Triangle, i: number, start: number, v: Float64Array): number {
  const { indptr, indices, data } = triangle;
  const end = indptr[i + 1];
  let sum = start;
  for (let k = indptr[i]; k < end; k++) sum -= data[k] * v[indices[k]];
  return sum;
}

/** r = b - A x. */
export function residual(
  A: SplitMatrix,
  b: Float64Array,
  x: Float64Array,
  r: Float64Array,
  from: number,
  to: number,
): void {
  const { diagonal, lower, upper } = A;
  for (let i = from; i < to; i++) {
    r[i] = minusRow(upper, i, minusRow(lower, i, b[i], x) - diagonal[i] * x[i], x);
  }
}

/** Solves P v = r, rows in rising order. */
export function forwardSolve(
  A: SplitMatrix,
  r: Float64Array,
  v: Float64Array,
  omega: number,
  from: number,
  to: number,
): void {
  const { diagonal, lower } = A;
  for (let i = from; i < to; i++) v[i] = (minusRow(lower, i, r[i], v) * omega) / diagonal[i];
}

/** Solves Q v = r, rows in falling order. */
export function backwardSolve(
  A: SplitMatrix,
  r: Float64Array,
  v: Float64Array,
  omega: number,
  from: number,
  to: number,
): void {
  const { diagonal, upper } = A;
  for (let i = to - 1; i >= from; i--) v[i] = (minusRow(upper, i, r[i], v) * omega) / diagonal[i];
}

/** After P delta = r: r - A delta = (1 / omega - 1) D delta - U delta, written over r. */
export function sorResidual(
  A: SplitMatrix,
  delta: Float64Array,
  r: Float64Array,
  omega: number,
  from: number,
  to: number,
): void {
  const { diagonal, upper } = A;
  const factor = 1 / omega - 1;
  for (let i = from; i < to; i++) r[i] = minusRow(upper, i, factor * diagonal[i] * delta[i], delta);
}

/**
 * For symmetric A, {@link forwardSolve} and {@link sorResidual} at once: each entry of L is read for its row and, being
 * u_ji, subtracted from r_j. The terms of each r_j come in the order in which sorResidual takes them: the same bits.
 */
export function sorSymmetric(
  A: SplitMatrix,
  r: Float64Array,
  delta: Float64Array,
  omega: number,
  from: number,
  to: number,
): void {
  const { diagonal, lower } = A;
  const { indptr, indices, data } = lower;
  const factor = 1 / omega - 1;
  for (let i = from; i < to; i++) {
    const start = indptr[i];
    const end = indptr[i + 1];
    let sum = r[i];
    for (let k = start; k < end; k++) sum -= data[k] * delta[indices[k]];
    const step = (sum * omega) / diagonal[i];
    delta[i] = step;
    r[i] = factor * diagonal[i] * step;
    for (let k = start; k < end; k++) r[indices[k]] -= data[k] * step;
  }
}

/**
 * First half of SSOR: takes the last step off the residual and solves P z = r over the same entries of L.
 *
 * With Q delta = y, A delta = P delta + y - c D delta = (1 / omega - c) D delta + L delta + y.
 */
export function ssorForward(
  A: SplitMatrix,
  r: Float64Array,
  y: Float64Array,
  delta: Float64Array,
  z: Float64Array,
  omega: number,
  from: number,
  to: number,
): void {
  const { diagonal, lower } = A;
  const { indptr, indices, data } = lower;
  const factor = 1 / omega - (2 - omega) / omega;
  for (let i = from; i < to; i++) {
    const end = indptr[i + 1];
    let moved = factor * diagonal[i] * delta[i];
    let solved = 0;
    for (let k = indptr[i]; k < end; k++) {
      const j = indices[k];
      moved += data[k] * delta[j];
      solved += data[k] * z[j];
    }
    r[i] -= moved + y[i];
    z[i] = ((r[i] - solved) * omega) / diagonal[i];
  }
}

/** Second half of SSOR: y = c D z, then Q delta = y, rows in falling order. */
export function ssorBackward(
  A: SplitMatrix,
  z: Float64Array,
  y: Float64Array,
  delta: Float64Array,
  omega: number,
  from: number,
  to: number,
): void {
  const { diagonal } = A;
  const c = (2 - omega) / omega;
  for (let i = from; i < to; i++) y[i] = c * diagonal[i] * z[i];
  backwardSolve(A, y, delta, omega, from, to);
}

/**
 * The products of SSOR-CG after Q p = h: q = A p, and t with P^-1 A p = p + t, over the same entries of L.
 *
 * With y = h - c D p, P t = y and A p = y + D p / omega + L p.
 */
export function ssorCgProducts(
  A: SplitMatrix,
  h: Float64Array,
  p: Float64Array,
  t: Float64Array,
  q: Float64Array,
  omega: number,
  from: number,
  to: number,
): void {
  const { diagonal, lower } = A;
  const { indptr, indices, data } = lower;
  const c = (2 - omega) / omega;
  for (let i = from; i < to; i++) {
    const end = indptr[i + 1];
    const y = h[i] - c * diagonal[i] * p[i];
    let product = 0;
    let solved = 0;
    for (let k = indptr[i]; k < end; k++) {
      const j = indices[k];
      product += data[k] * p[j];
      solved += data[k] * t[j];
    }
    t[i] = ((y - solved) * omega) / diagonal[i];
    q[i] = y + (diagonal[i] * p[i]) / omega + product;
  }
}

/** sum of v_i w_i in rising order of i. */
export function inner(v: Float64Array, w: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i] * w[i];
  return sum;
}

/** x += factor v, unless an entry would leave the finite numbers: then nothing is written and false comes back. */
export function addWhenFinite(x: Float64Array, factor: number, v: Float64Array): boolean {
  let check = 0;
  for (let i = 0; i < x.length; i++) check += (x[i] + factor * v[i]) * 0;
  if (check !== 0) return false;
  for (let i = 0; i < x.length; i++) x[i] += factor * v[i];
  return true;
}

/** h = scaled s + beta h with beta = rho / before (0 without `before`), rho = sum of scaled_i s_i^2, which comes back. */
export function ssorCgTurn(scaled: Float64Array, s: Float64Array, h: Float64Array, before: number | undefined): number {
  let rho = 0;
  for (let i = 0; i < s.length; i++) rho += scaled[i] * s[i] * s[i];
  const beta = before === undefined ? 0 : rho / before;
  for (let i = 0; i < s.length; i++) h[i] = scaled[i] * s[i] + beta * h[i];
  return rho;
}

/** r -= step q and s -= step (p + t); |r|^2 comes back, summed in rising order of i. */
export function ssorCgStep(
  step: number,
  p: Float64Array,
  q: Float64Array,
  t: Float64Array,
  r: Float64Array,
  s: Float64Array,
): number {
  let square = 0;
  for (let i = 0; i < r.length; i++) {
    const rest = r[i] - step * q[i];
    r[i] = rest;
    s[i] -= step * (p[i] + t[i]);
    square += rest * rest;
  }
  return square;
}

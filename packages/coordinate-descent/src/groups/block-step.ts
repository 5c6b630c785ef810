import { shrinkBlock, shrinkEntries } from './block-prox.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** Largest group whose own products are decomposed; the others go by a bound of their largest eigenvalue. */
const MOST_DECOMPOSED = 64;

/** The curvature of a group: eigenvalues with their vectors, or one bound of all of them without. */
export interface GroupCurvature {
  /** Eigenvalues of X_g'X_g; or as many equal bounds of the largest one. */
  readonly values: Float64Array;
  /** Eigenvector i at [i n, (i + 1) n); undefined where the values are bounds, or there is only one. */
  readonly vectors: Float64Array | undefined;
}

/**
 * Decomposes the products of a group's columns, or bounds their largest eigenvalue by min(trace, largest sum of sizes in a
 * row) where there are more than 64.
 *
 * @param a - X_g'X_g, n x n; overwritten
 * @param n - number of columns
 * @returns the curvature
 */
export function curvatureOf(a: Float64Array, n: number): GroupCurvature {
  if (n === 1) return { values: a, vectors: undefined };
  if (n <= MOST_DECOMPOSED) return symmetricEigen(a, n);
  let trace = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(a[i * n + j]);
    trace += a[i * n + i];
    largest = Math.max(largest, sum);
  }
  return { values: new Float64Array(n).fill(Math.min(trace, largest)), vectors: undefined };
}

/**
 * The minimiser of a block: one column with k outputs, or several columns with one.
 *
 * In the coordinates of the eigenvectors the quadratic model of the loss is diagonal, while the Euclidean norm stays what it
 * is, so that `shrinkBlock` solves it. A bound of the eigenvalues in their place makes it the block soft threshold.
 *
 * @param curvature - that of the group
 * @param c - products of the group's columns with the residual, n of them
 * @param w - the coefficients as they are
 * @param level - t_g
 * @param ridge - mu
 * @param entrywise - whether the sizes of single entries are added up, for one column only
 * @param out - the new coefficients
 * @param entryLevel - factor of the sum of sizes beside the norm, for one output; groups of several columns then take proximal
 * steps with their largest eigenvalue
 */
export function blockMinimiser(
  { values, vectors }: GroupCurvature,
  c: Float64Array,
  w: Float64Array,
  level: number,
  ridge: number,
  entrywise: boolean,
  out: Float64Array,
  entryLevel = 0,
): void {
  const n = c.length;
  const d = new Float64Array(n);
  if (entryLevel > 0) {
    proximalSteps({ values, vectors }, c, w, level, entryLevel, out);
    return;
  }
  if (vectors === undefined) {
    for (let e = 0; e < n; e++) {
      // One column has one value for all outputs.
      const value = values.length === 1 ? values[0] : values[e];
      d[e] = value === 0 ? 0 : value + ridge;
      out[e] = value * w[e] + c[e];
    }
    if (entrywise) shrinkEntries(out, d, level);
    else shrinkBlock(out, d, level);
    return;
  }
  const u = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let product = 0;
    let coefficient = 0;
    for (let j = 0; j < n; j++) {
      product += vectors[i * n + j] * c[j];
      coefficient += vectors[i * n + j] * w[j];
    }
    u[i] = product + values[i] * coefficient;
    d[i] = values[i] === 0 ? 0 : values[i] + ridge;
  }
  shrinkBlock(u, d, level);
  out.fill(0);
  for (let i = 0; i < n; i++) if (u[i] !== 0) for (let j = 0; j < n; j++) out[j] += vectors[i * n + j] * u[i];
}

/** Most proximal steps on one group, and the share of the first one's length below which one is the last. */
const MOST_STEPS = 10;
const LAST_STEP = 1e-3;

/** Proximal steps towards the minimiser of a block with sizes of entries beside the norm; one is enough for one column. */
function proximalSteps(
  { values, vectors }: GroupCurvature,
  c: Float64Array,
  w: Float64Array,
  level: number,
  entryLevel: number,
  out: Float64Array,
): void {
  const steepest = values.reduce((most, value) => Math.max(most, value), 0);
  out.fill(0);
  if (steepest === 0) return;
  const n = c.length;
  const d = new Float64Array(n).fill(steepest);
  const at = w.slice();
  const slope = c.slice();
  for (let step = 0, first = 0; step < MOST_STEPS; step++) {
    for (let e = 0; e < n; e++) {
      const u = steepest * at[e] + slope[e];
      out[e] = u > entryLevel ? u - entryLevel : u < -entryLevel ? u + entryLevel : 0;
    }
    shrinkBlock(out, d, level);
    if (vectors === undefined) return;
    const change = out.map((value, e) => value - at[e]);
    let square = 0;
    for (const value of change) square += value * value;
    if (step === 0) first = square;
    if (square <= LAST_STEP * LAST_STEP * first) return;
    for (let i = 0; i < n; i++) {
      let product = 0;
      for (let j = 0; j < n; j++) product += vectors[i * n + j] * change[j];
      if (product !== 0) for (let j = 0; j < n; j++) slope[j] -= values[i] * product * vectors[i * n + j];
    }
    at.set(out);
  }
}

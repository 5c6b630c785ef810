import { exp, log, log1p } from '@lemmata/core';
import type { SliceMeter } from '../slices.js';
import type { SoftmaxModel } from './functions/softmax.js';
import type { Slices } from './oracle.js';
import type { Separable } from './separable.js';

/** out = A W for weights f k + c, row by row; returns columns looked at. */
export function* classForms(
  { columns, classes }: SoftmaxModel,
  meter: SliceMeter,
  weights: Float64Array,
  out: Float64Array,
): Slices<number> {
  const { indptr, indices, data } = columns;
  let touches = 0;
  out.fill(0);
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    const c = i % classes;
    const f = (i - c) / classes;
    for (let e = indptr[f]; e < indptr[f + 1]; e++) out[indices[e] * classes + c] += data[e] * weights[i];
    touches++;
    if (meter.full(indptr[f + 1] - indptr[f])) yield 'slice';
  }
  return touches;
}

/** out = A' V for V row by row. */
export function* classProducts(
  { columns, classes }: SoftmaxModel,
  meter: SliceMeter,
  v: Float64Array,
  out: Float64Array,
): Slices {
  const { indptr, indices, data } = columns;
  out.fill(0);
  for (let f = 0; f < columns.cols; f++) {
    for (let e = indptr[f]; e < indptr[f + 1]; e++) {
      for (let c = 0; c < classes; c++) out[f * classes + c] += data[e] * v[indices[e] * classes + c];
    }
    if (meter.full(classes * (indptr[f + 1] - indptr[f]))) yield 'slice';
  }
}

/** The probabilities exp(z_c) / sum_c exp(z_c) of a row. */
export function rowChances(z: Float64Array, at: number, classes: number, chances: Float64Array): void {
  let most = -Infinity;
  for (let c = at; c < at + classes; c++) most = Math.max(most, z[c]);
  let sum = 0;
  for (let c = at; c < at + classes; c++) {
    chances[c] = exp(z[c] - most);
    sum += chances[c];
  }
  for (let c = at; c < at + classes; c++) chances[c] /= sum;
}

/** log sum_c exp(z_c) - z_y, exact to rounding where it is small. */
export function rowLoss(z: Float64Array, at: number, classes: number, y: number): number {
  let best = at;
  for (let c = at + 1; c < at + classes; c++) if (z[c] > z[best]) best = c;
  let rest = 0;
  for (let c = at; c < at + classes; c++) if (c !== best) rest += exp(z[c] - z[best]);
  return z[best] - z[at + y] + log1p(rest);
}

/**
 * The dual value at share (Y - P), the share as large as the penalty allows: rows add -sum q log q with
 * q = (1 - share) Y + share P, variables less what the conjugate of the rest takes.
 */
export function softmaxDual(
  { classes, codes, ridge }: SoftmaxModel,
  chances: Float64Array,
  { gradient, x }: { readonly gradient: Float64Array; readonly x: Float64Array },
  separable: Separable,
): number {
  let share = 1;
  for (let i = 0; i < x.length; i++) {
    const c = ridge * x[i] - gradient[i];
    if (Math.abs(c) > separable.l1[i] && separable.opens(i, c, ridge)) {
      share = Math.min(share, separable.l1[i] / Math.abs(c));
    }
  }
  let dual = 0;
  for (let r = 0; r < codes.length; r++) {
    for (let c = 0; c < classes; c++) {
      const q = share * chances[r * classes + c] + (c === codes[r] ? 1 - share : 0);
      if (q > 0) dual -= q * log(q);
    }
  }
  for (let i = 0; i < x.length; i++) {
    const c = share * (ridge * x[i] - gradient[i]);
    const level = separable.l1[i];
    // At the feasible share the product that limits it is t_i but for rounding.
    const inside = separable.opens(i, c, ridge) ? Math.max(-level, Math.min(level, c)) : c;
    dual -= separable.conjugate(i, inside, ridge);
  }
  return dual;
}

import { rowEntropy, rowMiss } from '../problem/softmax-row.js';
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
  const products = x.map((value, i) => ridge * value - gradient[i]);
  const share = separable.feasibleShare(products, ridge);
  let dual = 0;
  for (let r = 0; r < codes.length; r++) {
    const miss = rowMiss(chances, r * classes, 1, classes, codes[r]);
    dual += rowEntropy(chances, r * classes, 1, classes, codes[r], miss, share);
  }
  return separable.lessConjugate(
    dual,
    products.map((c) => share * c),
    ridge,
  );
}

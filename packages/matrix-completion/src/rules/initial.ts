import type { RandomStream } from '@lemmata/core';
import type { Budget, Sliced } from '../budget.js';
import { gram, symmetricEigen } from '../kernels/eigen.js';
import { orthonormalise } from '../kernels/orthonormalise.js';
import type { Lines } from '../problem/lines.js';

/** Largest degree over the mean degree from which entries are divided by degrees before the singular vectors. */
const UNEVEN = 4;
/** Columns beyond the rank that the search for the leading subspace carries along. */
const EXTRA = 8;
/** Rounds of the power iteration. */
const ROUNDS = 4;

/**
 * Finds the leading left singular vectors of the observed matrix with zeros in the holes, by randomised subspace
 * iteration: the start of the paper. The weights do not enter, and the scale 1/p of the paper does not matter.
 *
 * With `byDegree` entry ij is divided by sqrt(n_i n_j), the entries in its row and column, and row i of the result by
 * sqrt(n_i), so that full rows and columns do not crowd out the others.
 *
 * @param byRow - the entries by rows
 * @param byCol - the same entries by columns
 * @param k - how many vectors
 * @param mean - what is subtracted from the values
 * @param byDegree - whether entries are divided by degrees
 * @param stream - where the random start comes from
 * @param budget - when to give way
 * @returns orthonormal columns, rows x k, row by row
 */
export function* leadingSubspace(
  byRow: Lines,
  byCol: Lines,
  k: number,
  mean: number,
  byDegree: boolean,
  stream: RandomStream,
  budget: Budget,
): Sliced<Float64Array> {
  const rowScale = degreeScale(byRow, byDegree);
  const colScale = degreeScale(byCol, byDegree);
  const m = byRow.count;
  const n = byCol.count;
  const block = Math.min(k + EXTRA, m, n);
  const right = Float64Array.from({ length: n * block }, () => stream.normal());
  const left = new Float64Array(m * block);
  for (let round = 0; round < ROUNDS; round++) {
    yield* sparseTimes(byRow, rowScale, colScale, right, block, mean, left, budget);
    yield* orthonormalise(m, block, left, budget);
    yield* sparseTimes(byCol, colScale, rowScale, left, block, mean, right, budget);
    if (round < ROUNDS - 1) yield* orthonormalise(n, block, right, budget);
  }
  // right = X'Q: the eigenvectors of its Gram matrix turn Q into singular vectors.
  const { vectors } = yield* symmetricEigen(block, yield* gram(n, block, right, budget), budget);
  const U = new Float64Array(m * k);
  for (let i = 0; i < m; i++) {
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let d = 0; d < block; d++) sum += left[i * block + d] * vectors[c * block + d];
      U[i * k + c] = sum * rowScale[i];
    }
    if (budget.spend(k * block)) yield 'slice';
  }
  yield* orthonormalise(m, k, U, budget);
  return U;
}

/** 1 / sqrt of the entries of each line, or 1. */
function degreeScale(lines: Lines, byDegree: boolean): Float64Array {
  const scale = new Float64Array(lines.count).fill(1);
  if (!byDegree) return scale;
  for (let i = 0; i < lines.count; i++) scale[i] = 1 / Math.sqrt(Math.max(1, lines.indptr[i + 1] - lines.indptr[i]));
  return scale;
}

/**
 * Says whether some line has more than 4 times the entries of the mean line.
 *
 * @param lines - the lines
 * @returns whether the degrees are so uneven
 */
export function hasUnevenDegrees(lines: Lines): boolean {
  let largest = 0;
  for (let i = 0; i < lines.count; i++) largest = Math.max(largest, lines.indptr[i + 1] - lines.indptr[i]);
  return largest * lines.count > UNEVEN * lines.places.length;
}

/** out = D X E B for the sparse lines X less the mean, D and E diagonal scales, B having `width` columns. */
function* sparseTimes(
  lines: Lines,
  lineScale: Float64Array,
  placeScale: Float64Array,
  b: Float64Array,
  width: number,
  mean: number,
  out: Float64Array,
  budget: Budget,
): Sliced {
  out.fill(0);
  for (let line = 0; line < lines.count; line++) {
    const at = line * width;
    for (let e = lines.indptr[line]; e < lines.indptr[line + 1]; e++) {
      const value = (lines.values[e] - mean) * lineScale[line] * placeScale[lines.places[e]];
      const from = lines.places[e] * width;
      for (let c = 0; c < width; c++) out[at + c] += value * b[from + c];
      if (budget.spend(width)) yield 'slice';
    }
  }
}

/**
 * Draws normal factors.
 *
 * @param length - how many numbers
 * @param deviation - their standard deviation
 * @param stream - where they come from
 * @returns a new array
 */
export function randomFactor(length: number, deviation: number, stream: RandomStream): Float64Array {
  return Float64Array.from({ length }, () => deviation * stream.normal());
}

import { log } from '@lemmata/core';
import { meanWidth } from '../certificates/bernstein.js';
import type { Slices } from '../one-shot.js';
import type { ApproximateTriangles } from './approximate-count-triangles.js';
import { equalityOf } from './equality-product.js';
import type { IntegerMatrices } from './matrix-pairs.js';

/** What is to be counted: A by columns, B by rows, C by rows. */
export interface Triangles extends IntegerMatrices {
  readonly c: Float64Array;
}

/** The pairs (i, j) that are in a triangle with k, among those that are not yet counted. */
function pairsWith({ a, b, c, rows, cols }: Triangles, k: number, exact: Uint8Array): number[] {
  const pairs: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const pair = i * cols + j;
      if (exact[pair] === 0 && a[k * rows + i] + b[k * cols + j] === c[pair]) pairs.push(pair);
    }
  }
  return pairs;
}

/**
 * Fredman's trick: where A[i][p] + B[p][j] = C[i][j], the triangles of (i, j) are the k with A[i][k] - A[i][p] = B[p][j] -
 * B[k][j], which C is not a part of.
 */
function* countPairs({ a, b, rows, inner, cols }: Triangles, pivot: number, pairs: readonly number[]) {
  const someRows = [...new Set(pairs.map((pair) => Math.floor(pair / cols)))];
  const someCols = [...new Set(pairs.map((pair) => pair % cols))];
  const left = new Float64Array(inner * someRows.length);
  const right = new Float64Array(inner * someCols.length);
  for (let k = 0; k < inner; k++) {
    someRows.forEach((i, at) => {
      left[k * someRows.length + at] = a[k * rows + i] - a[pivot * rows + i];
    });
    someCols.forEach((j, at) => {
      right[k * someCols.length + at] = b[pivot * cols + j] - b[k * cols + j];
    });
  }
  yield 'slice' as const;
  const { product, counts } = yield* equalityOf({
    a: left,
    b: right,
    rows: someRows.length,
    inner,
    cols: someCols.length,
  });
  const rowAt = new Map(someRows.map((i, at) => [i, at]));
  const colAt = new Map(someCols.map((j, at) => [j, at]));
  const found = pairs.map((pair) => {
    const at = (rowAt.get(Math.floor(pair / cols)) as number) * someCols.length;
    return product.data[at + (colAt.get(pair % cols) as number)];
  });
  return { found, counts };
}

/** What counting by pivots took, and how many pairs it left. */
export interface PivotTally {
  readonly counts: ApproximateTriangles['counts'];
  readonly open: number;
}

/**
 * Counts the pairs that are in a triangle with one of the pivots.
 *
 * @param triangles - what is to be counted
 * @param pivots - inner vertices
 * @param estimates - the counts are written here
 * @param exact - and 1 here, for each pair that is counted
 * @returns what it took
 */
export function* countByPivots(
  triangles: Triangles,
  pivots: Int32Array,
  estimates: Float64Array,
  exact: Uint8Array,
): Slices<PivotTally> {
  const counts = { products: 0, pairs: 0, words: 0, lookups: 0 };
  let open = exact.length;
  for (const pivot of pivots) {
    const pairs = pairsWith(triangles, pivot, exact);
    counts.lookups += open;
    open -= pairs.length;
    yield 'slice' as const;
    if (pairs.length === 0) continue;
    const { found, counts: spent } = yield* countPairs(triangles, pivot, pairs);
    counts.products++;
    counts.pairs += spent.pairs;
    counts.words += spent.words;
    pairs.forEach((pair, at) => {
      estimates[pair] = found[at];
      exact[pair] = 1;
    });
  }
  return { counts, open };
}

/**
 * Estimates the pairs that no pivot settled from some of the inner vertices.
 *
 * @param triangles - what is to be counted
 * @param drawn - inner vertices
 * @param estimates - changed for the pairs that are left
 * @param exact - 1 for each pair that is counted
 */
export function* estimateOthers(
  { a, b, c, rows, inner, cols }: Triangles,
  drawn: Int32Array,
  estimates: Float64Array,
  exact: Uint8Array,
): Slices<void> {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const pair = i * cols + j;
      if (exact[pair] === 1) continue;
      let met = 0;
      for (const k of drawn) if (a[k * rows + i] + b[k * cols + j] === c[pair]) met++;
      estimates[pair] = (inner * met) / drawn.length;
    }
    yield 'slice';
  }
}

/**
 * The half-width of estimated shares.
 *
 * A pair whose share of triangles is above ln(2 pairs / delta) / pivots is met by no pivot
 * with probability at most delta / (2 pairs); for the others the better of the inequalities of Bernstein and Hoeffding
 * fails with that probability.
 *
 * @param inner - inner vertices
 * @param pivots - how many of them were pivots
 * @param samples - how many were drawn
 * @param pairsPerDelta - pairs over the chance of a miss
 * @returns the largest error of a share
 */
export function widthOf(inner: number, pivots: number, samples: number, pairsPerDelta: number): number {
  const share = pivots === 0 ? 1 : Math.min(1 - pivots / inner, log(2 * pairsPerDelta) / pivots);
  const failures = log(4 * pairsPerDelta);
  return Math.min(meanWidth(share, samples, failures), Math.sqrt(failures / (2 * samples)));
}

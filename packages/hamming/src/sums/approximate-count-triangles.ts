import {
  type AbortSignalLike,
  DimensionError,
  randomStream,
  refusal,
  requireInteger,
  requireNumber,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import type { DenseMatrix, MatrixLike } from '@lemmata/linalg';
import { checkSignal, runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { openMatrices, readMatrix } from './matrix-pairs.js';
import { countByPivots, estimateOthers, type Triangles, widthOf } from './triangle-counting.js';

/** What an estimate of triangles accepts. */
export interface CountTrianglesOptions {
  /** Inner vertices whose triangles are looked up, each with an equality product; an integer >= 0, default 16. */
  readonly pivots?: number;
  /** Inner vertices that are drawn for the pairs that no pivot settles, an integer >= 1, default 1000. */
  readonly samples?: number;
  /** Chance that some interval misses its count, in (0, 1), default 0.001. */
  readonly delta?: number;
  /** Seed of the draws, default 0. */
  readonly seed?: number | string;
  /** Ends the call by throwing the signal's reason. */
  readonly signal?: AbortSignalLike;
}

const DEFAULTS: Settings<CountTrianglesOptions, 'signal'> = Object.freeze({
  pivots: 16,
  samples: 1000,
  delta: 0.001,
  seed: 0,
  signal: undefined,
});

/** Estimated numbers of triangles. */
export interface ApproximateTriangles {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /** Shape (n, p), row layout: entry (i, j) estimates, without bias, the number of k with A[i][k] + B[k][j] = C[i][j]. */
  readonly estimates: DenseMatrix;
  /** Entry i p + j is 1 where the estimate is the count itself, whatever the draws; n p entries. */
  readonly exact: Uint8Array;
  /** With the stated confidence no other estimate is further from its count; >= 0. */
  readonly halfWidth: number;
  /** Chance that all intervals hold: 1 - delta, or 1 when nothing was sampled. */
  readonly confidence: number;
  /** Seed of the draws. */
  readonly seed: string;
  /** What it cost, in operations. */
  readonly counts: {
    /** Equality products that were computed: pivots that are in a triangle of a pair that none before was. */
    readonly products: number;
    /** Pairs that these products took singly. */
    readonly pairs: number;
    /** Words of 32 pairs that they took at once. */
    readonly words: number;
    /** Triples (i, k, j) that were looked up. */
    readonly lookups: number;
  };
  /** What the caller should know; empty at present. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

/** Entries up to this size have sums and differences without rounding. */
const LARGEST_ENTRY = 4503599627370496;

function* trianglesOf(
  triangles: Triangles,
  { delta, seed, ...settings }: typeof DEFAULTS,
): Slices<Omit<ApproximateTriangles, 'elapsedMs'>> {
  const { rows, inner, cols } = triangles;
  const stream = randomStream(seed);
  const pivots = stream.fork('pivots').sample(inner, Math.min(settings.pivots, inner));
  const estimates = new Float64Array(rows * cols);
  const exact = new Uint8Array(rows * cols);
  const { counts, open } = yield* countByPivots(triangles, pivots, estimates, exact);
  const drawn = stream.fork('samples').sample(inner, Math.min(settings.samples, inner));
  // What no pivot met among all vertices has no triangle.
  const sampled = open > 0 && pivots.length < inner;
  if (sampled) yield* estimateOthers(triangles, drawn, estimates, exact);
  const certain = !sampled || drawn.length === inner;
  return {
    status: 'complete',
    estimates: { layout: 'row', rows, cols, data: estimates },
    exact: certain ? exact.fill(1) : exact,
    halfWidth: certain ? 0 : inner * widthOf(inner, pivots.length, drawn.length, (rows * cols) / delta),
    confidence: certain ? 1 : 1 - delta,
    seed: stream.seed,
    counts: { ...counts, lookups: counts.lookups + (sampled ? open * drawn.length : 0) },
    warnings: [],
  };
}

/**
 * Estimates, for each pair of outer vertices of a graph with weights in three layers, how many triangles close it exactly.
 *
 * The count of (i, j) is the number of k with A[i][k] + B[k][j] = C[i][j] (Exact Triangle; with C = 0 and -B it is an
 * equality product). Some k are drawn as pivots. Where a pivot p is one of the triangles, the others are the k with A[i][k] -
 * A[i][p] = B[p][j] - B[k][j] (Fredman's trick), so that one equality product counts the triangles of all such pairs
 * exactly. A pair that no pivot closes has few triangles: a sample of s vertices then gives an estimate that is off by at most
 * l sqrt(2 v L / s) + 2 l L / (3 s), with l inner vertices, L = ln(4 n p / delta) and v = ln(2 n p / delta) / pivots
 * (Bernstein's inequality), or by Hoeffding's if that is less. Estimates are unbiased; with as many pivots or samples as
 * there are vertices all counts are exact.
 *
 * A reconstruction from the ingredients that the paper names; its bounds, which fast rectangular matrix multiplication
 * would be needed for, are not claimed: products are computed by words of 32 bits, and `counts` says how many.
 *
 * @param A - integers in [-2^52, 2^52], shape (n, l)
 * @param B - likewise, shape (l, p)
 * @param C - integers, shape (n, p)
 * @param options - `pivots`, `samples`, `delta`, `seed`, `signal`
 * @returns the estimates, which of them are exact, and the half-width of the others' intervals
 * @throws DimensionError when the shapes do not fit
 * @throws InvalidInputError for anything but matrices of such integers and for options out of range or unknown; the
 * signal's reason when it is aborted
 * Complexity: for each pivot O(n p) and an equality product of the rows and columns that it settles; O(s) for each pair that is
 * left.
 *
 * @example
 * ```ts
 * import { approximateCountTriangles } from '@lemmata/hamming';
 *
 * const { estimates, halfWidth } = approximateCountTriangles([[1, 2]], [[4, 0], [3, 5]], [[5, 7]]);
 * console.log(estimates.data, halfWidth); // 2 1, then 0: two vertices are all taken
 * ```
 * @see T. M. Chan, C. Jin, V. Vassilevska Williams, Y. Xu, "Faster Algorithms for Text-to-Pattern Hamming Distances",
 * FOCS 2023, for the problem and the ingredients
 * @see M. L. Fredman, "New bounds on the complexity of the shortest path problem", SIAM Journal on Computing 5(1), 1976
 */
export function approximateCountTriangles(
  A: MatrixLike,
  B: MatrixLike,
  C: MatrixLike,
  options?: CountTrianglesOptions,
): ApproximateTriangles {
  const settings = trianglesSettings('approximateCountTriangles', options);
  const triangles = openTriangles(A, B, C);
  return runOneShot(() => trianglesOf(triangles, settings), settings.signal);
}

/**
 * Does what `approximateCountTriangles` does, giving the event loop a macrotask at least every 16 ms.
 *
 * @param A - integers in [-2^52, 2^52], shape (n, l); copied at the call
 * @param B - likewise, shape (l, p); copied at the call
 * @param C - integers, shape (n, p); copied at the call
 * @param options - those of `approximateCountTriangles`
 * @returns a promise of the same result
 * @throws what `approximateCountTriangles` throws, as a rejection
 * Complexity: that of `approximateCountTriangles`.
 *
 * @example
 * ```ts
 * import { approximateCountTrianglesAsync } from '@lemmata/hamming';
 *
 * const { estimates } = await approximateCountTrianglesAsync([[1, 2]], [[4, 0], [3, 5]], [[5, 7]]);
 * console.log(estimates.data); // 2 1
 * ```
 */
export async function approximateCountTrianglesAsync(
  A: MatrixLike,
  B: MatrixLike,
  C: MatrixLike,
  options?: CountTrianglesOptions,
): Promise<ApproximateTriangles> {
  const settings = trianglesSettings('approximateCountTrianglesAsync', options);
  const triangles = openTriangles(A, B, C);
  return runOneShotAsync(() => trianglesOf(triangles, settings), settings.signal);
}

function trianglesSettings(entryPoint: string, options: CountTrianglesOptions | undefined): typeof DEFAULTS {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  requireInteger('options.pivots', settings.pivots, 0);
  requireInteger('options.samples', settings.samples, 1);
  requireNumber('options.delta', settings.delta, 0, 1);
  if (settings.delta === 0 || settings.delta === 1)
    throw refusal('options.delta', 'a number in (0, 1)', settings.delta);
  checkSignal(settings.signal);
  return settings;
}

function openTriangles(A: MatrixLike, B: MatrixLike, C: MatrixLike): Triangles {
  const matrices = openMatrices(A, B);
  for (const [argument, entries] of [
    ['A', matrices.a],
    ['B', matrices.b],
  ] as const) {
    const wrong = entries.find((entry) => Math.abs(entry) > LARGEST_ENTRY);
    if (wrong !== undefined) throw refusal(argument, 'integers in [-2^52, 2^52]', wrong, 'ERR_INPUT');
  }
  const { rows, cols } = matrices;
  const { data, ...shape } = readMatrix('C', C, 'row');
  if (shape.rows !== rows || shape.cols !== cols) {
    throw new DimensionError(`C: expected shape (${rows}, ${cols}), got (${shape.rows}, ${shape.cols})`, {
      argument: 'C',
      expected: [rows, cols],
      actual: [shape.rows, shape.cols],
    });
  }
  return { ...matrices, c: data };
}

import type { MatrixLike } from '@lemmata/linalg';
import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { type IntegerOptions, integerSettings } from './integers.js';
import { type ComparisonProduct, type IntegerMatrices, openMatrices, pairAdder } from './matrix-pairs.js';

/** The places of each value. */
function placesOf(values: Float64Array): Map<number, number[]> {
  const places = new Map<number, number[]>();
  values.forEach((value, place) => {
    const known = places.get(value);
    if (known === undefined) places.set(value, [place]);
    else known.push(place);
  });
  return places;
}

/**
 * Computes an equality product in slices.
 *
 * @param matrices - the two matrices
 * @returns what `equalityProduct` returns, but for the time
 */
export function* equalityOf({
  a,
  b,
  rows,
  inner,
  cols,
}: IntegerMatrices): Slices<Omit<ComparisonProduct, 'elapsedMs'>> {
  const adder = pairAdder(rows, cols);
  for (let k = 0; k < inner; k++) {
    const right = placesOf(b.subarray(k * cols, (k + 1) * cols));
    for (const [value, left] of placesOf(a.subarray(k * rows, (k + 1) * rows))) {
      const equal = right.get(value);
      if (equal !== undefined) adder.add(left, equal);
    }
    yield 'slice';
  }
  const certificate = { kind: 'integers', bound: 0, residual: 0 } as const;
  return { status: 'complete', ...adder.finish(), certificate, warnings: [] };
}

/**
 * Computes the equality product of two matrices of integers.
 *
 * product[i][j] = number of k with A[i][k] = B[k][j]. A value that is frequent in column k of A and row k of B is a bit in
 * words of 32, a rare one is enumerated.
 *
 * @param A - integers, shape (n, l)
 * @param B - integers, shape (l, p)
 * @param options - `signal`
 * @returns the product, shape (n, p)
 * @throws DimensionError when the shapes do not fit
 * @throws InvalidInputError for anything but matrices of integers; the signal's reason when it is aborted
 * Complexity: O(n p l / 16 + l (n + p)) at worst; O(matches) when all values are rare.
 *
 * @example
 * ```ts
 * import { equalityProduct } from '@lemmata/hamming';
 *
 * console.log(equalityProduct([[1, 2], [3, 2]], [[1, 3], [2, 2]]).product.data); // 2 1 1 2
 * ```
 * @see R. Yuster, "Efficient algorithms on sets of permutations, dominance, and real-weighted APSP", SODA 2009, for heavy
 * and light values; words of bits take the place of fast matrix multiplication
 */
export function equalityProduct(A: MatrixLike, B: MatrixLike, options?: IntegerOptions): ComparisonProduct {
  const { signal } = integerSettings('equalityProduct', options);
  const matrices = openMatrices(A, B);
  return runOneShot(() => equalityOf(matrices), signal);
}

/**
 * Does what `equalityProduct` does, giving the event loop a macrotask at least every 16 ms (a single transform is not interrupted).
 *
 * @param A - integers, shape (n, l); copied at the call
 * @param B - integers, shape (l, p); copied at the call
 * @param options - `signal`
 * @returns a promise of the same result
 * @throws what `equalityProduct` throws, as a rejection
 * Complexity: that of `equalityProduct`.
 *
 * @example
 * ```ts
 * import { equalityProductAsync } from '@lemmata/hamming';
 *
 * const { product } = await equalityProductAsync([[1, 2], [3, 2]], [[1, 3], [2, 2]]);
 * console.log(product.data); // 2 1 1 2
 * ```
 */
export async function equalityProductAsync(
  A: MatrixLike,
  B: MatrixLike,
  options?: IntegerOptions,
): Promise<ComparisonProduct> {
  const { signal } = integerSettings('equalityProductAsync', options);
  const matrices = openMatrices(A, B);
  const copies = { ...matrices, a: matrices.a.slice(), b: matrices.b.slice() };
  return runOneShotAsync(() => equalityOf(copies), signal);
}

import type { MatrixLike } from '@lemmata/linalg';
import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { type IntegerOptions, integerSettings } from './integers.js';
import { type ComparisonProduct, type IntegerMatrices, openMatrices, pairAdder } from './matrix-pairs.js';

function* dominanceOf({ a, b, rows, inner, cols }: IntegerMatrices): Slices<Omit<ComparisonProduct, 'elapsedMs'>> {
  const adder = pairAdder(rows, cols);
  // So many buckets of a row and a column balance words of 32 products with pairs inside buckets.
  const bucketSize = Math.max(2, Math.ceil(Math.sqrt((rows * cols) / 32)));
  for (let k = 0; k < inner; k++) {
    // Item i < rows is A[i][k], the others are B[k][item - rows]; equal ones keep those of A first.
    const numberAt = (item: number): number => (item < rows ? a[k * rows + item] : b[k * cols + item - rows]);
    const order = Int32Array.from({ length: rows + cols }, (_, item) => item);
    order.sort((x, y) => numberAt(x) - numberAt(y) || x - y);
    for (let start = 0; start < order.length; start += bucketSize) {
      const end = Math.min(order.length, start + bucketSize);
      const smaller = order.subarray(start, end).filter((item) => item < rows);
      if (smaller.length === 0) continue;
      const later: number[] = [];
      for (let rank = end; rank < order.length; rank++) if (order[rank] >= rows) later.push(order[rank] - rows);
      if (later.length > 0) adder.add(smaller, later);
      for (let rank = start; rank < end; rank++) {
        if (order[rank] < rows) continue;
        for (let before = start; before < rank; before++) {
          if (order[before] < rows) adder.addOne(order[before], order[rank] - rows);
        }
      }
    }
    yield 'slice';
  }
  const certificate = { kind: 'integers', bound: 0, residual: 0 } as const;
  return { status: 'complete', ...adder.finish(), certificate, warnings: [] };
}

/**
 * Computes the dominance product of two matrices of integers.
 *
 * product[i][j] = number of k with A[i][k] <= B[k][j]. Column k of A and row k of B are sorted together and cut into
 * buckets; entries of a bucket of A and those of B in later ones are a product of two sets, one bit in words of 32, and
 * pairs within a bucket are enumerated.
 *
 * @param A - integers, shape (n, l)
 * @param B - integers, shape (l, p)
 * @param options - `signal`
 * @returns the product, shape (n, p)
 * @throws DimensionError when the shapes do not fit
 * @throws InvalidInputError for anything but matrices of integers; the signal's reason when it is aborted
 * Complexity: O(l (n + p) sqrt(n p)) with words of 32 bits.
 *
 * @example
 * ```ts
 * import { dominanceProduct } from '@lemmata/hamming';
 *
 * console.log(dominanceProduct([[1, 2], [3, 2]], [[1, 3], [2, 1]]).product.data); // 2 1 1 1
 * ```
 * @see J. Matousek, "Computing dominances in E^n", Information Processing Letters 38(5), 1991, for the buckets; words of
 * bits take the place of fast matrix multiplication
 */
export function dominanceProduct(A: MatrixLike, B: MatrixLike, options?: IntegerOptions): ComparisonProduct {
  const { signal } = integerSettings('dominanceProduct', options);
  const matrices = openMatrices(A, B);
  return runOneShot(() => dominanceOf(matrices), signal);
}

/**
 * Does what `dominanceProduct` does, giving the event loop a macrotask at least every 16 ms (a single transform is not interrupted).
 *
 * @param A - integers, shape (n, l); copied at the call
 * @param B - integers, shape (l, p); copied at the call
 * @param options - `signal`
 * @returns a promise of the same result
 * @throws what `dominanceProduct` throws, as a rejection
 * Complexity: that of `dominanceProduct`.
 *
 * @example
 * ```ts
 * import { dominanceProductAsync } from '@lemmata/hamming';
 *
 * const { product } = await dominanceProductAsync([[1, 2], [3, 2]], [[1, 3], [2, 1]]);
 * console.log(product.data); // 2 1 1 1
 * ```
 */
export async function dominanceProductAsync(
  A: MatrixLike,
  B: MatrixLike,
  options?: IntegerOptions,
): Promise<ComparisonProduct> {
  const { signal } = integerSettings('dominanceProductAsync', options);
  const matrices = openMatrices(A, B);
  const copies = { ...matrices, a: matrices.a.slice(), b: matrices.b.slice() };
  return runOneShotAsync(() => dominanceOf(copies), signal);
}

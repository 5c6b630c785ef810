/**
 * Draws a vector with entries uniform in [-1, 1).
 *
 * @param uniform - gives draws from [0, 1), such as `() => stream.uniform()`
 * @param length - number of entries
 * @returns a new array
 * Complexity: O(length).
 *
 * @example
 * ```ts
 * import { randomVector } from '@lemmata/testing';
 *
 * const x = randomVector(() => 0.75, 3); // 0.5 0.5 0.5
 * ```
 */
export function randomVector(uniform: () => number, length: number): Float64Array {
  return Float64Array.from({ length }, () => 2 * uniform() - 1);
}

/**
 * Draws a matrix whose entries are 0, or uniform in [-1, 1) with the given probability.
 *
 * @param uniform - gives draws from [0, 1); one for each place, and one more where the entry is not 0
 * @param rows - number of rows
 * @param cols - number of columns
 * @param density - probability of an entry, in [0, 1], default 1
 * @returns nested arrays, row by row
 * Complexity: O(rows * cols).
 *
 * @example
 * ```ts
 * import { randomRows } from '@lemmata/testing';
 *
 * const A = randomRows(() => 0.25, 2, 2, 0.5); // every entry -0.5
 * ```
 */
export function randomRows(uniform: () => number, rows: number, cols: number, density = 1): number[][] {
  return Array.from({ length: rows }, () =>
    Array.from({ length: cols }, () => (uniform() < density ? 2 * uniform() - 1 : 0)),
  );
}

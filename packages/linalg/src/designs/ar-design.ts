import { randomStream, requireInteger, requireNumber, resolveOptions } from '@lemmata/core';
import type { DenseMatrix } from '../matrix/types.js';

/** The largest number of entries. */
const MAX_INT32 = 2147483647;

/** What {@link arDesign} draws. */
export interface ArDesignOptions {
  /** Number of rows (samples), an integer in [0, 2^31 - 1]. */
  readonly rows: number;
  /** Number of columns (features), an integer >= 0 with rows * cols < 2^31. */
  readonly cols: number;
  /** Correlation of neighbouring columns, in [-1, 1]; that of columns i and j is correlation^|i - j|. */
  readonly correlation: number;
  /** Seed of the draws: a string or a finite number, default 0. */
  readonly seed?: number | string | undefined;
}

/**
 * Draws a dense design whose columns are correlated as an autoregression of order one.
 *
 * Each row is independent with x_1 = e_1 and x_j = rho x_(j-1) + sqrt(1 - rho^2) e_j, e standard normal, so every entry
 * has mean 0 and variance 1 and columns i and j have correlation rho^|i-j|. Normals are drawn column by column, rows
 * rising, from the stream `seed` / `ar-design`. Columns are not scaled.
 *
 * @param options - rows, cols, correlation and seed
 * @returns a dense matrix in column layout, shape (rows, cols); the same bits for the same seed in every engine
 * @throws InvalidInputError `ERR_OPTION` when a number is missing or out of its range, or an option is unknown
 * Complexity: O(rows * cols).
 *
 * @example
 * ```ts
 * import { arDesign } from '@lemmata/linalg';
 *
 * const A = arDesign({ rows: 500, cols: 5000, correlation: 0.5, seed: 1 });
 * ```
 */
export function arDesign(options: ArDesignOptions): DenseMatrix {
  const { rows, cols, correlation, seed } = resolveOptions('arDesign', options, {
    rows: undefined as number | undefined,
    cols: undefined as number | undefined,
    correlation: undefined as number | undefined,
    seed: 0 as number | string,
  });
  const m = requireInteger('options.rows', rows, 0, MAX_INT32);
  const n = requireInteger('options.cols', cols, 0, Math.floor(MAX_INT32 / Math.max(1, m)));
  const rho = requireNumber('options.correlation', correlation, -1, 1);
  const stream = randomStream(seed).fork('ar-design');
  const scale = Math.sqrt(1 - rho * rho);
  const data = new Float64Array(m * n);
  for (let k = 0; k < m && k < data.length; k++) data[k] = stream.normal();
  for (let k = m; k < data.length; k++) data[k] = rho * data[k - m] + scale * stream.normal();
  return { layout: 'column', rows: m, cols: n, data };
}

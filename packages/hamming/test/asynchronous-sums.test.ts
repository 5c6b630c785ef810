import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import {
  approximateCountSums,
  approximateCountSumsAsync,
  approximateCountTriangles,
  approximateCountTrianglesAsync,
  countSumsInRange,
  countSumsInRangeAsync,
  dominanceProduct,
  dominanceProductAsync,
  equalityProduct,
  equalityProductAsync,
  sparseConvolution,
  sparseConvolutionAsync,
  sumset,
  sumsetAsync,
} from '../src/index.js';

const stream = randomStream('asynchronous sums');
const drawn = (length: number) => Array.from({ length }, () => stream.integer(300) - 100);
const [a, b] = [drawn(90), drawn(70)];
const matrix = { layout: 'column', rows: 9, cols: 10, data: Float64Array.from(a) } as const;
const other = { layout: 'row', rows: 10, cols: 7, data: Float64Array.from(b) } as const;
const third = { layout: 'row', rows: 9, cols: 7, data: Float64Array.from(a.slice(0, 63)) } as const;
const sparse = {
  indices: Float64Array.from({ length: 20 }, (_, i) => i * i),
  values: Float64Array.from(a.slice(0, 20)),
};

type Options = { readonly signal?: AbortSignal };
const table: [name: string, now: () => object, later: (options?: Options) => Promise<object>][] = [
  ['sumset', () => sumset(a, b), (options) => sumsetAsync(a, b, options)],
  ['countSumsInRange', () => countSumsInRange(a, b, 50), (options) => countSumsInRangeAsync(a, b, 50, options)],
  [
    'approximateCountSums',
    () => approximateCountSums(a, b, [3, 4]),
    (options) => approximateCountSumsAsync(a, b, [3, 4], options),
  ],
  [
    'approximateCountTriangles',
    () => approximateCountTriangles(matrix, other, third, { samples: 4, pivots: 2 }),
    (options) => approximateCountTrianglesAsync(matrix, other, third, { samples: 4, pivots: 2, ...options }),
  ],
  ['equalityProduct', () => equalityProduct(matrix, other), (options) => equalityProductAsync(matrix, other, options)],
  [
    'dominanceProduct',
    () => dominanceProduct(matrix, other),
    (options) => dominanceProductAsync(matrix, other, options),
  ],
  [
    'sparseConvolution',
    () => sparseConvolution(sparse, sparse),
    (options) => sparseConvolutionAsync(sparse, sparse, options),
  ],
];

describe.each(table)('%sAsync', (_, now, later) => {
  it('gives the same result', async () => {
    expect({ ...(await later()), elapsedMs: 0 }).toEqual({ ...now(), elapsedMs: 0 });
  });

  it('rejects with the reason of a signal, and for unknown options', async () => {
    const reason = new Error('never');
    await expect(later({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(later({ speed: 1 } as Options)).rejects.toMatchObject({ code: 'ERR_OPTION' });
  });
});

it('reads matrices and vectors at the call', async () => {
  const data = Float64Array.from(matrix.data);
  const promise = equalityProductAsync({ ...matrix, data }, other);
  data.fill(0);
  expect({ ...(await promise), elapsedMs: 0 }).toEqual({ ...equalityProduct(matrix, other), elapsedMs: 0 });
  const values = Float64Array.from(sparse.values);
  const convolution = sparseConvolutionAsync({ ...sparse, values }, sparse);
  values.fill(0);
  expect({ ...(await convolution), elapsedMs: 0 }).toEqual({ ...sparseConvolution(sparse, sparse), elapsedMs: 0 });
});

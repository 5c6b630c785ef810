// Points in a cube of 8 dimensions and how near they are to one another.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { randomStream } from '@lemmata/core';
import type { SimilarityInput } from '../representatives.js';

const DIMENSIONS = 8;

/** Similarity max(0, 1 - d^2 / 2) of uniform points, d^2 summed over the dimensions in order, rounded to float32. */
export function dataset(given: Params): Dataset<SimilarityInput> {
  const params = readParams('dataset points', given, { n: { default: 2000, min: 1, integer: true } });
  const { n } = params;
  return {
    name: 'points',
    version: '1',
    params,
    licence: 'generated',
    source: 'n uniform points in the unit cube of 8 dimensions, similarity max(0, 1 - d^2 / 2) as float32',
    generate: ({ seed }) => {
      const stream = randomStream(seed).fork('points');
      const points = Float64Array.from({ length: n * DIMENSIONS }, () => stream.uniform());
      const similarity = new Float32Array(n * n);
      for (let a = 0; a < n; a++) {
        for (let b = 0; b < n; b++) {
          let square = 0;
          for (let i = 0; i < DIMENSIONS; i++) {
            const difference = points[a * DIMENSIONS + i] - points[b * DIMENSIONS + i];
            square += difference * difference;
          }
          similarity[a * n + b] = Math.max(0, 1 - square / 2);
        }
      }
      return { n, similarity };
    },
    describe: () => ({ shape: [n, n] }),
  };
}

// One system: the 5-point Laplacian of a square grid plus a multiple of the identity, random right-hand side.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { randomStream } from '@lemmata/core';
import type { SystemSequence } from '../systems.js';
import { gridLaplacian } from './grid.js';

/** A shifted Laplacian with side^2 unknowns. */
export function dataset(given: Params): Dataset<SystemSequence> {
  const params = readParams('dataset laplacian', given, {
    side: { default: 99, min: 1, max: 2000, integer: true },
    shift: { default: 0.05, min: 0 },
  });
  return {
    name: 'laplacian',
    version: '1',
    params,
    licence: 'generated',
    source: '5-point Laplacian of a square grid plus a multiple of the identity; right-hand side standard normal',
    generate: ({ seed }) => {
      const n = params.side * params.side;
      const stream = randomStream(seed).fork('right-hand side');
      return {
        n,
        steps: 1,
        coupled: 0,
        ...gridLaplacian(params.side),
        factors: Float64Array.of(1),
        masses: new Float64Array(n).fill(params.shift),
        massOf: Int32Array.of(0),
        sources: Float64Array.from({ length: n }, () => stream.normal()),
        sourceOf: Int32Array.of(0),
        initial: new Float64Array(n),
        contexts: Float64Array.of(params.shift),
      };
    },
    describe: ({ n, steps, data }) => ({ shape: [n, n, steps], nnz: data.length }),
  };
}

// The policeman and the burglar: houses in a row, one is burgled, one is guarded, and help that is far comes late.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { exp, randomStream } from '@lemmata/core';
import type { GameInstance } from '../game-certificate.js';

/** How fast the chance of a catch falls from house to house. */
const DECAY = 0.8;

/** Payoff w_j (1 - exp(-0.8 |i - j|)) with w_j = |normal|: the experiment of the paper. */
export function dataset(given: Params): Dataset<GameInstance> {
  const params = readParams('dataset policeman-burglar', given, {
    houses: { default: 100, min: 2, integer: true },
  });
  return {
    name: 'policeman-burglar',
    version: '1',
    params,
    licence: 'generated',
    source:
      'A_ij = w_j (1 - exp(-0.8 |i - j|)), w_j = |normal|; after A. Nemirovski, mini-course on convex programming, 2013',
    generate: ({ seed }) => {
      const stream = randomStream(seed);
      const n = params.houses;
      const wealth = Float64Array.from({ length: n }, () => Math.abs(stream.normal()));
      const escaping = Float64Array.from({ length: n }, (_, distance) => 1 - exp(-DECAY * distance));
      const data = Float64Array.from({ length: n * n }, (_, k) => {
        const [i, j] = [Math.floor(k / n), k % n];
        return wealth[j] * escaping[Math.abs(i - j)];
      });
      return { A: { layout: 'row', rows: n, cols: n, data } };
    },
    describe: ({ A }) => ({ shape: [A.rows, A.cols] }),
  };
}

// Optimal transport between random places in the unit square: what leaves each source and reaches each target is given.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { type RandomStream, randomStream } from '@lemmata/core';
import type { ProgramInstance } from '../kkt-errors.js';

/** Shares of sum 1, in proportion to 0.5 + uniform. */
function shares(stream: RandomStream, count: number): Float64Array {
  const raw = Float64Array.from({ length: count }, () => 0.5 + stream.uniform());
  const total = raw.reduce((sum, share) => sum + share, 0);
  return raw.map((share) => share / total);
}

/** A transport problem with as many sources as targets; its costs are distances. */
export function dataset(given: Params): Dataset<ProgramInstance> {
  const params = readParams('dataset transport', given, { places: { default: 60, min: 2, integer: true } });
  return {
    name: 'transport',
    version: '1',
    params,
    licence: 'generated',
    source: 'sources and targets uniform in the unit square, costs their distances, shares 0.5 + uniform, of sum 1',
    generate: ({ seed }) => {
      const stream = randomStream(seed);
      const k = params.places;
      const places = Float64Array.from({ length: 4 * k }, () => stream.uniform());
      const sides = Float64Array.from([...shares(stream, k), ...shares(stream, k)]);
      const c = Float64Array.from({ length: k * k }, (_, column) => {
        const [from, to] = [Math.floor(column / k), k + (column % k)];
        const [dx, dy] = [places[2 * from] - places[2 * to], places[2 * from + 1] - places[2 * to + 1]];
        return Math.sqrt(dx * dx + dy * dy);
      });
      const indices = Int32Array.from({ length: 2 * k * k }, (_, entry) => {
        const [row, place] = [Math.floor(entry / k), entry % k];
        return row < k ? row * k + place : place * k + (row - k);
      });
      return {
        A: {
          layout: 'csr',
          rows: 2 * k,
          cols: k * k,
          indptr: Int32Array.from({ length: 2 * k + 1 }, (_, row) => row * k),
          indices,
          data: new Float64Array(2 * k * k).fill(1),
        },
        c,
        rowLower: sides,
        rowUpper: sides,
        colLower: new Float64Array(k * k),
        colUpper: new Float64Array(k * k).fill(Infinity),
      };
    },
    describe: ({ A }) => ({ shape: [A.rows, A.cols], nnz: A.data.length }),
  };
}

// A matrix of exactly low rank (or with noise), of which entries are seen at random: the case of the paper's theorem.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { pow, type RandomStream, randomStream } from '@lemmata/core';
import type { CompletionInput } from '../completion.js';
import { holdBack, shapeOf } from './held-out.js';

/** Orthonormal columns of the same span, row by row: Gram and Schmidt, twice. */
function orthonormalised(rows: number, rank: number, columns: Float64Array): Float64Array {
  const q = columns.slice();
  for (let c = 0; c < rank; c++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let d = 0; d < c; d++) {
        let product = 0;
        for (let i = 0; i < rows; i++) product += q[i * rank + c] * q[i * rank + d];
        for (let i = 0; i < rows; i++) q[i * rank + c] -= product * q[i * rank + d];
      }
    }
    let square = 0;
    for (let i = 0; i < rows; i++) square += q[i * rank + c] * q[i * rank + c];
    const norm = Math.sqrt(square);
    for (let i = 0; i < rows; i++) q[i * rank + c] /= norm;
  }
  return q;
}

function randomColumns(rows: number, rank: number, stream: RandomStream): Float64Array {
  const normals = Float64Array.from({ length: rows * rank }, () => stream.normal());
  return orthonormalised(rows, rank, normals);
}

/** A matrix U V' with orthonormal U, and V scaled by singular values from 1 to 1 / kappa, entries of size about 1. */
export interface LowRankMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly rank: number;
  readonly U: Float64Array;
  readonly V: Float64Array;
}

/** Draws such a matrix. */
export function lowRankMatrix(
  shape: { readonly rows: number; readonly cols: number; readonly rank: number; readonly kappa: number },
  stream: RandomStream,
): LowRankMatrix {
  const { rows, cols, rank, kappa } = shape;
  const U = randomColumns(rows, rank, stream.fork('U'));
  const V = randomColumns(cols, rank, stream.fork('V'));
  const scale = Math.sqrt((rows * cols) / rank);
  for (let c = 0; c < rank; c++) {
    const singular = scale * (rank === 1 ? 1 : pow(kappa, -c / (rank - 1)));
    for (let j = 0; j < cols; j++) V[j * rank + c] *= singular;
  }
  return { rows, cols, rank, U, V };
}

/** An entry of the matrix. */
export function trueEntry({ rank, U, V }: LowRankMatrix, i: number, j: number): number {
  let value = 0;
  for (let c = 0; c < rank; c++) value += U[i * rank + c] * V[j * rank + c];
  return value;
}

/** The places of `count` different entries at random. */
export function randomPlaces(
  { rows, cols }: { readonly rows: number; readonly cols: number },
  count: number,
  stream: RandomStream,
): { readonly rowOf: Int32Array; readonly colOf: Int32Array } {
  const drawn = stream.sample(rows * cols, count);
  return { rowOf: drawn.map((place) => Math.floor(place / cols)), colOf: drawn.map((place) => place % cols) };
}

/** So many entries for each degree of freedom are seen, and a tenth as many held back. */
export function dataset(given: Params): Dataset<CompletionInput> {
  const params = readParams('dataset low-rank', given, {
    rows: { default: 2000, min: 2, max: 30000, integer: true },
    cols: { default: 2000, min: 2, max: 30000, integer: true },
    rank: { default: 10, min: 1, integer: true },
    kappa: { default: 1, min: 1 },
    oversampling: { default: 5, min: 1 },
    noise: { default: 0, min: 0 },
  });
  return {
    name: 'low-rank',
    version: '1',
    params,
    licence: 'generated',
    source: 'random singular vectors, singular values from 1 to 1 / kappa in even ratios, entries at random places',
    generate: ({ seed }) => {
      const { rows, cols, rank, oversampling, noise } = params;
      const stream = randomStream(seed);
      const matrix = lowRankMatrix(params, stream);
      const shown = Math.round(oversampling * rank * (rows + cols - rank));
      const places = randomPlaces(params, Math.min(rows * cols, Math.round(1.1 * shown)), stream.fork('places'));
      const errors = stream.fork('noise');
      const values = Float64Array.from(
        places.rowOf,
        (i, e) => trueEntry(matrix, i, places.colOf[e]) + noise * errors.normal(),
      );
      return holdBack({ rows, cols, ...places, values }, 1 / 11, stream.fork('held back'));
    },
    describe: shapeOf,
  };
}

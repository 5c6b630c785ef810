// Ratings as people give them: few of many things, popular ones more often, some raters more than others; a rank of 20,
// biases, noise, and half stars.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { exp, pow, type RandomStream, randomStream } from '@lemmata/core';
import type { CompletionInput } from '../completion.js';
import { holdBack, type KnownEntries, shapeOf } from './held-out.js';

const RANK = 20;
/** Each singular value is so much of the one before. */
const DECAY = 0.85;
/** Standard deviations: of what the factors say, the biases of rows and columns, the noise. */
const FACTORS = 0.5;
const ROW_BIAS = 0.35;
const COL_BIAS = 0.4;
const NOISE = 0.6;
const MEAN = 3.5;
/** Spread of the logarithm of how much a row rates, and the power of rank by which columns are rated. */
const ROW_SPREAD = 0.9;
const COL_POWER = 0.8;

/** How many entries each row has: lognormal, at least 2 and at most a quarter of the columns. */
function rowDegrees(rows: number, cols: number, entries: number, stream: RandomStream): Int32Array {
  const weights = Float64Array.from({ length: rows }, () => exp(ROW_SPREAD * stream.normal()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Int32Array.from(weights, (weight) =>
    Math.min(Math.floor(cols / 4), Math.max(2, Math.round((entries * weight) / total))),
  );
}

/** Draws different columns for each row, column j with probability ~ (1 + its rank)^-0.8. */
function places(rows: number, cols: number, entries: number, stream: RandomStream): [Int32Array, Int32Array] {
  const degrees = rowDegrees(rows, cols, entries, stream.fork('rows'));
  const draws = stream.fork('columns');
  const order = draws.permutation(cols);
  const cumulated = new Float64Array(cols);
  for (let r = 0, sum = 0; r < cols; r++) {
    sum += pow(r + 1, -COL_POWER);
    cumulated[r] = sum;
  }
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  const rowOf = new Int32Array(total);
  const colOf = new Int32Array(total);
  const lastRow = new Int32Array(cols).fill(-1);
  let e = 0;
  for (let i = 0; i < rows; i++) {
    for (let left = degrees[i]; left > 0; ) {
      const draw = draws.uniform() * cumulated[cols - 1];
      let [low, high] = [0, cols - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulated[middle] > draw) high = middle;
        else low = middle + 1;
      }
      const j = order[low];
      if (lastRow[j] === i) continue;
      lastRow[j] = i;
      rowOf[e] = i;
      colOf[e++] = j;
      left--;
    }
  }
  return [rowOf, colOf];
}

function ratings(rows: number, cols: number, entries: number, stream: RandomStream): KnownEntries {
  const [rowOf, colOf] = places(rows, cols, entries, stream.fork('places'));
  const normals = (length: number, scale: number, name: string) => {
    const draws = stream.fork(name);
    return Float64Array.from({ length }, () => scale * draws.normal());
  };
  const sizes = Float64Array.from({ length: RANK }, (_, c) => pow(DECAY, c));
  const norm = Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0));
  const U = normals(rows * RANK, FACTORS / norm, 'U');
  const V = normals(cols * RANK, 1, 'V');
  const rowBias = normals(rows, ROW_BIAS, 'row biases');
  const colBias = normals(cols, COL_BIAS, 'column biases');
  const noise = normals(rowOf.length, NOISE, 'noise');
  const values = noise.map((error, e) => {
    let value = MEAN + rowBias[rowOf[e]] + colBias[colOf[e]] + error;
    for (let c = 0; c < RANK; c++) value += sizes[c] * U[rowOf[e] * RANK + c] * V[colOf[e] * RANK + c];
    return Math.min(5, Math.max(0.5, Math.round(2 * value) / 2));
  });
  return { rows, cols, rowOf, colOf, values };
}

/** Generated ratings, one in ten held back. */
export function dataset(given: Params): Dataset<CompletionInput> {
  const params = readParams('dataset ratings', given, {
    rows: { default: 20000, min: 10, integer: true },
    cols: { default: 4000, min: 10, integer: true },
    entries: { default: 2000000, min: 100, integer: true },
  });
  return {
    name: 'ratings',
    version: '1',
    params,
    licence: 'generated',
    source:
      'rank 20 with spectrum 0.85^c, deviation 0.5; biases 0.35 and 0.4; noise 0.6; half stars from 0.5 to 5; rows lognormal(0.9), columns rank^-0.8',
    generate: ({ seed }) => {
      const stream = randomStream(seed);
      const { rows, cols, entries } = params;
      return holdBack(ratings(rows, cols, entries, stream), 0.1, stream.fork('held back'));
    },
    describe: shapeOf,
  };
}

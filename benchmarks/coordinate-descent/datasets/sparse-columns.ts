// The paper's data set A: columns of very different lengths, sparse, against which greedy rules are compared.
import { randomStream } from '@lemmata/core';
import { fromTriplets, type SparseMatrix } from '@lemmata/linalg';

/** A design and its targets. */
export interface SparseColumns {
  readonly A: SparseMatrix;
  readonly b: Float64Array;
}

/**
 * Entries N(0, 1) + 1, columns times 10 N(0, 1), kept with probability 10 ln(m) / m; w = N(0, 1) kept with probability 0.1;
 * b = A w + N(0, 1).
 */
export function sparseColumns(rows: number, cols: number, seed: string): SparseColumns {
  const stream = randomStream(seed);
  const density = (10 * Math.log(rows)) / rows;
  const places = { rows: [] as number[], cols: [] as number[], values: [] as number[] };
  const b = new Float64Array(rows);
  for (let j = 0; j < cols; j++) {
    const scale = 10 * stream.normal();
    const weight = stream.uniform() < 0.1 ? stream.normal() : 0;
    for (let i = 0; i < rows; i++) {
      if (stream.uniform() >= density) continue;
      const value = (stream.normal() + 1) * scale;
      places.rows.push(i);
      places.cols.push(j);
      places.values.push(value);
      b[i] += value * weight;
    }
  }
  for (let i = 0; i < rows; i++) b[i] += stream.normal();
  return { A: fromTriplets(rows, cols, places, 'csc'), b };
}

import { compress, type Lines, lineWeights } from './lines.js';
import type { Entries } from './observed.js';

/** How the ridge of a line grows with its entries. */
export type RidgeScaling = 'none' | 'count';

/** The model that is fitted, whatever the data. */
export interface ModelSettings {
  readonly rank: number;
  readonly lambda: number;
  readonly biasLambda: number;
  readonly ridgeScaling: RidgeScaling;
  readonly biases: 'none' | 'model';
}

/** The data in the forms that the loops read. */
export interface Problem {
  readonly entries: Entries;
  readonly byRow: Lines;
  readonly byCol: Lines;
  readonly rowWeights: Float64Array;
  readonly colWeights: Float64Array;
  /** Weighted mean of the values with biases, else 0. */
  readonly mean: number;
  /** Square root of sum w (y - mean)^2. */
  readonly valueNorm: number;
  /** Square root of sum w^2 (y - mean)^2. */
  readonly pullNorm: number;
  /** Sum of the weights. */
  readonly totalWeight: number;
}

/** One side of the factorisation: a factor row and a bias for each line. */
export interface Side {
  /** Factor, lines x rank, row by row. */
  readonly factor: Float64Array;
  /** Biases; all 0 when the model has none. */
  readonly bias: Float64Array;
}

/**
 * Brings entries into the forms that the loops read.
 *
 * @param entries - the entries
 * @param biased - whether the model has biases, and with them a mean
 * @returns the problem
 */
export function makeProblem(entries: Entries, biased: boolean): Problem {
  const byRow = compress(entries, 'row');
  const { values, weights } = entries;
  let totalWeight = 0;
  let total = 0;
  for (let e = 0; e < values.length; e++) {
    totalWeight += weights[e];
    total += weights[e] * values[e];
  }
  const mean = biased ? total / totalWeight : 0;
  let squares = 0;
  let pulls = 0;
  for (let e = 0; e < values.length; e++) {
    const centred = values[e] - mean;
    squares += weights[e] * centred * centred;
    pulls += weights[e] * centred * (weights[e] * centred);
  }
  const byCol = compress(entries, 'col');
  return {
    entries,
    byRow,
    byCol,
    rowWeights: lineWeights(byRow),
    colWeights: lineWeights(byCol),
    mean,
    valueNorm: Math.sqrt(squares),
    pullNorm: Math.sqrt(pulls),
    totalWeight,
  };
}

import { refusal, requireVector } from '@lemmata/core';
import { finish } from './budget.js';
import type { CompletionModel } from './completion.js';
import { LineSolver } from './line-solver.js';
import { checkModel } from './predict.js';
import { readPlaces } from './problem/observed.js';
import type { Side } from './problem/problem.js';

/** The known entries of a new row (or column). */
export interface LineEntries {
  /** Where each entry stands: columns for a new row, rows for a new column; no place twice. */
  readonly places: ArrayLike<number>;
  /** The values, finite, as many. */
  readonly values: ArrayLike<number>;
  /** Weight of each entry, finite and >= 0; 1 when left out. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** A row (or column) that was added to a model without fitting the model again. */
export interface FoldedLine {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /** Its factors, length rank. */
  readonly factors: Float64Array;
  /** Its bias; 0 when the model has none. */
  readonly bias: number;
  /** Predictions for all places of the line, in the unit of the values. */
  readonly predictions: Float64Array;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

/**
 * Finds the factors of a new row for fixed column factors, exactly.
 *
 * Minimises sum w (y_j - mean - b_j - a - u . v_j)^2 + s (lambda |u|^2 + biasLambda a^2) over u and a, with the ridge of
 * the model and s the sum of the weights or 1: what a half sweep does for every row.
 *
 * @param model - a completion of shape (m, n)
 * @param entries - the known entries: `places` are columns
 * @returns factors, bias and n predictions; without entries all is 0 and predictions fall back to mean and column biases
 * @throws DimensionError when lengths differ; InvalidInputError for bad entries or models
 * Complexity: O(entries rank^2 + rank^3 + n rank).
 *
 * @example
 * ```ts
 * import { completeMatrix, foldIn } from '@lemmata/matrix-completion';
 *
 * const fit = completeMatrix([[1, 2, 3], [2, 4, null], [3, null, 9]], { rank: 1, lambda: 0 });
 * console.log(foldIn(fit, { places: [0], values: [10] }).predictions); // about 10 20 30
 * ```
 * @see {@link completeMatrix}
 */
export function foldIn(model: CompletionModel, entries: LineEntries): FoldedLine {
  const rank = checkModel(model);
  return fold(model, rank, { factor: model.V.data, bias: model.colBiases }, entries);
}

/**
 * Finds the factors of a new column for fixed row factors, exactly: {@link foldIn} with the sides exchanged.
 *
 * Minimises the same sum over v and the column's bias.
 *
 * @param model - a completion of shape (m, n)
 * @param entries - the known entries: `places` are rows
 * @returns factors, bias and m predictions
 * @throws DimensionError when lengths differ; InvalidInputError for bad entries or models
 * Complexity: O(entries rank^2 + rank^3 + m rank).
 *
 * @example
 * ```ts
 * import { completeMatrix, foldInColumn } from '@lemmata/matrix-completion';
 *
 * const fit = completeMatrix([[1, 2, 3], [2, 4, null], [3, null, 9]], { rank: 1, lambda: 0 });
 * console.log(foldInColumn(fit, { places: [2], values: [12] }).predictions); // about 4 8 12
 * ```
 * @see {@link foldIn}
 */
export function foldInColumn(model: CompletionModel, entries: LineEntries): FoldedLine {
  const rank = checkModel(model);
  return fold(model, rank, { factor: model.U.data, bias: model.rowBiases }, entries);
}

function fold(model: CompletionModel, rank: number, source: Side, entries: LineEntries): FoldedLine {
  const length = source.bias.length;
  const values = requireVector('entries.values', entries.values);
  const places = readPlaces('entries.places', entries.places, values.length, length);
  const weights =
    entries.weights === undefined
      ? new Float64Array(values.length).fill(1)
      : requireVector('entries.weights', entries.weights, values.length, 'that of entries.values');
  const seen = new Set<number>();
  const kept: number[] = [];
  let total = 0;
  for (let e = 0; e < values.length; e++) {
    if (weights[e] < 0) throw refusal(`entries.weights[${e}]`, 'a finite number >= 0', weights[e]);
    if (seen.has(places[e])) throw refusal(`entries.places[${e}]`, 'every place once', `${places[e]} again`);
    seen.add(places[e]);
    total += weights[e];
    if (weights[e] > 0) kept.push(e);
  }
  const { lambda, biasLambda, ridgeScaling, biases, mean } = model;
  const solver = new LineSolver({ rank, lambda, biasLambda, ridgeScaling, biases });
  const line = {
    count: 1,
    indptr: Int32Array.of(0, kept.length),
    places: Int32Array.from(kept, (e) => places[e]),
    values: Float64Array.from(kept, (e) => values[e]),
    weights: Float64Array.from(kept, (e) => weights[e]),
  };
  finish(solver.solve(line, 0, total, source, mean, { exact: true, solver: 'cholesky', steps: 0, eta: 0 }));
  const factors = solver.x.slice(0, rank);
  const bias = biases === 'model' ? solver.x[rank] : 0;
  const deficient = solver.counts.deficientSolves > 0;
  solver.dispose();
  const predictions = new Float64Array(length);
  for (let j = 0; j < length; j++) {
    let sum = mean + bias + source.bias[j];
    for (let c = 0; c < rank; c++) sum += factors[c] * source.factor[j * rank + c];
    predictions[j] = sum;
  }
  const warnings = deficient ? ['the entries do not determine all factors: some are 0'] : [];
  return { status: 'complete', factors, bias, predictions, warnings };
}

import { DimensionError, refusal, requireNumber, requireVector } from '@lemmata/core';
import type { DenseMatrix } from '@lemmata/linalg';
import type { CompletionModel } from './completion.js';
import { type Observed, readObserved, readPlaces } from './problem/observed.js';

/** Cells of the largest matrix that {@link completedMatrix} writes out. */
const MOST_CELLS = 100000000;

/**
 * Checks a model that comes from outside.
 *
 * @param model - what the caller gave
 * @returns the rank
 * @throws DimensionError, InvalidInputError when the parts do not fit together
 */
export function checkModel(model: CompletionModel): number {
  if (typeof model !== 'object' || model === null) throw refusal('model', 'a completion', model, 'ERR_INPUT');
  const rank = model.U?.cols;
  for (const [name, factor, biases] of [
    ['U', model.U, model.rowBiases],
    ['V', model.V, model.colBiases],
  ] as const) {
    if (factor?.layout !== 'row' || !(factor.data instanceof Float64Array)) {
      throw refusal(`model.${name}`, 'a dense matrix in row layout', factor, 'ERR_INPUT');
    }
    if (factor.cols !== rank || factor.data.length !== factor.rows * rank || biases?.length !== factor.rows) {
      throw new DimensionError(
        `model.${name}: expected ${rank} columns, their data and a bias for each row, got ${factor.rows} x ${factor.cols}`,
        { argument: `model.${name}`, expected: rank, actual: factor.cols },
      );
    }
  }
  requireNumber('model.mean', model.mean);
  return rank;
}

/**
 * Predicts entries: mean + a_i + b_j + u_i . v_j.
 *
 * A row or column without observed entries has factors and bias 0, so the prediction falls back to what is known.
 *
 * @param model - a completion, or the parts of one
 * @param rows - row of each entry, integers in [0, m)
 * @param cols - column of each entry, integers in [0, n); as many
 * @returns predictions, as many as rows
 * @throws DimensionError when lengths differ; InvalidInputError for places out of range
 * Complexity: O(rank) for each entry.
 *
 * @example
 * ```ts
 * import { completeMatrix, predict } from '@lemmata/matrix-completion';
 *
 * const fit = completeMatrix([[1, 2], [2, null], [3, 6]], { rank: 1, lambda: 0 });
 * console.log(predict(fit, [1], [1])); // about 4
 * ```
 * @see {@link completeMatrix}
 */
export function predict(model: CompletionModel, rows: ArrayLike<number>, cols: ArrayLike<number>): Float64Array {
  checkModel(model);
  const rowOf = readPlaces('rows', rows, undefined, model.U.rows);
  requireVector('cols', cols, rowOf.length, 'that of rows');
  const colOf = readPlaces('cols', cols, undefined, model.V.rows);
  return predictAll(model, rowOf, colOf);
}

function predictAll(model: CompletionModel, rowOf: Int32Array, colOf: Int32Array): Float64Array {
  const { U, V, mean, rowBiases, colBiases } = model;
  const k = U.cols;
  const predictions = new Float64Array(rowOf.length);
  for (let e = 0; e < rowOf.length; e++) {
    let sum = mean + rowBiases[rowOf[e]] + colBiases[colOf[e]];
    for (let c = 0; c < k; c++) sum += U.data[rowOf[e] * k + c] * V.data[colOf[e] * k + c];
    predictions[e] = sum;
  }
  return predictions;
}

/**
 * Writes out the whole completed matrix: mean + a_i + b_j + u_i . v_j for all i and j.
 *
 * @param model - a completion
 * @returns a dense matrix of shape (m, n), row layout; observed entries are fitted, not copied
 * @throws InvalidInputError for more than 1e8 cells, and for a model whose parts do not fit
 * Complexity: O(m n rank).
 *
 * @example
 * ```ts
 * import { completedMatrix, completeMatrix } from '@lemmata/matrix-completion';
 *
 * const fit = completeMatrix([[1, 2], [2, null], [3, 6]], { rank: 1, lambda: 0 });
 * console.log(completedMatrix(fit).data);
 * ```
 * @see {@link predict}
 */
export function completedMatrix(model: CompletionModel): DenseMatrix {
  checkModel(model);
  const rows = model.U.rows;
  const cols = model.V.rows;
  if (rows * cols > MOST_CELLS) throw refusal('model', `at most ${MOST_CELLS} cells`, rows * cols, 'ERR_INPUT');
  const data = new Float64Array(rows * cols);
  const colOf = Int32Array.from({ length: cols }, (_, j) => j);
  for (let i = 0; i < rows; i++) data.set(predictAll(model, new Int32Array(cols).fill(i), colOf), i * cols);
  return { layout: 'row', rows, cols, data };
}

/**
 * Gives the weighted root mean square error of a model on entries, such as ones held out of the fit.
 *
 * @param model - a completion of shape (m, n)
 * @param observed - the entries, in any form that `completeMatrix` takes; indices within the model's shape
 * @returns the error, in the unit of the values, >= 0
 * @throws DimensionError, InvalidInputError for bad entries, or entries outside the model
 * Complexity: O(rank) for each entry.
 *
 * @example
 * ```ts
 * import { completeMatrix, rmse } from '@lemmata/matrix-completion';
 *
 * const fit = completeMatrix([[1, 2], [2, null], [3, 6]], { rank: 1, lambda: 0 });
 * console.log(rmse(fit, { rows: [1], cols: [1], values: [4] })); // about 0
 * ```
 * @see {@link predict}
 */
export function rmse(model: CompletionModel, observed: Observed): number {
  checkModel(model);
  const entries = readObserved(observed);
  if (entries.rows > model.U.rows || entries.cols > model.V.rows) {
    throw new DimensionError(
      `observed: expected at most ${model.U.rows} x ${model.V.rows}, got ${entries.rows} x ${entries.cols}`,
      { argument: 'observed', expected: [model.U.rows, model.V.rows], actual: [entries.rows, entries.cols] },
    );
  }
  const predictions = predictAll(model, entries.rowOf, entries.colOf);
  let squares = 0;
  let weight = 0;
  for (let e = 0; e < predictions.length; e++) {
    const error = entries.values[e] - predictions[e];
    squares += entries.weights[e] * error * error;
    weight += entries.weights[e];
  }
  return Math.sqrt(squares / weight);
}

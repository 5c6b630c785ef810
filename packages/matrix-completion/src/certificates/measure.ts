import type { Budget, Sliced } from '../budget.js';
import type { ModelSettings, Problem, Side } from '../problem/problem.js';

/** How good factors are on the observed entries. */
export interface Measured {
  /** sum w r^2 plus the ridge terms. */
  readonly objective: number;
  /** Square root of sum w r^2. */
  readonly residualNorm: number;
  /** Euclidean norm of half the gradient of the objective with respect to factors and biases. */
  readonly gradientNorm: number;
  /** The gradient of each side over |w (y - mean)| times the norm of the other side's design: unitless. */
  readonly relativeGradient: number;
}

/**
 * Measures objective, residual and gradient in one pass over the entries.
 *
 * @param problem - the data
 * @param model - the model
 * @param rows - factors and biases of the rows
 * @param cols - factors and biases of the columns
 * @param budget - when to give way
 * @returns the measures
 */
export function* measure(
  problem: Problem,
  model: ModelSettings,
  rows: Side,
  cols: Side,
  budget: Budget,
): Sliced<Measured> {
  const { rank: k } = model;
  const { byRow, mean } = problem;
  const biased = model.biases === 'model';
  const pull = new Float64Array(cols.factor.length);
  const biasPull = new Float64Array(cols.bias.length);
  const rowPull = new Float64Array(k);
  const { indptr, places, values, weights } = byRow;
  const [u, v] = [rows.factor, cols.factor];
  let squares = 0;
  let rowGradient = 0;
  let colGradient = 0;
  let penalty = 0;
  for (let i = 0; i < byRow.count; i++) {
    rowPull.fill(0);
    let rowBiasPull = 0;
    const at = i * k;
    for (let e = indptr[i]; e < indptr[i + 1]; e++) {
      const j = places[e];
      const start = values[e] - mean - rows.bias[i] - cols.bias[j];
      const rest = missOf(k, u, at, v, j * k, start);
      const weighted = weights[e] * rest;
      squares += weighted * rest;
      addPulls(k, weighted, u, at, v, j * k, rowPull, pull);
      rowBiasPull += weighted;
      biasPull[j] += weighted;
      if (budget.spend(3 * k)) yield 'slice';
    }
    const scale = model.ridgeScaling === 'count' ? problem.rowWeights[i] : 1;
    for (let c = 0; c < k; c++) {
      const x = rows.factor[i * k + c];
      const g = model.lambda * scale * x - rowPull[c];
      rowGradient += g * g;
      penalty += model.lambda * scale * x * x;
    }
    if (!biased) continue;
    const g = model.biasLambda * scale * rows.bias[i] - rowBiasPull;
    rowGradient += g * g;
    penalty += model.biasLambda * scale * rows.bias[i] * rows.bias[i];
  }
  for (let j = 0; j < cols.bias.length; j++) {
    const scale = model.ridgeScaling === 'count' ? problem.colWeights[j] : 1;
    for (let c = 0; c < k; c++) {
      const x = cols.factor[j * k + c];
      const g = model.lambda * scale * x - pull[j * k + c];
      colGradient += g * g;
      penalty += model.lambda * scale * x * x;
    }
    if (!biased) continue;
    const g = model.biasLambda * scale * cols.bias[j] - biasPull[j];
    colGradient += g * g;
    penalty += model.biasLambda * scale * cols.bias[j] * cols.bias[j];
  }
  return {
    objective: squares + penalty,
    residualNorm: Math.sqrt(squares),
    gradientNorm: Math.sqrt(rowGradient + colGradient),
    relativeGradient: Math.sqrt(share(rowGradient, cols, problem, biased) + share(colGradient, rows, problem, biased)),
  };
}

/** A squared gradient over the square of what bounds it at zero factors; 0 when that is 0. */
function share(gradient: number, other: Side, problem: Problem, biased: boolean): number {
  let size = biased ? other.bias.length : 0;
  for (const x of other.factor) size += x * x;
  const bound = size * problem.pullNorm * problem.pullNorm;
  return bound > 0 ? gradient / bound : 0;
}

/** start - u . v for one row of each factor. */
function missOf(k: number, u: Float64Array, at: number, v: Float64Array, place: number, start: number): number {
  let rest = start;
  for (let c = 0; c < k; c++) rest -= u[at + c] * v[place + c];
  return rest;
}

/** Adds an entry's part of the gradient to that of its row and that of its column. */
function addPulls(
  k: number,
  weighted: number,
  u: Float64Array,
  at: number,
  v: Float64Array,
  place: number,
  rowPull: Float64Array,
  pull: Float64Array,
): void {
  for (let c = 0; c < k; c++) {
    rowPull[c] += weighted * v[place + c];
    pull[place + c] += weighted * u[at + c];
  }
}

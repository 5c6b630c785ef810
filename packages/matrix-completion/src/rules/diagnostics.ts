import type { Completion } from '../completion.js';
import type { ModelSettings, Problem } from '../problem/problem.js';

/**
 * Collects the facts about data and answer that a result shows.
 *
 * @param problem - the data
 * @param rank - of the factors
 * @param kappa - condition number of U V'
 * @returns the facts
 */
export function diagnose(problem: Problem, rank: number, kappa: number): Completion['diagnostics'] {
  const { rows, cols, values } = problem.entries;
  return {
    entries: values.length,
    oversampling: values.length / (rank * (rows + cols - rank)),
    kappa,
    emptyRows: emptyLines(problem.rowWeights),
    emptyCols: emptyLines(problem.colWeights),
  };
}

/**
 * Says what the caller should know about the data.
 *
 * @param problem - the data
 * @param model - the model
 * @returns sentences; none when all is well
 */
export function completionWarnings(problem: Problem, model: ModelSettings): readonly string[] {
  const { oversampling, emptyRows, emptyCols, entries } = diagnose(problem, model.rank, 1);
  const warnings: string[] = [];
  if (emptyRows > 0) warnings.push(`${emptyRows} rows have no entry: their factors are 0`);
  if (emptyCols > 0) warnings.push(`${emptyCols} columns have no entry: their factors are 0`);
  if (oversampling < 1 && model.lambda === 0) {
    warnings.push(
      `${entries} entries are fewer than the degrees of freedom of rank ${model.rank}: the holes are not determined`,
    );
  }
  return warnings;
}

function emptyLines(weights: Float64Array): number {
  let empty = 0;
  for (const weight of weights) if (weight === 0) empty++;
  return empty;
}

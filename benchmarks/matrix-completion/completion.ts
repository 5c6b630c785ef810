// The problem: from some entries of a matrix, find factors and biases that say what the others are. A solution is as good
// as its error on entries that were held back. This file imports no solver.
import { type Params, type Problem, readParams } from '@lemmata/bench';

/** What a data set makes: entries to fit and entries held back, a flat tree of numbers and arrays. */
export interface CompletionInput {
  /** Rows of the matrix. */
  readonly rows: number;
  /** Columns of the matrix. */
  readonly cols: number;
  /** Row of each observed entry. */
  readonly rowOf: Int32Array;
  /** Column of each observed entry. */
  readonly colOf: Int32Array;
  /** The observed values. */
  readonly values: Float64Array;
  /** Row of each entry that was held back. */
  readonly heldRowOf: Int32Array;
  /** Column of each entry that was held back. */
  readonly heldColOf: Int32Array;
  /** The values that were held back. */
  readonly heldValues: Float64Array;
}

/** The model that all solvers fit: minimise the sum of squares plus lambda times entries times squares of each line. */
export interface CompletionInstance extends CompletionInput {
  /** Columns of the factors. */
  readonly rank: number;
  /** Ridge by count; 0 for exact recovery. */
  readonly lambda: number;
  /** 1 when the mean and a bias for each row and column belong to the model, which is when lambda > 0. */
  readonly biased: number;
  /** Rounds of alternating minimisation, for V and for U each. */
  readonly rounds: number;
}

/** Factors and biases: entry (i, j) is mean + rowBiases[i] + colBiases[j] + u_i . v_j. */
export interface CompletionSolution {
  /** Row factors, rows x rank, row by row. */
  readonly U: Float64Array | Float32Array;
  /** Column factors, cols x rank, row by row. */
  readonly V: Float64Array | Float32Array;
  /** Biases of the rows. */
  readonly rowBiases: Float64Array | Float32Array;
  /** Biases of the columns. */
  readonly colBiases: Float64Array | Float32Array;
  /** What is added everywhere. */
  readonly mean: number;
}

/** What the factors say of one entry. */
export function entryOf({ U, V, rowBiases, colBiases, mean }: CompletionSolution, i: number, j: number): number {
  const rank = U.length / rowBiases.length;
  let value = mean + rowBiases[i] + colBiases[j];
  for (let c = 0; c < rank; c++) value += U[i * rank + c] * V[j * rank + c];
  return value;
}

/** The sum of the squares of what the factors miss at some entries. */
function squares(solution: CompletionSolution, rowOf: Int32Array, colOf: Int32Array, values: Float64Array): number {
  let sum = 0;
  for (let e = 0; e < values.length; e++) {
    const miss = values[e] - entryOf(solution, rowOf[e], colOf[e]);
    sum += miss * miss;
  }
  return sum;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The solution that knows the mean of the observed values and no more. */
export function meanAlone({ rows, cols, rank, values }: CompletionInstance): CompletionSolution {
  return {
    U: new Float64Array(rows * rank),
    V: new Float64Array(cols * rank),
    rowBiases: new Float64Array(rows),
    colBiases: new Float64Array(cols),
    mean: meanOf(values),
  };
}

/** Root mean square error on the entries held back. */
export function heldOutRmse(instance: CompletionInstance, solution: CompletionSolution): number {
  const { heldRowOf, heldColOf, heldValues } = instance;
  return Math.sqrt(squares(solution, heldRowOf, heldColOf, heldValues) / heldValues.length);
}

/** Sum of squares on the observed entries plus the ridge: lambda times the entries of a line, on factors and biases. */
export function objectiveOf(instance: CompletionInstance, solution: CompletionSolution): number {
  const { rows, cols, rowOf, colOf, values, rank, lambda } = instance;
  let ridge = 0;
  const add = (lines: Int32Array, count: number, factor: CompletionSolution['U'], biases: CompletionSolution['U']) => {
    const degree = new Float64Array(count);
    for (const line of lines) degree[line]++;
    for (let i = 0; i < count; i++) {
      let square = biases[i] * biases[i];
      for (let c = 0; c < rank; c++) square += factor[i * rank + c] * factor[i * rank + c];
      ridge += degree[i] * square;
    }
  };
  add(rowOf, rows, solution.U, solution.rowBiases);
  add(colOf, cols, solution.V, solution.colBiases);
  return squares(solution, rowOf, colOf, values) + lambda * ridge;
}

function requireFinite(name: string, entries: ArrayLike<number>, length: number): void {
  if (entries.length !== length) throw new RangeError(`${name}: expected length ${length}, got ${entries.length}`);
  for (let e = 0; e < length; e++) {
    if (!Number.isFinite(entries[e]))
      throw new RangeError(`${name}[${e}]: expected a finite number, got ${entries[e]}`);
  }
}

/** Completion of a matrix of low rank, judged by what was held back. */
export function problem(given: Params): Problem<CompletionInput, CompletionInstance, CompletionSolution> {
  const params = readParams('problem completion', given, {
    rank: { default: 16, min: 1, integer: true },
    lambda: { default: 0.06, min: 0 },
    rounds: { default: 10, min: 1, integer: true },
  });
  return {
    name: 'completion',
    version: '1',
    params,
    metric: 'heldOutError',
    metricLabel: 'error on entries held back, relative to that of the mean',
    count: 'entryPasses',
    referenceKind: 'certified',
    load: (input) => ({ ...input, ...params, biased: params.lambda > 0 ? 1 : 0 }),
    evaluate: (instance, solution) => {
      const { rowOf, colOf, values } = instance;
      const rmse = heldOutRmse(instance, solution);
      return {
        heldOutError: rmse / heldOutRmse(instance, meanAlone(instance)),
        heldOutRmse: rmse,
        observedRmse: Math.sqrt(squares(solution, rowOf, colOf, values) / values.length),
        objective: objectiveOf(instance, solution),
      };
    },
    trivialSolution: meanAlone,
    verify: (instance, solution) => {
      const { rows, cols, rank } = instance;
      requireFinite('U', solution.U, rows * rank);
      requireFinite('V', solution.V, cols * rank);
      requireFinite('rowBiases', solution.rowBiases, rows);
      requireFinite('colBiases', solution.colBiases, cols);
      requireFinite('mean', [solution.mean], 1);
      const limit = heldOutRmse(instance, meanAlone(instance));
      const error = heldOutRmse(instance, solution);
      if (error > limit) throw new RangeError(`U, V: expected an error <= ${limit} (that of the mean), got ${error}`);
    },
  };
}

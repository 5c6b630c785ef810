import {
  type Algorithm,
  type Backend,
  type Ending,
  requireVector,
  type SliceEnd,
  type Status,
  seedString,
} from '@lemmata/core';
import { linearOperator, type Matrix, type SparseMatrix } from '@lemmata/linalg';
import type { LassoPathAnswer } from '../lasso-path-algorithm.js';
import type { LassoPathColumn, LassoPathSettings, LassoPathState } from '../lasso-path-options.js';
import { sampleWeights } from '../model-options.js';
import type { PathColumns } from '../path-recorder.js';
import type { LassoCounts } from '../problem/lasso-problem.js';
import {
  type CrossValidationColumn,
  type CrossValidationState,
  type FoldSettings,
  foldsOf,
} from './cross-validation-options.js';
import { takeRows } from './take-rows.js';

/** Errors of the lambdas of a path on rows held back, and the choice among them. */
export interface ChosenLambda extends Ending<CrossValidationColumn> {
  /**
   * Mean error at every lambda: of folds by their weight, and in each of its rows by theirs. Squared errors of linear models,
   * summed over outputs, deviances (twice the loss) of logistic ones. NaN where no fold was finished.
   */
  readonly errors: Float64Array;
  /** Standard error of that mean, from the spread over folds; NaN before two folds were finished. */
  readonly standardErrors: Float64Array;
  /** Error of every fold at every lambda: fold f at f * lambdas + t. */
  readonly foldErrors: Float64Array;
  /** Position of the smallest mean error, the first of equal ones: that of the largest such lambda. */
  readonly minIndex: number;
  /** First position whose mean error is within one standard error of the smallest one. */
  readonly oneSeIndex: number;
  /** Position that the rule chose. */
  readonly index: number;
  /** The lambda chosen. */
  readonly lambda: number;
  /** Fold of every row. */
  readonly foldOf: Int32Array;
  /** Costs of all paths together; `screened` is that of the last fit. */
  readonly counts: LassoCounts;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** Seed of the folds. */
  readonly seed: string;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

/** A path on all rows with the errors of its lambdas on rows held back: plain data that survives `structuredClone`. */
export interface CrossValidation extends ChosenLambda {
  /** The path on all rows: coefficients, intercepts, objectives and gaps at every lambda. */
  readonly path: PathColumns;
  /** Coefficients on all rows at the lambda chosen, length n. */
  readonly coefficients: Float64Array;
  /** Intercept that goes with them. */
  readonly intercept: number;
}

type ByDriver = 'status' | 'iterations' | 'history' | 'elapsedMs';

/** A cross-validation without what the driver adds; the model at the lambda chosen as plain vectors. */
export interface ChosenAnswer<Path> extends Omit<ChosenLambda, ByDriver> {
  /** The path on all rows. */
  readonly path: Omit<Path, 'counts' | 'backend' | 'warnings'>;
  /** Coefficients at the lambda chosen, that of column j and output c at j k + c. */
  readonly coefficients: Float64Array;
  /** Intercepts that go with them, length k. */
  readonly intercepts: Float64Array;
}

/** A cross-validation of one output without what the driver adds. */
export type CrossValidationAnswer = Omit<CrossValidation, ByDriver>;

/** What is read of a path. */
interface AnyPath {
  readonly lambdas: Float64Array;
  readonly coefficients: SparseMatrix;
  readonly counts: LassoCounts;
  readonly backend: Backend;
  readonly warnings: readonly string[];
}

/** A family of paths, on all rows or some. */
export interface Family<Path extends AnyPath = LassoPathAnswer> {
  /** All rows. */
  readonly matrix: Matrix;
  /** Number of outputs k. */
  readonly outputs: number;
  /** A class for each row, to be spread over folds; undefined for none. */
  readonly strata: Int32Array | undefined;
  /** The options of the path on all rows. */
  readonly settings: LassoPathSettings;
  /** Makes the run of a path on A, whose rows are `rows` of all; the options are those for these rows. */
  path(A: Matrix, rows: Int32Array, settings: LassoPathSettings): Algorithm<LassoPathState, LassoPathColumn, Path>;
  /** The intercepts of a path, that of `lambdas[t]` and output c at t k + c. */
  intercepts(path: Path | Omit<Path, 'counts' | 'backend' | 'warnings'>): Float64Array;
  /** The error of row i for the linear forms z_c = a_i . w_c + c_c + offset, length k. */
  error(i: number, z: Float64Array): number;
}

/** What one number a row says, checked. */
interface PerRow {
  readonly weights: Float64Array | undefined;
  readonly offset: Float64Array | undefined;
}

function perRow({ sampleWeights: weights, offset }: LassoPathSettings, rows: number): PerRow {
  return {
    weights: sampleWeights(weights, rows),
    offset: offset === undefined ? undefined : requireVector('options.offset', offset, rows, 'rows of A'),
  };
}

/**
 * Makes the run of a cross-validation: a path on all rows, then one on the rows outside each fold at the same lambdas.
 *
 * @param family - the paths
 * @param fold - the fold options
 * @returns the run, for the driver
 */
export function chooseLambda<Path extends AnyPath>(
  family: Family<Path>,
  fold: FoldSettings,
): Algorithm<CrossValidationState, CrossValidationColumn, ChosenAnswer<Path>> {
  const { matrix, settings } = family;
  const { of: folds, count } = foldsOf(fold, family.strata, matrix.rows);
  const { weights: sample, offset } = perRow(settings, matrix.rows);
  const some = (values: Float64Array | undefined, rows: Int32Array) =>
    values === undefined ? undefined : Float64Array.from(rows, (i) => values[i]);
  const state: CrossValidationState = { iteration: 0, error: Number.NaN };
  const everyRow = Int32Array.from(folds, (_, i) => i);
  const first = family.path(matrix, everyRow, settings);
  let current: Algorithm<LassoPathState, LassoPathColumn, Path> | undefined = first;
  let whole: Path | undefined;
  let foldErrors = new Float64Array(0);
  const weights: number[] = [];
  const counts: Record<string, number> = {};
  let status: Status = 'converged';

  /** Runs a path to its end and adds its costs. */
  function* follow(path: typeof first): Generator<SliceEnd, Path, void> {
    current = path;
    const slices = path.slices();
    for (;;) {
      const step = slices.next();
      if (step.done === true) {
        if (status === 'converged' && step.value !== 'limit') status = step.value;
        break;
      }
      yield 'slice';
    }
    const answer = path.answer();
    path.dispose();
    current = undefined;
    for (const [name, value] of Object.entries(answer.counts)) {
      counts[name] = name === 'screened' ? value : (counts[name] ?? 0) + value;
    }
    return answer;
  }

  function* slices(): Generator<SliceEnd, Status, void> {
    whole = yield* follow(first);
    const { lambdas } = whole;
    foldErrors = new Float64Array(count * lambdas.length).fill(Number.NaN);
    const same = { ...settings, lambdas, numLambdas: undefined, minRatio: undefined };
    const unlimited = { ...same, maxNonzeros: undefined, minDevianceChange: undefined, maxDevianceRatio: undefined };
    yield 'iteration';
    for (let f = 0; f < count; f++) {
      const inside = everyRow.filter((i) => folds[i] === f);
      const outside = everyRow.filter((i) => folds[i] !== f);
      const kept = { ...unlimited, sampleWeights: some(sample, outside), offset: some(offset, outside) };
      const path = yield* follow(family.path(takeRows(matrix, outside), outside, kept));
      const errors = foldErrors.subarray(f * lambdas.length, (f + 1) * lambdas.length);
      weights.push(measure(family, inside, path, { weights: sample, offset }, errors));
      state.iteration++;
      state.error = summary(foldErrors, weights, lambdas.length).errors.reduce(
        (least, value) => Math.min(least, value),
        Infinity,
      );
      if (f + 1 < count) yield 'iteration';
    }
    return status;
  }

  return {
    state,
    columns: ['error'],
    slices,
    answer: () => {
      const { counts: _, backend, warnings, ...path } = whole ?? first.answer();
      const length = path.lambdas.length;
      const { errors, standardErrors } = summary(foldErrors, weights, length);
      const minIndex = leastIndex(errors);
      const within = errors[minIndex] + (Number.isNaN(standardErrors[minIndex]) ? 0 : standardErrors[minIndex]);
      const oneSeIndex = Math.max(
        0,
        errors.findIndex((error) => error <= within),
      );
      const index = fold.rule === 'min' ? minIndex : oneSeIndex;
      const k = family.outputs;
      const coefficients = new Float64Array(matrix.cols * k);
      const { indptr, indices, data } = path.coefficients;
      for (let e = indptr[index]; e < (indptr[index + 1] ?? 0); e++) coefficients[indices[e]] = data[e];
      const intercepts = new Float64Array(k);
      intercepts.set(family.intercepts(path).subarray(index * k, (index + 1) * k));
      return {
        path,
        errors,
        standardErrors,
        foldErrors,
        minIndex,
        oneSeIndex,
        index,
        lambda: path.lambdas[index] ?? Number.NaN,
        coefficients,
        intercepts,
        foldOf: folds,
        counts: counts as unknown as LassoCounts,
        backend,
        seed: seedString(fold.seed),
        warnings,
      };
    },
    dispose: () => current?.dispose(),
  };
}

/**
 * Makes the run of a cross-validation of one output.
 *
 * @param family - the paths
 * @param fold - the fold options
 * @returns the run, for the driver
 */
export function crossValidationAlgorithm(
  family: Family,
  fold: FoldSettings,
): Algorithm<CrossValidationState, CrossValidationColumn, CrossValidationAnswer> {
  const algorithm = chooseLambda(family, fold);
  const answer = () => {
    const { intercepts, ...rest } = algorithm.answer();
    return { ...rest, intercept: intercepts[0] };
  };
  return { ...algorithm, answer };
}

/** Writes the error of a path at each lambda on some rows; returns the weight of these rows. */
function measure<Path extends AnyPath>(
  family: Family<Path>,
  rows: Int32Array,
  path: Path,
  { weights, offset }: PerRow,
  errors: Float64Array,
): number {
  const operator = linearOperator(takeRows(family.matrix, rows));
  const { indptr, indices, data } = path.coefficients;
  const k = family.outputs;
  const W = Array.from({ length: k }, () => new Float64Array(family.matrix.cols));
  const Z = W.map(() => new Float64Array(rows.length));
  const forms = new Float64Array(k);
  const intercepts = family.intercepts(path);
  let total = 0;
  for (const i of rows) total += weights?.[i] ?? 1;
  for (let t = 0; t < path.lambdas.length; t++) {
    for (const w of W) w.fill(0);
    for (let e = indptr[t]; e < indptr[t + 1]; e++) {
      const c = indices[e] % k;
      W[c][(indices[e] - c) / k] = data[e];
    }
    for (let c = 0; c < k; c++) operator.apply(W[c], Z[c]);
    let sum = 0;
    rows.forEach((i, r) => {
      const weight = weights?.[i] ?? 1;
      if (!(weight > 0)) return;
      for (let c = 0; c < k; c++) forms[c] = Z[c][r] + intercepts[t * k + c] + (offset?.[i] ?? 0);
      sum += weight * family.error(i, forms);
    });
    errors[t] = total > 0 ? sum / total : Number.NaN;
  }
  return total;
}

/** Means over finished folds by weight, and their standard errors. */
function summary(
  foldErrors: Float64Array,
  weights: readonly number[],
  length: number,
): { readonly errors: Float64Array; readonly standardErrors: Float64Array } {
  const errors = new Float64Array(length).fill(Number.NaN);
  const standardErrors = new Float64Array(length).fill(Number.NaN);
  const counted = weights.flatMap((weight, f) => (weight > 0 ? [f] : []));
  const total = counted.reduce((sum, f) => sum + weights[f], 0);
  if (total === 0) return { errors, standardErrors };
  for (let t = 0; t < length; t++) {
    let mean = 0;
    for (const f of counted) mean += (weights[f] / total) * foldErrors[f * length + t];
    let variance = 0;
    for (const f of counted) variance += (weights[f] / total) * square(foldErrors[f * length + t] - mean);
    errors[t] = mean;
    if (counted.length > 1) standardErrors[t] = Math.sqrt(variance / (counted.length - 1));
  }
  return { errors, standardErrors };
}

/** The first position of the smallest value; 0 where there is none. */
function leastIndex(values: Float64Array): number {
  let best = 0;
  for (let t = 1; t < values.length; t++) if (values[t] < values[best]) best = t;
  return best;
}

function square(value: number): number {
  return value * value;
}

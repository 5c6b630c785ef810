import type { Algorithm } from '@lemmata/core';
import type { DenseMatrix, MatrixLike } from '@lemmata/linalg';
import type { OutputsSettings } from '../groups/group-options.js';
import { type OutputsPath, type OutputsPathAnswer, readOutputs } from '../groups/outputs-fit.js';
import { LASSO_PATH_DEFAULTS, type LassoPathSettings, type PathSettings } from '../lasso-path-options.js';
import { type ChosenLambda, chooseLambda, type Family } from './cross-validation-algorithm.js';
import type { CrossValidationColumn, CrossValidationState, FoldSettings } from './cross-validation-options.js';
import { takeRows } from './take-rows.js';

/** A path of k outputs with the errors of its lambdas on rows held back: plain data that survives `structuredClone`. */
export interface OutputsCrossValidation extends ChosenLambda {
  /** The path on all rows: coefficients, intercepts, objectives and gaps at every lambda. */
  readonly path: Omit<
    OutputsPath,
    'status' | 'iterations' | 'history' | 'elapsedMs' | 'counts' | 'backend' | 'warnings'
  >;
  /** Coefficients on all rows at the lambda chosen, shape (n, k), row layout. */
  readonly coefficients: DenseMatrix;
  /** Intercepts that go with them, length k. */
  readonly intercepts: Float64Array;
}

/** A cross-validation of k outputs without what the driver adds. */
export type OutputsCrossValidationAnswer = Omit<
  OutputsCrossValidation,
  'status' | 'iterations' | 'history' | 'elapsedMs'
>;

/** Options of a path of several outputs. */
type AnySettings = PathSettings & OutputsSettings;

/** An offset with two indices. */
export interface KnownForms {
  /** The offset at rows of all rows; undefined for none. */
  rows(ids: Int32Array): MatrixLike | undefined;
  /** Adds that of row i to the forms of its outputs. */
  add(i: number, z: Float64Array): Float64Array;
}

/**
 * Reads the offset of a path of several outputs.
 *
 * @param settings - options of the path, checked but for what depends on the design
 * @param rows - rows of A
 * @param k - number of outputs
 * @returns what folds need of it
 * @throws DimensionError, InvalidInputError when it is no matrix of shape (m, k)
 */
export function knownForms({ offset }: OutputsSettings, rows: number, k: number): KnownForms {
  if (offset === undefined) return { rows: () => undefined, add: (_, z) => z };
  const { data } = readOutputs('options.offset', offset, rows, 'rows of A', 'row', k);
  const matrix = { layout: 'row', rows, cols: k, data } as const;
  return { rows: (ids) => takeRows(matrix, ids), add: (i, z) => z.map((value, c) => value + data[i * k + c]) };
}

/**
 * The options of a path of several outputs as all cross-validations have them.
 *
 * @param settings - options of the path, checked
 * @returns them among the defaults of all others, without the offset, which has two indices
 */
export function outputsSettings(settings: AnySettings): LassoPathSettings {
  return { ...LASSO_PATH_DEFAULTS, l1Ratio: 1, ...settings, offset: undefined };
}

/**
 * Those of the path of a fold: its lambdas, and what belongs to its rows.
 *
 * @param settings - options of the path on all rows
 * @param given - what the fold says
 * @param offset - that of its rows
 * @returns the options of its path
 */
export function outputsPathAt<Settings extends AnySettings>(
  settings: Settings,
  given: LassoPathSettings,
  offset: MatrixLike | undefined,
): Settings {
  const { lambdas, numLambdas, minRatio, maxNonzeros, minDevianceChange, maxDevianceRatio, sampleWeights } = given;
  const where = { lambdas, numLambdas, minRatio, maxNonzeros, minDevianceChange, maxDevianceRatio };
  return { ...settings, ...where, sampleWeights, offset };
}

/**
 * Makes the run of a cross-validation of several outputs.
 *
 * @param family - the paths
 * @param fold - the fold options
 * @returns the run, for the driver
 */
export function outputsCrossValidationAlgorithm(
  family: Omit<Family<OutputsPathAnswer>, 'intercepts'>,
  fold: FoldSettings,
): Algorithm<CrossValidationState, CrossValidationColumn, OutputsCrossValidationAnswer> {
  const algorithm = chooseLambda<OutputsPathAnswer>(
    { ...family, intercepts: ({ intercepts }) => intercepts.data },
    fold,
  );
  const answer = () => {
    const { coefficients, ...rest } = algorithm.answer();
    const matrix = { layout: 'row', rows: family.matrix.cols, cols: family.outputs, data: coefficients } as const;
    return { ...rest, coefficients: matrix };
  };
  return { ...algorithm, answer };
}

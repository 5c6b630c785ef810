import {
  checkRunOptions,
  DimensionError,
  InvalidInputError,
  type Limits,
  type RandomStream,
  type RunOptions,
  randomStream,
  refusal,
  requireInteger,
  requireOneOf,
  seedString,
} from '@lemmata/core';
import type { ElasticNetPathOptions } from '../elastic-net-options.js';
import type { LogisticPathOptions } from '../logistic-options.js';

/** One live object, updated in place after the path on all rows and after that of every fold. */
export interface CrossValidationState {
  /** Folds finished; 0 when the path on all rows is done. */
  iteration: number;
  /** Smallest mean error over lambdas, of the folds so far; NaN before the first. */
  error: number;
}

/** Name of the number of a {@link CrossValidationState} that a history keeps. */
export type CrossValidationColumn = 'error';

/** Options of every cross-validation beside those of the path. */
export interface FoldOptions extends RunOptions<CrossValidationState> {
  /** Number of folds, an integer in [2, rows]; default 5. Not together with `foldOf`. */
  readonly folds?: number;
  /** Fold of every row, length m, integers from 0 with no gap, two folds at least; default drawn. */
  readonly foldOf?: ArrayLike<number>;
  /**
   * Which lambda is chosen: `'min'` (default) that of the smallest mean error, `'1se'` the largest whose mean error is
   * within one standard error of it.
   */
  readonly rule?: 'min' | '1se';
  /** Seed of the folds; default 0. */
  readonly seed?: number | string;
}

/** Options of `elasticNetCrossValidation`. */
export interface ElasticNetCrossValidationOptions
  extends Omit<ElasticNetPathOptions, keyof RunOptions<unknown>>,
    FoldOptions {}

/** Options of `logisticRegressionCrossValidation`. */
export interface LogisticCrossValidationOptions
  extends Omit<LogisticPathOptions, keyof RunOptions<unknown>>,
    FoldOptions {}

/** The fold options after defaults. */
export interface FoldSettings {
  readonly folds: number | undefined;
  readonly foldOf: ArrayLike<number> | undefined;
  readonly rule: 'min' | '1se';
  readonly seed: number | string;
}

/** Number of folds that are drawn. */
const FOLDS = 5;

/** What is left of options of a cross-validation for every path. */
type PathPart<Options> = Omit<Options, Exclude<keyof FoldOptions, 'maxIterations'>>;

/** The options of a cross-validation, apart. */
export interface SplitOptions<PathOptions> {
  /** Those of the folds. */
  readonly fold: FoldSettings;
  /** Those of every path; `maxIterations` holds for every fit. */
  readonly path: PathOptions;
  /** Those of the whole run. */
  readonly limits: Limits<CrossValidationState>;
}

/**
 * Tells options of folds, of paths and of the run apart, and checks those of the folds.
 *
 * @param options - what the caller gave
 * @returns the three
 * @throws InvalidInputError `ERR_OPTION` for values out of range, `ERR_INCOMPATIBLE` for folds given both ways
 */
export function splitOptions<Options extends FoldOptions>(
  options: Options | undefined,
): SplitOptions<PathPart<Options>> {
  const { folds, foldOf, rule = 'min', seed = 0, ...rest } = options ?? ({} as Options);
  const { signal, onIteration, timeLimitMs = Infinity, historyEvery = 1, ...path } = rest;
  if (folds !== undefined) requireInteger('options.folds', folds, 2);
  requireOneOf('options.rule', rule, ['min', '1se']);
  seedString(seed);
  if (folds !== undefined && foldOf !== undefined) {
    throw new InvalidInputError(
      `options.folds: expected it left out where options.foldOf is given, got ${folds}`,
      'ERR_INCOMPATIBLE',
      { argument: 'options.folds', expected: undefined, actual: folds },
    );
  }
  const limits = { maxIterations: Number.MAX_SAFE_INTEGER, timeLimitMs, signal, onIteration, historyEvery };
  checkRunOptions(limits);
  return { fold: { folds, foldOf, rule, seed }, path: path as PathPart<Options>, limits };
}

/**
 * The fold of every row.
 *
 * @param settings - the fold options
 * @param strata - a class for each row, whose members are spread evenly over folds; undefined for one class
 * @param rows - number of rows
 * @returns folds from 0, and how many there are
 * @throws DimensionError, InvalidInputError for folds that do not fit the rows
 */
export function foldsOf(
  { folds, foldOf, seed }: FoldSettings,
  strata: Int32Array | undefined,
  rows: number,
): { readonly of: Int32Array; readonly count: number } {
  if (foldOf !== undefined) {
    const given = givenFolds(foldOf, rows);
    if (strata !== undefined) requireClassesOutside('options.foldOf', given.of, given.count, strata);
    return given;
  }
  const count = folds ?? Math.min(FOLDS, rows);
  if (count > rows || count < 2) throw refusal('options.folds', `an integer in [2, ${rows}] (rows of A)`, count);
  const drawn = drawnFolds(count, strata, rows, randomStream(seed).fork('folds'));
  if (strata !== undefined) requireClassesOutside('options.folds', drawn, count, strata);
  return { of: drawn, count };
}

/** Deals rows out to folds one by one, class by class, in random order. */
function drawnFolds(count: number, strata: Int32Array | undefined, rows: number, stream: RandomStream): Int32Array {
  const order = Array.from(stream.permutation(rows));
  if (strata !== undefined) order.sort((i, k) => strata[i] - strata[k]);
  const folds = new Int32Array(rows);
  order.forEach((row, place) => {
    folds[row] = place % count;
  });
  return folds;
}

/** Requires rows of every class outside each fold: without one there is no model of it. */
function requireClassesOutside(argument: string, of: Int32Array, count: number, strata: Int32Array): void {
  const classes = new Set(strata).size;
  for (let fold = 0; fold < count; fold++) {
    const seen = new Set(strata.filter((_, i) => of[i] !== fold));
    if (seen.size < classes) {
      throw refusal(argument, `rows of all ${classes} classes outside each fold`, `${seen.size} outside fold ${fold}`);
    }
  }
}

function givenFolds(foldOf: ArrayLike<number>, rows: number): { readonly of: Int32Array; readonly count: number } {
  if (typeof foldOf !== 'object' || foldOf === null) {
    throw refusal('options.foldOf', 'an array of integers', foldOf);
  }
  if (foldOf.length !== rows) {
    throw new DimensionError(`options.foldOf: expected length ${rows} (rows of A), got ${foldOf.length}`, {
      argument: 'options.foldOf',
      expected: rows,
      actual: foldOf.length,
    });
  }
  const folds = new Int32Array(rows);
  const seen = new Set<number>();
  for (let i = 0; i < rows; i++) {
    folds[i] = requireInteger(`options.foldOf[${i}]`, foldOf[i], 0, rows - 1);
    seen.add(folds[i]);
  }
  const missing = Array.from({ length: seen.size }, (_, fold) => fold).find((fold) => !seen.has(fold));
  if (seen.size < 2 || missing !== undefined) {
    throw refusal('options.foldOf', 'folds 0, 1, ... without a gap, two at least', `${seen.size} folds`);
  }
  return { of: folds, count: seen.size };
}

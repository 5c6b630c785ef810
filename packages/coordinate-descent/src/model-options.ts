import { InvalidInputError, refusal, requireBoolean, requireVector } from '@lemmata/core';
import type { PenaltyShape } from './problem/penalty.js';

/** What every linear model accepts about samples, columns and coefficients. */
export interface ModelOptions {
  /**
   * Weights of the samples, length m, >= 0, finite, not all 0; default 1 each. They are divided by their mean: a weight of
   * 2 counts as two equal rows.
   */
  readonly sampleWeights?: ArrayLike<number>;
  /** A known part of the response, length m, finite, taken away from b before the fit; default 0. */
  readonly offset?: ArrayLike<number>;
  /**
   * Factors of the penalty of each coefficient, length n, >= 0, as given: they are not rescaled. A coefficient with factor
   * 0 is not penalised. Default 1.
   */
  readonly penaltyFactors?: ArrayLike<number>;
  /** Smallest coefficients: a number for all or one each (length n), <= 0, -Infinity for none, which is the default. */
  readonly lowerBounds?: number | ArrayLike<number>;
  /** Largest coefficients: a number for all or one each (length n), >= 0, Infinity for none, which is the default. */
  readonly upperBounds?: number | ArrayLike<number>;
  /**
   * Whether the penalty is to act on coefficients of columns scaled to variance 1 (weighted, divided by m); default false.
   * Coefficients and bounds are those of the columns as given, always.
   */
  readonly standardize?: boolean;
}

/** The default of every option of {@link ModelOptions}. */
export const MODEL_DEFAULTS: { readonly [K in keyof Required<ModelOptions>]: ModelOptions[K] | undefined } & {
  readonly standardize: boolean;
} = Object.freeze({
  sampleWeights: undefined,
  offset: undefined,
  penaltyFactors: undefined,
  lowerBounds: undefined,
  upperBounds: undefined,
  standardize: false,
});

/** The options after defaults. */
export type ModelSettings = typeof MODEL_DEFAULTS;

/**
 * Whether a model needs more than the plain L1 norm.
 *
 * @param settings - options with defaults applied
 * @returns true when columns differ in penalty or bounds
 */
export function isShaped(settings: ModelSettings): boolean {
  const { penaltyFactors, lowerBounds, upperBounds, standardize } = settings;
  return penaltyFactors !== undefined || lowerBounds !== undefined || upperBounds !== undefined || standardize;
}

/**
 * Reads factors, bounds and standardisation.
 *
 * @param settings - options with defaults applied
 * @param cols - columns of A
 * @returns copies, checked
 * @throws DimensionError, InvalidInputError when they are no such vectors or a number is out of its range
 */
export function penaltyShape(settings: ModelSettings, cols: number): PenaltyShape {
  const { penaltyFactors, lowerBounds, upperBounds } = settings;
  const factors =
    penaltyFactors === undefined
      ? undefined
      : requireVector('options.penaltyFactors', penaltyFactors, cols, 'columns of A');
  if (factors !== undefined) requireSigns('options.penaltyFactors', factors, 1);
  return {
    factors,
    lower: lowerBounds === undefined ? undefined : bounds('options.lowerBounds', lowerBounds, cols, -1),
    upper: upperBounds === undefined ? undefined : bounds('options.upperBounds', upperBounds, cols, 1),
    standardize: requireBoolean('options.standardize', settings.standardize),
  };
}

/**
 * Reads sample weights and brings them to mean 1.
 *
 * @param given - the option
 * @param rows - rows of A
 * @returns the weights, or undefined where none were given
 * @throws DimensionError, InvalidInputError when they are no weights
 */
export function sampleWeights(given: ArrayLike<number> | undefined, rows: number): Float64Array | undefined {
  if (given === undefined) return undefined;
  const weights = requireVector('options.sampleWeights', given, rows, 'rows of A');
  requireSigns('options.sampleWeights', weights, 1);
  let sum = 0;
  for (const weight of weights) sum += weight;
  if (sum === 0 || sum === Infinity) throw refusal('options.sampleWeights', 'a sum > 0 and finite', sum, 'ERR_OPTION');
  for (let i = 0; i < rows; i++) weights[i] *= rows / sum;
  return weights;
}

/**
 * Takes the offset away from the target.
 *
 * @param target - b, length m, written to
 * @param offset - the option
 * @throws DimensionError, InvalidInputError when it is no vector of length m
 */
export function subtractOffset(target: Float64Array, offset: ArrayLike<number> | undefined): void {
  if (offset === undefined) return;
  const known = requireVector('options.offset', offset, target.length, 'rows of A');
  for (let i = 0; i < target.length; i++) target[i] -= known[i];
}

function requireSigns(argument: string, values: Float64Array, sign: 1 | -1): void {
  const index = values.findIndex((value) => value * sign < 0);
  if (index < 0) return;
  const expected = sign === 1 ? 'a number >= 0' : 'a number <= 0';
  throw new InvalidInputError(`${argument}[${index}]: expected ${expected}, got ${values[index]}`, 'ERR_OPTION', {
    argument: `${argument}[${index}]`,
    expected,
    actual: values[index],
    index,
  });
}

/** A vector of bounds; infinities of the bound's own sign mean none. */
function bounds(argument: string, given: number | ArrayLike<number>, cols: number, sign: 1 | -1): Float64Array {
  const expected = sign === 1 ? 'numbers >= 0 or Infinity' : 'numbers <= 0 or -Infinity';
  const none = sign * Infinity;
  if (typeof given === 'number') {
    if (!(given * sign >= 0)) throw refusal(argument, expected, given);
    return new Float64Array(cols).fill(given);
  }
  if (typeof given !== 'object' || given === null) throw refusal(argument, expected, given);
  const finite = requireVector(
    argument,
    Array.from(given, (value) => (value === none ? 0 : value)),
    cols,
    'columns of A',
  );
  requireSigns(argument, finite, sign);
  return finite.map((value, j) => (given[j] === none ? none : value));
}

/**
 * Every code that an error of a Lemmata package can carry. Recognise errors by `code`, never by `instanceof`: two copies
 * of a package may live in one program.
 *
 * - `ERR_DIMENSION` lengths or shapes do not fit together
 * - `ERR_INPUT` data of the wrong kind or out of its range
 * - `ERR_NOT_FINITE` NaN or an infinity where a finite number is needed
 * - `ERR_OPTION` an unknown option, or an option value out of its range
 * - `ERR_INCOMPATIBLE` two valid choices that cannot go together
 * - `ERR_FORMAT` text or bytes that do not follow their format
 * - `ERR_STATE` a call at a time when the object cannot take it
 * - `ERR_MEMORY` more memory needed than the backend has
 * - `ERR_NUMERICAL` a function supplied by the caller returned NaN
 */
export type ErrorCode =
  | 'ERR_DIMENSION'
  | 'ERR_INPUT'
  | 'ERR_NOT_FINITE'
  | 'ERR_OPTION'
  | 'ERR_INCOMPATIBLE'
  | 'ERR_FORMAT'
  | 'ERR_STATE'
  | 'ERR_MEMORY'
  | 'ERR_NUMERICAL';

/** Plain facts about an error: the argument, what was expected, what came, the index where it was found. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** Lengths or shapes that do not fit together. */
export class DimensionError extends RangeError {
  /** Name that stack traces show. */
  override readonly name: string = 'DimensionError';
  /** Always `'ERR_DIMENSION'`. */
  readonly code: 'ERR_DIMENSION' = 'ERR_DIMENSION';
  /** Facts: `argument`, `expected`, `actual`. */
  readonly details: ErrorDetails;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message);
    this.details = details;
  }
}

/** Input that is refused before any work: see {@link ErrorCode} for what each code means. */
export class InvalidInputError extends TypeError {
  /** Name that stack traces show. */
  override readonly name: string = 'InvalidInputError';
  /** Why the input was refused. */
  readonly code: Exclude<ErrorCode, 'ERR_DIMENSION' | 'ERR_NUMERICAL'>;
  /** Facts: `argument`, `expected`, `actual` and, where there is one, `index`, `line` and `column`. */
  readonly details: ErrorDetails;

  constructor(
    message: string,
    code: Exclude<ErrorCode, 'ERR_DIMENSION' | 'ERR_NUMERICAL'>,
    details: ErrorDetails = {},
  ) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** A function supplied by the caller returned NaN during a run. */
export class NumericalError extends Error {
  /** Name that stack traces show. */
  override readonly name: string = 'NumericalError';
  /** Always `'ERR_NUMERICAL'`. */
  readonly code: 'ERR_NUMERICAL' = 'ERR_NUMERICAL';
  /** Facts: the function, the iteration, the argument at which it failed. */
  readonly details: ErrorDetails;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message);
    this.details = details;
  }
}

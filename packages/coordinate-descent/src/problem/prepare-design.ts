import {
  type Backend,
  type BackendChoice,
  InvalidInputError,
  requireBoolean,
  requireOneOf,
  resolveOptions,
} from '@lemmata/core';
import { type MatrixLike, toMatrix } from '@lemmata/linalg';
import { sampleWeights } from '../model-options.js';
import { type OpenDesign, openDesign } from './open-design.js';

/** How to prepare a design. */
export interface PrepareDesignOptions {
  /** Whether the models fitted to it have an intercept; default true. */
  readonly intercept?: boolean;
  /**
   * Weights of the samples, length m, >= 0, finite, not all 0, which are divided by their mean; default 1 each. All fits on
   * the design have them.
   */
  readonly sampleWeights?: ArrayLike<number>;
  /** Which kernels are to run; default `'auto'`. The answer's bits do not depend on it. */
  readonly backend?: BackendChoice;
}

/**
 * A design matrix that was checked and copied once and serves any number of fits, one at a time: accepted wherever a
 * matrix is.
 */
export interface PreparedDesign {
  /** Tells a prepared design from a matrix. */
  readonly kind: 'prepared-design';
  /** Number of rows (samples). */
  readonly rows: number;
  /** Number of columns (features). */
  readonly cols: number;
  /** Whether the models fitted to it have an intercept. */
  readonly intercept: boolean;
  /** Whether it was prepared with sample weights. */
  readonly weighted: boolean;
  /** Which kernels run. */
  readonly backend: Backend;
  /** Releases the memory; calling it again has no effect. While a fit is under way it throws `ERR_STATE`. */
  dispose(): void;
}

/** What may be given as a design: a matrix in any form, or a prepared design. */
export type DesignLike = MatrixLike | PreparedDesign;

/** The default of every option of `prepareDesign`. */
const PREPARE_DEFAULTS: Required<Omit<PrepareDesignOptions, 'sampleWeights'>> & {
  readonly sampleWeights: ArrayLike<number> | undefined;
} = Object.freeze({ intercept: true, sampleWeights: undefined, backend: 'auto' });

/** What stands behind a prepared design. */
interface Prepared {
  readonly opened: OpenDesign;
  state: 'free' | 'running' | 'disposed';
}

const prepared = new WeakMap<object, Prepared>();

function stateError(expected: string, actual: string): InvalidInputError {
  return new InvalidInputError(`A: expected ${expected}, got ${actual}`, 'ERR_STATE', {
    argument: 'A',
    expected,
    actual,
  });
}

/**
 * Checks and copies a design once, for many fits.
 *
 * Dense matrices are copied in column layout and, with an intercept, centred; sparse ones are copied as CSC and centred
 * through their column means, so that they stay sparse. Fits on the prepared design give the same bits as fits on the
 * matrix itself.
 *
 * @param A - matrix of shape (m, n), m and n >= 1, dense or sparse, all entries finite
 * @param options - `intercept` (default true), `sampleWeights` and `backend` (default `'auto'`)
 * @returns the prepared design; call `dispose()` when done
 * @throws DimensionError when lengths inside A do not fit together
 * @throws InvalidInputError for entries that are not finite, options out of range or unknown, and with
 * `backend: 'wasm'` where the platform cannot
 * Complexity: O(m n) or O(nonzeros), one copy.
 *
 * @example
 * ```ts
 * import { lasso, prepareDesign } from '@lemmata/coordinate-descent';
 *
 * const design = prepareDesign([[1, 0], [0, 1], [1, 1]]);
 * for (const lambda of [0.2, 0.1]) console.log(lasso(design, [1, 2, 3], { lambda }).coefficients);
 * design.dispose();
 * ```
 */
export function prepareDesign(A: MatrixLike, options?: PrepareDesignOptions): PreparedDesign {
  const { intercept, sampleWeights: given, backend } = resolveOptions('prepareDesign', options, PREPARE_DEFAULTS);
  requireBoolean('options.intercept', intercept);
  requireOneOf('options.backend', backend, ['auto', 'js', 'wasm']);
  const matrix = toMatrix('A', A);
  const weights = sampleWeights(given, matrix.rows);
  const opened = openDesign(matrix, { intercept, weights, penalised: true }, backend, false);
  for (const _ of opened.design.load());
  const record: Prepared = { opened, state: 'free' };
  const { design } = opened;
  const handle: PreparedDesign = {
    kind: 'prepared-design',
    rows: design.rows,
    cols: design.cols,
    intercept,
    weighted: weights !== undefined,
    backend: design.backend,
    dispose: () => {
      if (record.state === 'running') throw stateError('a prepared design without a fit under way', 'one with a fit');
      if (record.state === 'free') opened.dispose();
      record.state = 'disposed';
    },
  };
  prepared.set(handle, record);
  return handle;
}

/**
 * Opens what was given as a design: the memory of a prepared one, for this run alone, or a new memory.
 *
 * @param A - a matrix or a prepared design
 * @param intercept - the option as given, undefined when it was not
 * @param backend - the option as given or its default
 * @param weights - the option `sampleWeights` as given
 * @param penalised - whether the penalty is not uniform or has a ridge
 * @returns the design; its `dispose` gives a prepared one free again
 * @throws InvalidInputError `ERR_STATE` for a prepared design that is disposed of or in use, `ERR_INCOMPATIBLE` for one
 * that was prepared otherwise than the options ask
 */
export function acquireDesign(
  A: DesignLike,
  intercept: boolean | undefined,
  backend: BackendChoice,
  weights?: ArrayLike<number>,
  penalised = false,
): OpenDesign {
  if (intercept !== undefined) requireBoolean('options.intercept', intercept);
  requireOneOf('options.backend', backend, ['auto', 'js', 'wasm']);
  const record = typeof A === 'object' && A !== null ? prepared.get(A) : undefined;
  if (record === undefined) {
    const matrix = toMatrix('A', A as MatrixLike, 'later');
    const needs = { intercept: intercept ?? true, weights: sampleWeights(weights, matrix.rows), penalised };
    return openDesign(matrix, needs, backend, true);
  }
  const { design } = record.opened;
  if (record.state !== 'free') {
    throw stateError(
      'a prepared design that is free',
      record.state === 'disposed' ? 'one that was disposed of' : 'one with a fit under way',
    );
  }
  for (const [name, asked, has] of [
    ['intercept', intercept, design.intercept],
    ['backend', backend === 'auto' ? undefined : backend, design.backend],
  ] as const) {
    if (asked === undefined || asked === has) continue;
    throw new InvalidInputError(
      `options.${name}: expected ${has} (as the design was prepared), got ${asked}`,
      'ERR_INCOMPATIBLE',
      { argument: `options.${name}`, expected: has, actual: asked },
    );
  }
  if (weights !== undefined) {
    const expected = 'it left out for a prepared design: give the weights to prepareDesign';
    throw new InvalidInputError(`options.sampleWeights: expected ${expected}, got weights`, 'ERR_INCOMPATIBLE', {
      argument: 'options.sampleWeights',
      expected,
      actual: 'weights',
    });
  }
  record.state = 'running';
  return {
    design,
    loaded: true,
    dispose: () => {
      if (record.state === 'running') record.state = 'free';
    },
  };
}

import {
  checkRunOptions,
  InvalidInputError,
  NumericalError,
  type RunOptions,
  randomStream,
  requireNumber,
  resolveOptions,
  type Settings,
  seedString,
} from '@lemmata/core';
import { dot } from '../kernels/dense.js';
import { runSlices, type SquareOperator, toSquareOperator } from '../matrix/to-operator.js';
import type { MatrixLike } from '../matrix/types.js';
import { vectorNorm } from './norms.js';

/** What the methods for eigenvalues accept; `State` is what `onIteration` sees. */
export interface SpectrumOptions<State> extends RunOptions<State> {
  /** Ends as `converged` once residuals are at most tolerance times the largest |value| found; > 0, default 1e-10. */
  readonly tolerance?: number;
  /** Seed of the starting vector, default 0. */
  readonly seed?: number | string;
}

/** A value, a unit vector and how well they fit. */
export interface EigenPair {
  /** The approximate eigenvalue theta, the Rayleigh quotient of the vector. */
  readonly value: number;
  /** The vector v, length n, of norm 1 to rounding. */
  readonly vector: Float64Array;
  /** |A v - theta v|, computed from v: an eigenvalue of a symmetric A lies within this distance of theta. */
  readonly residual: number;
}

/** Proof that eigenvalues lie near the values given. */
export interface EigenCertificate {
  /** What kind of proof this is. */
  readonly kind: 'eigen-residual';
  /** The largest of the residuals, in the unit of A. */
  readonly gap: number;
  /** `gap` relative to the largest |value|; unitless, 0 for gap 0. */
  readonly relativeGap: number;
}

/** Options after their check. */
export type SpectrumSettings<State> = Omit<Settings<SpectrumOptions<State>, 'signal' | 'onIteration'>, 'seed'> & {
  readonly seed: string;
};

/** Completes and checks the options. */
export function spectrumSettings<State>(
  entryPoint: string,
  options: SpectrumOptions<State> | undefined,
  maxIterations: number,
): SpectrumSettings<State> {
  const defaults: Settings<SpectrumOptions<State>, 'signal' | 'onIteration'> = {
    tolerance: 1e-10,
    seed: 0,
    maxIterations,
    timeLimitMs: Infinity,
    historyEvery: 1,
    signal: undefined,
    onIteration: undefined,
  };
  const settings = resolveOptions(entryPoint, options, defaults);
  checkRunOptions(settings);
  requireNumber('options.tolerance', settings.tolerance, Number.MIN_VALUE);
  return { ...settings, seed: seedString(settings.seed) };
}

/** A symmetric operator of order n >= 1 that counts its products. */
export interface CountedOperator {
  /** Order. */
  readonly n: number;
  /** Products so far. */
  readonly counts: { matvecs: number };
  /** out = A x, giving way after every slice. */
  apply(x: Float64Array, out: Float64Array): Generator<'slice', void, void>;
}

/** Checks the matrix or operator and counts its products. */
export function countedOperator(A: MatrixLike | SquareOperator): CountedOperator {
  const { n, own, apply } = toSquareOperator('A', A);
  if (n === 0) {
    throw new InvalidInputError('A: expected at least one row, got none', 'ERR_INPUT', {
      argument: 'A',
      expected: 'at least one row',
      actual: 0,
    });
  }
  const counts = { matvecs: 0 };
  return {
    n,
    counts,
    *apply(x, out) {
      yield* apply(x, out);
      counts.matvecs++;
      if (!own || !out.some(Number.isNaN)) return;
      throw new NumericalError(`A.apply: expected numbers, got NaN in product ${counts.matvecs}`, {
        argument: 'A.apply',
        index: out.findIndex(Number.isNaN),
      });
    },
  };
}

/** A random unit vector, its direction uniform. */
export function randomUnit(n: number, seed: string): Float64Array {
  const stream = randomStream(seed).fork('start');
  const v = new Float64Array(n);
  let norm = 0;
  while (norm === 0) {
    for (let i = 0; i < n; i++) v[i] = stream.normal();
    norm = vectorNorm(v);
  }
  for (let i = 0; i < n; i++) v[i] /= norm;
  return v;
}

/** The Rayleigh quotient of a unit vector and its true residual, by one product. */
export function eigenPair(operator: CountedOperator, vector: Float64Array): EigenPair {
  const image = new Float64Array(operator.n);
  runSlices(operator.apply(vector, image));
  const value = dot(vector, image);
  for (let i = 0; i < image.length; i++) image[i] -= value * vector[i];
  return { value, vector, residual: vectorNorm(image) };
}

/** The certificate of pairs. */
export function eigenCertificate(pairs: readonly EigenPair[]): EigenCertificate {
  const gap = Math.max(...pairs.map(({ residual }) => residual));
  const size = Math.max(...pairs.map(({ value }) => Math.abs(value)));
  return { kind: 'eigen-residual', gap, relativeGap: gap === 0 ? 0 : gap / size };
}

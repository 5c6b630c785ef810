import { type Backend, type BackendChoice, requireInteger, requireOneOf, resolveOptions } from '@lemmata/core';
import type { FftNumbers } from '../kernels/fft-kernels.js';
import { complexTransform } from './complex-transform.js';
import { requireFinite, requireNumbers, requireOpen, targetArray } from './transform-data.js';

/** What {@link prepareFft} and `prepareRealFft` accept. */
export interface FftOptions<Precision extends 'f64' | 'f32' = 'f64' | 'f32'> {
  /** Precision of the computation and type of the results, default `'f64'`. */
  readonly precision?: Precision;
  /** Which kernels run, default `'auto'`; the bits are the same. */
  readonly backend?: BackendChoice;
}

/** A prepared transform: tables and memory for one length, used again and again. */
export interface PreparedFft<Numbers extends Float64Array | Float32Array> {
  /** Length of the transform. */
  readonly n: number;
  /** Precision of the computation. */
  readonly precision: 'f64' | 'f32';
  /** Which kernels run. */
  readonly backend: Backend;
  /** The transform of `input`, written to `out` (a new array when left out, may be the input) and returned. */
  forward(input: ArrayLike<number>, out?: Numbers): Numbers;
  /** The inverse transform, scaled so that it undoes `forward`; arrays as there. */
  inverse(input: ArrayLike<number>, out?: Numbers): Numbers;
  /** Releases the memory; the object cannot be used after that. */
  dispose(): void;
}

/** Defaults of {@link FftOptions}. */
export const FFT_DEFAULTS: { readonly precision: 'f64' | 'f32'; readonly backend: BackendChoice } = Object.freeze({
  precision: 'f64',
  backend: 'auto',
});

/** Largest length that is transformed: two work arrays of 2 GiB in f64. */
export const MAX_FFT_LENGTH = 67108864;

/**
 * Prepares the discrete Fourier transform of n complex numbers.
 *
 * `forward` gives X_k = sum over j of x_j exp(-2 pi i j k / n), `inverse` x_j = (1 / n) sum over k of X_k exp(2 pi i j
 * k / n). Complex arrays are pairs (re, im), 2 n numbers. Powers of 2 are done by Stockham's method in radix 4, other
 * lengths as a convolution of the next power of 2 above 2 n - 2 (Bluestein), at about 6 to 12 times the cost.
 *
 * With u = 2^-53 (2^-24 in f32) the result is off by at most 4.2 u log2(n) (2.7 u log2(n) in f32) times the norm of the
 * exact result, in the 2-norm, to first order, for powers of 2: a stage of radix 4 takes two sums, u each, and a product,
 * sqrt(5) u, with a root of unity, 4 u in f64 and u in f32. For other lengths the bound that can be proved is larger by a factor of
 * about 2 sqrt(2 n); what is seen stays near the errors of powers of 2. The `'js'` backend takes about twice as long in
 * f32 as in f64, `'wasm'` half as long.
 *
 * @param n - length, an integer in [1, 2^26]
 * @param options - `precision` and `backend`
 * @returns the prepared transform; its methods throw DimensionError for arrays of another length, InvalidInputError for
 * NaN and infinities (with the index), for an `out` of the wrong type, and `ERR_STATE` after `dispose()`. Sums that
 * overflow give infinities or NaN.
 * @throws InvalidInputError for an n or an option out of its range; with `backend: 'wasm'` also when that is not
 * available
 * Complexity: O(n log n) time for each transform, O(n) memory held until `dispose()`.
 *
 * @example
 * ```ts
 * import { prepareFft } from '@lemmata/linalg';
 *
 * const fft = prepareFft(4);
 * const spectrum = fft.forward([1, 0, 0, 0, 0, 0, 0, 0]); // 1 0 1 0 1 0 1 0
 * const back = fft.inverse(spectrum); // 1 0 0 0 0 0 0 0
 * fft.dispose();
 * ```
 * @see C. Van Loan, Computational Frameworks for the Fast Fourier Transform, SIAM 1992, sections 1.7, 2.4 and 4.2
 * @see N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., SIAM 2002, section 24.1, for the bound
 * @see R. Brent, C. Percival, P. Zimmermann, "Error Bounds on Complex Floating-Point Multiplication", Mathematics of
 * Computation 76, 2007, for sqrt(5) u
 */
export function prepareFft<Precision extends 'f64' | 'f32' = 'f64'>(
  n: number,
  options?: FftOptions<Precision>,
): PreparedFft<FftNumbers[Precision]> {
  requireInteger('n', n, 1, MAX_FFT_LENGTH);
  const { precision, backend } = resolveOptions('prepareFft', options, FFT_DEFAULTS);
  requireOneOf('options.precision', precision, ['f64', 'f32']);
  const transform = complexTransform(n, precision as Precision, backend, false);
  let open = true;
  const length = 2 * n;
  const reason = `${n} complex numbers`;
  const run = (
    sign: 1 | -1,
    scale: number,
    input: ArrayLike<number>,
    out: FftNumbers[Precision] | undefined,
  ): FftNumbers[Precision] => {
    requireOpen(open);
    const source = requireNumbers('input', input, length, reason);
    const target = targetArray(precision as Precision, out, length, reason);
    transform.input.set(source);
    const result = transform.run(sign);
    // Entry 0 is the sum of all numbers: it is finite unless one is not, or the sum overflows.
    if (!Number.isFinite(result[0] + result[1])) requireFinite('input', source);
    if (scale === 1) target.set(result.subarray(0, length));
    else for (let k = 0; k < length; k++) target[k] = result[k] * scale;
    return target;
  };
  return {
    n,
    precision,
    backend: transform.kernels.backend,
    forward: (input, out) => run(1, 1, input, out),
    inverse: (input, out) => run(-1, 1 / n, input, out),
    dispose: () => {
      open = false;
      transform.dispose();
    },
  };
}

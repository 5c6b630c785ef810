import { refusal, requireInteger, requireOneOf, resolveOptions } from '@lemmata/core';
import type { FftNumbers } from '../kernels/fft-kernels.js';
import { type ComplexTransform, complexTransform } from './complex-transform.js';
import { FFT_DEFAULTS, type FftOptions, MAX_FFT_LENGTH, type PreparedFft } from './prepare-fft.js';
import { requireFinite, requireNumbers, requireOpen, targetArray } from './transform-data.js';

/**
 * Prepares the discrete Fourier transform of n real numbers.
 *
 * `forward` takes x of length n and gives X_k = sum over j of x_j exp(-2 pi i j k / n) for k = 0 .. floor(n / 2) as
 * pairs (re, im), 2 floor(n / 2) + 2 numbers; the others are X_(n - k) = conj(X_k). `inverse` takes such an array, in
 * which the imaginary parts of X_0 and, for even n, of X_(n / 2) are 0, and gives the n reals. An even n costs one
 * complex transform of half the length, an odd one a complex transform of length n.
 *
 * The error is bounded as for `prepareFft`, with log2(n) + 1 in place of log2(n): the step between pairs and reals takes
 * what a stage of radix 4 does.
 *
 * @param n - length, an integer in [1, 2^26]
 * @param options - `precision` and `backend`
 * @returns the prepared transform; its methods throw DimensionError for arrays of another length, InvalidInputError for
 * NaN and infinities (with the index), for an imaginary part that is not 0 where it has to be, for an `out` of the
 * wrong type, and `ERR_STATE` after `dispose()`. Sums that overflow give infinities or NaN.
 * @throws InvalidInputError for an n or an option out of its range; with `backend: 'wasm'` also when that is not
 * available
 * Complexity: O(n log n) time for each transform, O(n) memory held until `dispose()`.
 *
 * @example
 * ```ts
 * import { prepareRealFft } from '@lemmata/linalg';
 *
 * const fft = prepareRealFft(4, { precision: 'f32' });
 * const spectrum = fft.forward([1, 1, 1, 1]); // 4 0 0 0 0 0
 * const back = fft.inverse(spectrum); // 1 1 1 1
 * fft.dispose();
 * ```
 * @see C. Van Loan, Computational Frameworks for the Fast Fourier Transform, SIAM 1992, section 4.3
 */
export function prepareRealFft<Precision extends 'f64' | 'f32' = 'f64'>(
  n: number,
  options?: FftOptions<Precision>,
): PreparedFft<FftNumbers[Precision]> {
  requireInteger('n', n, 1, MAX_FFT_LENGTH);
  const { precision, backend } = resolveOptions('prepareRealFft', options, FFT_DEFAULTS);
  requireOneOf('options.precision', precision, ['f64', 'f32']);
  const even = n % 2 === 0;
  const transform = complexTransform(even ? n / 2 : n, precision as Precision, backend, even);
  const { forward, inverse } = even ? pairs(n, transform) : padded(n, transform);
  const length = 2 * Math.floor(n / 2) + 2;
  const spectrumReason = `entries 0 .. ${Math.floor(n / 2)} of a real transform of length ${n}`;
  let open = true;
  return {
    n,
    precision,
    backend: transform.kernels.backend,
    forward: (input, out) => {
      requireOpen(open);
      const source = requireNumbers('input', input, n, `${n} real numbers`);
      const target = targetArray(precision as Precision, out, length, spectrumReason);
      const result = forward(source);
      // Entry 0 is the sum of all numbers: it is finite unless one is not, or the sum overflows.
      if (!Number.isFinite(result[0])) requireFinite('input', source);
      target.set(result.subarray(0, length));
      return target;
    },
    inverse: (input, out) => {
      requireOpen(open);
      const source = requireNumbers('input', input, length, spectrumReason);
      for (const k of even ? [1, n + 1] : [1]) {
        if (source[k] !== 0) throw refusal(`input[${k}]`, '0 (imaginary part of a real entry)', source[k]);
      }
      const target = targetArray(precision as Precision, out, n, `${n} real numbers`);
      inverse(source, target);
      // x_0 sums all real parts, and so does x_1 with the imaginary parts: finite unless an entry is not, or they
      // overflow.
      if (!Number.isFinite(target[0] + target[n > 1 ? 1 : 0])) requireFinite('input', source);
      return target;
    },
    dispose: () => {
      open = false;
      transform.dispose();
    },
  };
}

/** The two ways of a real transform: to the block that holds the entries 0 .. n / 2, and from them to the target. */
interface RealTransform<Numbers> {
  forward(source: ArrayLike<number>): Numbers;
  inverse(source: ArrayLike<number>, target: Numbers): void;
}

/** Even n: the numbers are taken as n / 2 complex ones. */
function pairs<Numbers extends Float64Array | Float32Array>(
  n: number,
  transform: ComplexTransform<Numbers>,
): RealTransform<Numbers> {
  const half = n / 2;
  const { kernels } = transform;
  const power = (half & (half - 1)) === 0;
  return {
    forward: (source) => {
      transform.input.set(source);
      const result = transform.run(1);
      kernels.splitReal(half, result, transform.turns);
      return result;
    },
    inverse: (source, target) => {
      transform.input.set(source);
      // 1 / half is exact for a power of 2, and then free.
      kernels.joinReal(half, transform.input, transform.turns, power ? 1 / half : 1);
      const result = transform.run(-1);
      if (power) target.set(result.subarray(0, n));
      else for (let k = 0; k < n; k++) target[k] = result[k] / half;
    },
  };
}

/** Odd n: a complex transform with imaginary parts 0, of which half is redundant. */
function padded<Numbers extends Float64Array | Float32Array>(
  n: number,
  transform: ComplexTransform<Numbers>,
): RealTransform<Numbers> {
  const { input } = transform;
  return {
    forward: (source) => {
      for (let k = 0; k < n; k++) {
        input[2 * k] = source[k];
        input[2 * k + 1] = 0;
      }
      const result = transform.run(1);
      result[1] = 0;
      return result;
    },
    inverse: (source, target) => {
      input[0] = source[0];
      input[1] = 0;
      for (let k = 1; 2 * k < n; k++) {
        input[2 * k] = source[2 * k];
        input[2 * k + 1] = source[2 * k + 1];
        input[2 * (n - k)] = source[2 * k];
        input[2 * (n - k) + 1] = -source[2 * k + 1];
      }
      const result = transform.run(-1);
      for (let k = 0; k < n; k++) target[k] = result[2 * k] / n;
    },
  };
}

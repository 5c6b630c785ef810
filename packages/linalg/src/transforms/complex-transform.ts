import { type Arena, type BackendChoice, openArena } from '@lemmata/core';
import { type FftKernels, type FftNumbers, fftKernels } from '../kernels/fft-kernels.js';
import { LINALG_KERNELS } from '../kernels/linalg-kernels.js';
import { fftTableLength, fillFftTable, fillRealFftTable, writeRoot } from './tables.js';

type Precision = keyof FftNumbers;

/** An unscaled complex transform of a fixed length, in memory of its own. */
export interface ComplexTransform<Numbers extends Float64Array | Float32Array> {
  /** The kernels it runs on. */
  readonly kernels: FftKernels<Numbers>;
  /** Where the 2 n numbers are put before a run; 2 n + 2 entries at least. */
  readonly input: Numbers;
  /** Table of the real transform of twice the length. */
  readonly turns: Numbers;
  /**
   * Transforms the input with exp(-sign 2 pi i j k / n); gives the block that holds the result, 2 n + 2 entries at
   * least.
   */
  run(sign: 1 | -1): Numbers;
  /** Releases the memory. */
  dispose(): void;
}

function powerAbove(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}

/**
 * Prepares the complex transform of length n: Stockham's method for powers of 2, Bluestein's for all others.
 *
 * @param n - length, >= 1
 * @param precision - of all arrays
 * @param backend - which kernels
 * @param real - whether the table `turns` of the real transform of length 2 n is needed
 * @returns the transform
 */
export function complexTransform<P extends Precision>(
  n: number,
  precision: P,
  backend: BackendChoice,
  real: boolean,
): ComplexTransform<FftNumbers[P]> {
  const isPower = powerAbove(n) === n;
  const size = isPower ? n : powerAbove(2 * n - 1);
  const layout = {
    x: [precision, 2 * size + 2],
    y: [precision, 2 * size + 2],
    table: [precision, fftTableLength(size)],
    turns: [precision, real ? 2 * Math.floor(n / 2) + 2 : 0],
    chirp: [precision, isPower ? 0 : 2 * n],
    response: [precision, isPower ? 0 : 2 * size],
  } as const;
  const arena = openArena(layout, backend, [LINALG_KERNELS]) as unknown as Arena<typeof layout>;
  const views = arena.views as unknown as { readonly [Name in keyof typeof layout]: FftNumbers[P] };
  const kernels = fftKernels(arena, precision);
  const { x, y, table, turns } = views;
  fillFftTable(size, table);
  if (real) fillRealFftTable(2 * n, turns);
  const plain = (sign: 1 | -1): FftNumbers[P] => (kernels.transform(size, x, y, table, sign) === 0 ? x : y);
  let run = plain;
  if (!isPower) {
    prepareChirp(n, size, views.chirp, x);
    views.response.set(plain(1).subarray(0, 2 * size));
    run = (sign) => convolve(n, size, sign, views, kernels);
  }
  return { kernels, input: x, turns, run, dispose: () => arena.dispose() };
}

/**
 * chirp_k = exp(-pi i k^2 / n) for k < n; `source` its conjugate at distances -n < k < n around a circle, over `size`.
 */
function prepareChirp(
  n: number,
  size: number,
  chirp: Float64Array | Float32Array,
  source: Float64Array | Float32Array,
): void {
  source.fill(0);
  // k^2 mod 2 n, by differences, since k^2 itself may pass 2^53.
  let square = 0;
  for (let k = 0; k < n; k++) {
    writeRoot(square, 2 * n, chirp, 2 * k);
    square = (square + 2 * k + 1) % (2 * n);
    for (const at of k === 0 ? [0] : [2 * k, 2 * (size - k)]) {
      source[at] = chirp[2 * k] / size;
      source[at + 1] = -chirp[2 * k + 1] / size;
    }
  }
}

/**
 * X_k = c_k sum of (x_j c_j) conj(c_(k - j)), since j k = (j^2 + k^2 - (k - j)^2) / 2: a convolution, done by
 * transforms of a power of 2. The opposite sign conjugates input and output.
 */
function convolve<Numbers extends Float64Array | Float32Array>(
  n: number,
  size: number,
  sign: 1 | -1,
  views: { readonly [Name in 'x' | 'y' | 'table' | 'chirp' | 'response']: Numbers },
  kernels: FftKernels<Numbers>,
): Numbers {
  const { x, y, table, chirp, response } = views;
  if (sign < 0) conjugate(n, x);
  kernels.multiply(n, x, chirp);
  x.fill(0, 2 * n);
  const spectrum = kernels.transform(size, x, y, table, 1) === 0 ? x : y;
  const other = spectrum === x ? y : x;
  kernels.multiply(size, spectrum, response);
  const result = kernels.transform(size, spectrum, other, table, -1) === 0 ? spectrum : other;
  kernels.multiply(n, result, chirp);
  if (sign < 0) conjugate(n, result);
  return result;
}

function conjugate(n: number, z: Float64Array | Float32Array): void {
  for (let k = 1; k < 2 * n; k += 2) z[k] = -z[k];
}

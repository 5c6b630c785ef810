import { type Arena, type ArenaLayout, type Backend, DimensionError, refusal, requireOneOf } from '@lemmata/core';
import { fftTableLength } from '../transforms/tables.js';
import { addresses } from './addresses.js';
import * as f64 from './fft.js';
import * as f32 from './fft-f32.js';
import { LINALG_KERNELS } from './linalg-kernels.js';

/** The loops of Fourier transforms in one precision; complex numbers are pairs (re, im) in arrays of type `Numbers`. */
export interface FftKernels<Numbers extends Float64Array | Float32Array> {
  /** Which backend runs. */
  readonly backend: Backend;

  /**
   * X_k = sum of x_j exp(-sign 2 pi i j k / n) for n complex numbers, n a power of 2 and sign 1 or -1, unscaled.
   * Overwrites the first 2 n entries of both x and y; returns 0 when the result stands in x, 1 when in y. `table` is
   * that of `fillFftTable(n)`.
   */
  transform(n: number, x: Numbers, y: Numbers, table: Numbers, sign: 1 | -1): number;

  /** a_k <- a_k b_k for n complex numbers. */
  multiply(n: number, a: Numbers, b: Numbers): void;

  /**
   * From the transform of the `half` pairs (x_0, x_1), (x_2, x_3), ... to entries 0 .. half of the transform of the
   * 2 half reals x, in place: z has 2 half + 2 entries, `turns` is that of `fillRealFftTable(2 half)`.
   */
  splitReal(half: number, z: Numbers, turns: Numbers): void;

  /**
   * The way back from entries 0 .. half to the transform of the pairs, times `scale`, a positive f32 number; in place.
   */
  joinReal(half: number, z: Numbers, turns: Numbers, scale: number): void;
}

/** Array type of a precision. */
export interface FftNumbers {
  /** Numbers of 64 bits. */
  readonly f64: Float64Array;
  /** Numbers of 32 bits. */
  readonly f32: Float32Array;
}

type Loops<Numbers extends Float64Array | Float32Array> = Omit<FftKernels<Numbers>, 'backend'>;

const TYPESCRIPT_LOOPS: { readonly [P in keyof FftNumbers]: Loops<FftNumbers[P]> } = {
  f64: {
    transform: f64.fftF64,
    multiply: f64.complexProductsF64,
    splitReal: f64.splitRealF64,
    joinReal: f64.joinRealF64,
  },
  f32: {
    transform: f32.fftF32,
    multiply: f32.complexProductsF32,
    splitReal: f32.splitRealF32,
    joinReal: f32.joinRealF32,
  },
};

function wasmLoops(arena: Arena<ArenaLayout>, precision: 'f64' | 'f32'): Loops<Float64Array | Float32Array> {
  const exports = arena.exports(LINALG_KERNELS);
  const at = addresses(arena);
  const [transform, multiply, splitReal, joinReal] =
    precision === 'f64'
      ? [exports.fftF64, exports.complexProductsF64, exports.splitRealF64, exports.joinRealF64]
      : [exports.fftF32, exports.complexProductsF32, exports.splitRealF32, exports.joinRealF32];
  return {
    transform: (n, x, y, table, sign) => transform(n, at('x', x), at('y', y), at('table', table), sign),
    multiply: (n, a, b) => {
      multiply(n, at('a', a), at('b', b));
    },
    splitReal: (half, z, turns) => {
      splitReal(half, at('z', z), at('turns', turns));
    },
    joinReal: (half, z, turns, scale) => {
      joinReal(half, at('z', z), at('turns', turns), scale);
    },
  };
}

function requireRoom(argument: string, array: ArrayLike<number>, needed: number, reason: string): void {
  if (array.length >= needed) return;
  throw new DimensionError(`${argument}: expected length >= ${needed} (${reason}), got ${array.length}`, {
    argument,
    expected: needed,
    actual: array.length,
  });
}

function requirePower(argument: string, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= 1073741824 && (value & (value - 1)) === 0) return;
  throw refusal(argument, 'a power of 2 in [1, 2^30]', value);
}

/**
 * Makes the kernels of Fourier transforms for an arena: WebAssembly over its memory, or plain TypeScript when it lies
 * on the heap; both give the same bits.
 *
 * For those who keep data in an arena of their own; everyone else takes `prepareFft` or `prepareRealFft`.
 *
 * @param arena - the arena of the run; when it is a `wasm` one, `LINALG_KERNELS` was named at its opening
 * @param precision - `'f64'` or `'f32'`: the type of all arrays
 * @returns the kernels; each throws DimensionError for arrays that are too short and InvalidInputError (`ERR_INPUT`)
 * for lengths that are no power of 2 where one is needed, another sign, and arrays outside a `wasm` arena. Tables are
 * trusted.
 * @throws InvalidInputError `ERR_STATE` when the arena is disposed of or was opened without the module
 * Complexity: O(1); a transform takes about 4.25 n log2 n operations.
 *
 * @example
 * ```ts
 * import { openArena } from '@lemmata/core';
 * import { fftKernels, fftTableLength, fillFftTable, LINALG_KERNELS } from '@lemmata/linalg';
 *
 * const layout = { x: ['f64', 16], y: ['f64', 16], table: ['f64', fftTableLength(8)] } as const;
 * const arena = openArena(layout, 'auto', [LINALG_KERNELS]);
 * const { x, y, table } = arena.views;
 * fillFftTable(8, table);
 * x.fill(1);
 * const side = fftKernels(arena, 'f64').transform(8, x, y, table, 1);
 * console.log((side === 0 ? x : y)[0]); // 8
 * arena.dispose();
 * ```
 */
export function fftKernels<Precision extends 'f64' | 'f32'>(
  arena: Arena<ArenaLayout>,
  precision: Precision,
): FftKernels<FftNumbers[Precision]> {
  type Numbers = FftNumbers[Precision];
  requireOneOf('precision', precision, ['f64', 'f32']);
  const loops = (
    arena.backend === 'wasm' ? wasmLoops(arena, precision) : TYPESCRIPT_LOOPS[precision]
  ) as Loops<Numbers>;
  return {
    backend: arena.backend,
    transform: (n, x, y, table, sign) => {
      requirePower('n', n);
      requireRoom('x', x, 2 * n, `${n} complex numbers`);
      requireRoom('y', y, 2 * n, `${n} complex numbers`);
      requireRoom('table', table, fftTableLength(n), `the table of length ${n}`);
      if (sign !== 1 && sign !== -1) throw refusal('sign', '1 or -1', sign);
      return loops.transform(n, x, y, table, sign);
    },
    multiply: (n, a, b) => {
      if (!Number.isInteger(n) || n < 0) throw refusal('n', 'an integer >= 0', n);
      requireRoom('a', a, 2 * n, `${n} complex numbers`);
      requireRoom('b', b, 2 * n, `${n} complex numbers`);
      loops.multiply(n, a, b);
    },
    splitReal: (half, z, turns) => {
      requireReal(half, z, turns);
      loops.splitReal(half, z, turns);
    },
    joinReal: (half, z, turns, scale) => {
      requireReal(half, z, turns);
      if (!(scale > 0 && Math.fround(scale) === scale)) throw refusal('scale', 'a positive f32 number', scale);
      loops.joinReal(half, z, turns, scale);
    },
  };
}

function requireReal(half: number, z: ArrayLike<number>, turns: ArrayLike<number>): void {
  if (!Number.isInteger(half) || half < 1) throw refusal('half', 'an integer >= 1', half);
  requireRoom('z', z, 2 * half + 2, `entries 0 .. ${half}`);
  requireRoom('turns', turns, 2 * Math.floor(half / 2) + 2, `the table of length ${2 * half}`);
}

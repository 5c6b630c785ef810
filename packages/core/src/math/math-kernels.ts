import type { Arena, ArenaLayout } from '../arena.js';
import { DimensionError, InvalidInputError } from '../errors.js';
import { KERNELS_BASE64 } from '../generated/kernels.js';
import type { KernelModule } from '../kernel-module.js';
import { cos, exp, expm1, log, log1p, pow, sin, tan, tanh } from './index.js';

/** The WebAssembly module of the functions: name it when opening the arena of a run that uses {@link mathKernels}. */
export const CORE_KERNELS: KernelModule = { name: '@lemmata/core', base64: KERNELS_BASE64 };

/** Names of the functions of one argument. */
export type UnaryName = 'exp' | 'expm1' | 'log' | 'log1p' | 'sin' | 'cos' | 'tan' | 'tanh';

const UNARY: Readonly<Record<UnaryName, (x: number) => number>> = { exp, expm1, log, log1p, sin, cos, tan, tanh };

/** A function applied to a slice: out[i] = f(x[i]) for from <= i < to; `out` may be `x`. */
export type UnaryKernel = (x: Float64Array, out: Float64Array, from: number, to: number) => void;

/** The portable functions over slices of vectors. */
export type MathKernels = Readonly<Record<UnaryName, UnaryKernel>> & {
  /** out[i] = x[i] to the power y[i] for from <= i < to; `out` may be `x` or `y`. */
  readonly pow: (x: Float64Array, y: Float64Array, out: Float64Array, from: number, to: number) => void;
};

function requireSlice(arrays: Readonly<Record<string, Float64Array>>, from: number, to: number): void {
  for (const [name, array] of Object.entries(arrays)) {
    if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= array.length) continue;
    throw new DimensionError(
      `[from, to): expected integers 0 <= from <= to <= ${array.length} (length of ${name}), got [${from}, ${to})`,
      { argument: 'from, to', expected: array.length, actual: [from, to] },
    );
  }
}

/**
 * Makes the portable functions of an arena: WebAssembly over its memory, or plain TypeScript when it lies on the heap.
 *
 * Both give the bits of the scalar functions `exp expm1 log log1p sin cos tan tanh pow`, whose errors are at most 1 ulp.
 * The TypeScript backend takes any arrays, the WebAssembly one views of the arena alone.
 *
 * @param arena - the arena of the run; when it is a `wasm` one, {@link CORE_KERNELS} was named at its opening
 * @returns the functions; each throws DimensionError for slices outside its arrays and InvalidInputError (`ERR_INPUT`)
 * for arrays outside a `wasm` arena
 * @throws InvalidInputError `ERR_STATE` when the arena is disposed of or was opened without the module
 * Complexity: O(1); each call O(to - from).
 * @example
 * ```ts
 * import { CORE_KERNELS, mathKernels, openArena } from '@lemmata/core';
 *
 * const arena = openArena({ x: ['f64', 3] }, 'auto', [CORE_KERNELS]);
 * const { x } = arena.views;
 * x.set([0, 1, 2]);
 * mathKernels(arena).exp(x, x, 0, 3); // 1, e, e squared
 * arena.dispose();
 * ```
 */
export function mathKernels(arena: Arena<ArenaLayout>): MathKernels {
  return arena.backend === 'wasm' ? wasmKernels(arena) : TYPESCRIPT_KERNELS;
}

const TYPESCRIPT_KERNELS: MathKernels = {
  ...unaryKernels((name) => {
    const f = UNARY[name];
    return (x, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = f(x[i]);
    };
  }),
  pow: (x, y, out, from, to) => {
    requireSlice({ x, y, out }, from, to);
    for (let i = from; i < to; i++) out[i] = pow(x[i], y[i]);
  },
};

function wasmKernels(arena: Arena<ArenaLayout>): MathKernels {
  const exports = arena.exports(CORE_KERNELS);
  const { buffer } = Object.values(arena.views)[0] ?? { buffer: undefined };
  const at = (argument: string, array: Float64Array): number => {
    if (array.buffer === buffer) return array.byteOffset;
    throw new InvalidInputError(`${argument}: expected a view of the arena, got another array`, 'ERR_INPUT', {
      argument,
      expected: 'a view of the arena',
      actual: 'another array',
    });
  };
  return {
    ...unaryKernels((name) => {
      const kernel = exports[`${name}All`];
      return (x, out, from, to) => {
        kernel(at('x', x), at('out', out), from, to);
      };
    }),
    pow: (x, y, out, from, to) => {
      requireSlice({ x, y, out }, from, to);
      exports['powAll'](at('x', x), at('y', y), at('out', out), from, to);
    },
  };
}

function unaryKernels(loopOf: (name: UnaryName) => UnaryKernel): Omit<MathKernels, 'pow'> {
  const entries = (Object.keys(UNARY) as UnaryName[]).map((name): [string, UnaryKernel] => {
    const loop = loopOf(name);
    return [
      name,
      (x, out, from, to) => {
        requireSlice({ x, out }, from, to);
        loop(x, out, from, to);
      },
    ];
  });
  return Object.fromEntries(entries) as Omit<MathKernels, 'pow'>;
}

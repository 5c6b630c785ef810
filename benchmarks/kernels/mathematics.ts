// The portable functions of core: WebAssembly, TypeScript, the engine's own, and the C library's.
import type { Kernel, PreparedKernel } from '@lemmata/bench';
import { CORE_KERNELS, mathKernels, openArena } from '@lemmata/core';
import { joined, uniform } from './data.js';
import { plainC } from './native.js';

const LENGTH = 10_000;

type Name = 'exp' | 'log' | 'sin' | 'pow';

/** Arguments in [-1, 1); logarithms and powers are of numbers in [1/2, 3/2). */
function argumentsOf(name: Name): Float64Array {
  const x = uniform('arguments', LENGTH);
  return name === 'log' || name === 'pow' ? x.map((value) => 1 + value / 2) : x;
}

const powers = (): Float64Array => uniform('powers', LENGTH);

function portable(name: Name, backend: 'js' | 'wasm'): PreparedKernel {
  const layout = { x: ['f64', LENGTH], y: ['f64', LENGTH], out: ['f64', LENGTH] } as const;
  const arena = openArena(layout, backend, [CORE_KERNELS]);
  const { x, y, out } = arena.views;
  x.set(argumentsOf(name));
  y.set(powers());
  const kernels = mathKernels(arena);
  const run = name === 'pow' ? () => kernels.pow(x, y, out, 0, LENGTH) : () => kernels[name](x, out, 0, LENGTH);
  return { run, result: () => out.slice() };
}

function engine(name: Name): PreparedKernel {
  const [x, y, out] = [argumentsOf(name), powers(), new Float64Array(LENGTH)];
  const { exp, log, sin, pow } = Math;
  const one = { exp, log, sin, pow: exp }[name];
  const run = () => {
    if (name === 'pow') for (let i = 0; i < LENGTH; i++) out[i] = pow(x[i], y[i]);
    else for (let i = 0; i < LENGTH; i++) out[i] = one(x[i]);
  };
  return { run, result: () => out.slice() };
}

function kernelOf(name: Name): Kernel {
  return {
    name,
    size: `${LENGTH} arguments`,
    operations: 0,
    // Both are within an ulp of the exact value.
    tolerance: 2 * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => portable(name, 'wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => portable(name, 'js') },
      { label: `Math.${name}`, kind: 'peer', prepare: () => engine(name) },
    ],
    native: [plainC(name)],
    input: () => joined(argumentsOf(name), powers()),
    sizes: [LENGTH],
  };
}

/** Kernels of portable mathematics. */
export const mathematicsKernels: readonly Kernel[] = [
  kernelOf('exp'),
  kernelOf('log'),
  kernelOf('sin'),
  kernelOf('pow'),
];

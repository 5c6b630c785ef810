import { describe, expect, it } from 'vitest';
import { CORE_KERNELS, mathKernels, openArena } from '../src/index.js';
import { argumentsOf, FUNCTIONS, standInAngles } from './fixtures/math/arguments.js';
import { scalarOf } from './fixtures/math/functions.js';

const LENGTH = 4000;

function open(backend: 'js' | 'wasm') {
  return openArena({ x: ['f64', LENGTH], y: ['f64', LENGTH], out: ['f64', LENGTH] }, backend, [CORE_KERNELS]);
}

describe.each(['js', 'wasm'] as const)('the functions over slices, %s', (backend) => {
  it.each(FUNCTIONS)('%s gives the bits of the scalar function on its slice and leaves the rest', (name) => {
    const arena = open(backend);
    expect(arena.backend).toBe(backend);
    const { x, y, out } = arena.views;
    const stored = argumentsOf(name, standInAngles());
    x.set(stored.x.subarray(0, LENGTH));
    y.set(stored.y?.subarray(0, LENGTH) ?? []);
    out.fill(-7.25);
    const kernels = mathKernels(arena);
    if (name === 'pow') kernels.pow(x, y, out, 10, LENGTH - 10);
    else kernels[name](x, out, 10, LENGTH - 10);
    const scalar = scalarOf(name);
    const expected = Array.from(x, (value, i) => (i >= 10 && i < LENGTH - 10 ? scalar(value, y[i]) : -7.25));
    expect(Array.from(out)).toEqual(expected);
    if (name === 'pow') kernels.pow(x, y, x, 0, LENGTH);
    else kernels[name](x, x, 0, LENGTH);
    expect(Array.from(x.subarray(10, LENGTH - 10))).toEqual(expected.slice(10, LENGTH - 10));
    arena.dispose();
  });

  it('refuse slices outside their arrays', () => {
    const arena = open(backend);
    const { x, y, out } = arena.views;
    const { exp, pow } = mathKernels(arena);
    const message = `[from, to): expected integers 0 <= from <= to <= ${LENGTH} (length of x), got [0, ${LENGTH + 1})`;
    expect(() => exp(x, out, 0, LENGTH + 1)).toThrow(message);
    expect(() => exp(x, out, 0.5, 1)).toThrow('[from, to): expected integers');
    expect(() => pow(x, y, out.subarray(1), 0, LENGTH)).toThrow('(length of out)');
    arena.dispose();
  });
});

it('refuse arrays outside a wasm arena and arenas without the module', () => {
  const arena = open('wasm');
  const outside = new Float64Array(LENGTH);
  expect(() => mathKernels(arena).exp(outside, arena.views.out, 0, 1)).toThrow(
    'x: expected a view of the arena, got another array',
  );
  arena.dispose();
  const bare = openArena({ x: ['f64', 1] }, 'wasm', []);
  expect(() => mathKernels(bare)).toThrow('arena: expected an open wasm arena with the module @lemmata/core');
  bare.dispose();
});

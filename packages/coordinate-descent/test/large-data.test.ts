import { expect, it } from 'vitest';
import { backendFor } from '../src/problem/design.js';

it('leaves a matrix that no WebAssembly memory holds to TypeScript, unless WebAssembly was asked for', () => {
  const gib = 2 ** 30;
  expect(backendFor('auto', 4 * gib - 8)).toBe('auto');
  expect(backendFor('auto', 4 * gib)).toBe('js');
  expect(backendFor('wasm', 8 * gib)).toBe('wasm');
  expect(backendFor('js', 8)).toBe('js');
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as api from '../src/index.js';

it('the example of the README runs as it stands', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const [imports, ...code] = block.split('\n');
  const names = /^import \{ (.*) \} from '@lemmata\/matrix-completion';$/.exec(imports)?.[1].split(', ') ?? [];
  expect(names.length).toBe(5);
  const printed: unknown[][] = [];
  const output = { log: (...values: unknown[]) => printed.push(values) };
  const run = new Function('console', ...names, code.join('\n'));
  run(output, ...names.map((name) => (api as Record<string, unknown>)[name]));
  expect(printed.length).toBe(4);
  expect(printed[0][0]).toBe('converged');
  const rounded = (values: unknown) => Array.from(values as Float64Array, (value) => Math.round(value * 1e8) / 1e8);
  expect(rounded(printed[0][1])).toEqual([3, 4]);
  expect(rounded(printed[1][0])).toEqual([1, 2, 3, 4, 2, 4, 6, 8, 3, 6, 9, 12, 4, 8, 12, 16]);
  expect(rounded(printed[2][0])).toEqual([5, 10, 15, 20]);
  expect(printed[3].every((value) => Number.isFinite(value))).toBe(true);
});

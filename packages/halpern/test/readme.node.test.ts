import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as api from '../src/index.js';

it('the example of the README runs as it stands', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const [imports, ...code] = block.split('\n');
  const names = /^import \{ (.*) \} from '@lemmata\/halpern';$/.exec(imports)?.[1].split(', ') ?? [];
  expect(names.length).toBeGreaterThan(3);
  const printed: unknown[][] = [];
  const output = { log: (...values: unknown[]) => printed.push(values) };
  const run = new Function('console', ...names, code.join('\n'));
  run(output, ...names.map((name) => (api as Record<string, unknown>)[name]));
  expect(printed.map((line) => line[0])).toEqual(['converged', 'converged', 'converged']);
});

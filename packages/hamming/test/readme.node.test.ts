import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as api from '../src/index.js';

/** Runs a block of documentation: imports by name, then code that may wait. */
async function runBlock(block: string): Promise<unknown[][]> {
  const [imports, ...code] = block.trim().split('\n');
  const names = /^import \{ (.*) \} from '@lemmata\/hamming';$/.exec(imports)?.[1].split(', ') ?? [];
  expect(names.length).toBeGreaterThan(0);
  const printed: unknown[][] = [];
  const output = { log: (...values: unknown[]) => printed.push(values) };
  const run = new Function('console', ...names, `return (async () => {${code.join('\n')}\n})();`);
  await run(output, ...names.map((name) => (api as Record<string, unknown>)[name]));
  return printed;
}

it('the example of the README runs as it stands', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const printed = await runBlock(/```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '');
  expect((printed[0][0] as Uint8Array).length).toBe(15);
  expect(Array.from(printed[1][0] as Float64Array)).toEqual([0, 7, 14]);
  expect(Array.from(printed[1][1] as Uint32Array)).toEqual([0, 1, 1]);
  expect(Array.from(printed[1][2] as Uint32Array)).toEqual([4, 3]);
  expect(printed[3].slice(0, 2)).toEqual([0, 0]);
  expect(printed.slice(4)).toEqual([
    ['one', 0, '+'],
    ['two', 0, '-'],
  ]);
});

/** What the comment behind each example promises, as printed. */
const PROMISED: Readonly<Record<string, string>> = {
  hammingProfile: '0,3,3,2,3,2,3,0,3',
  hammingProfileAsync: '1,3,3,1',
  hammingSearch: '4,8,19 0,1,1',
  hammingSearchAsync: '2',
  approximateProfile: '0 0 true',
  approximateProfileAsync: '1,3,3,1 0',
  plan: 'bytes fft',
  preparePattern: '0,1,2,1 1',
  hammingStream: '0 0,3 2  2 3 3 2,3,2,3,0,3',
  hammingSearchStream: '  4,8 0,1 19 1',
  searchChunks: '4 0 8 1 19 1',
  readFasta: 'one 0 ACGTACGT true two 0 TT false two 2  true',
  searchFasta: 'one 0 0 + two 2 0 -',
  hammingDistance: '3 2',
  hammingMatches: '4 0 8 1',
  nearestMatches: '4,8,11 1,2,2',
  nearestMatchesAsync: '4,8',
  searchMany: '4,8,19 0,15 ',
  calibrate: 'true 0,3,3,2,3,2,3,0,3',
  shardRanges: '0 7 0,3,3,2,3 5 11 2,3,0,3',
  reverseComplement: 'TGTAATC CCN',
  l1Profile: '1,1,3',
  l1ProfileAsync: '1,1,3',
  l2Profile: '1,1,5',
  l2ProfileAsync: '1,1,5',
  lessOrEqualProfile: '1,2,2',
  lessOrEqualProfileAsync: '1,2,2',
  thresholdProfile: '2,0,2',
  thresholdProfileAsync: '2,0,2',
  scoreProfile: '5,2,-2',
  sumset: '0,1,2,5,6 1,2,1,1,1',
  sumsetAsync: '0,1,2,5,6',
  sparseConvolution: '0,1000000007,2000000014 1,-4,4',
  sparseConvolutionAsync: '1,-4,4',
  countSumsInRange: '0,2,1,0',
  countSumsInRangeAsync: '0,2,1,0',
  equalityProduct: '2,1,1,2',
  equalityProductAsync: '2,1,1,2',
  dominanceProduct: '2,1,1,1',
  dominanceProductAsync: '2,1,1,1',
  approximateCountSums: '3,1 0',
  approximateCountSumsAsync: '3,1',
  approximateCountTriangles: '2,1 0',
  approximateCountTrianglesAsync: '2,1',
  scoreProfileAsync: '5,2,-2',
};

describe('the examples of the docstrings', () => {
  const source = new URL('../src/', import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const examples = files.flatMap((file) => {
    const text = readFileSync(new URL(file.replaceAll('\\', '/'), source), 'utf8');
    return [...text.matchAll(/```ts\n([\s\S]*?) \* ```[\s\S]*?export (?:async )?function (\w+)/g)].map(
      (match): [string, string] => [match[2], match[1].replaceAll(/^ \* ?/gm, '')],
    );
  });
  it('are one for each function', () => {
    expect(examples.map(([name]) => name).sort()).toEqual(Object.keys(PROMISED).sort());
  });
  it.each(examples)('%s', async (name, block) => {
    const printed = await runBlock(block);
    expect(printed.map((values) => values.join(' ')).join(' ')).toBe(PROMISED[name]);
  });
});

// Greedy rules among samples, drawn once more by hand.
import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { minimizeIterations, quadratic, type SelectionRule } from '../src/index.js';
import { blockData } from './block-problems.js';
import { BLOCKS, choices, N, SIZE, score, subsets } from './selection-reference.js';

const INSTANCES = 200;

describe('rules among a sample', () => {
  const rules: [SelectionRule, 'fixed' | 'variable'][] = [
    ['gs', 'variable'],
    ['gsl', 'variable'],
    ['gsd', 'fixed'],
    ['gsq', 'fixed'],
    ['mi', 'fixed'],
    ['gs-q', 'variable'],
    ['gs-s', 'variable'],
  ];

  it.each(rules)('%s over %s blocks is the best of those drawn', (rule, kind) => {
    const sample = kind === 'fixed' ? 2 : 5;
    for (let seed = 0; seed < INSTANCES; seed++) {
      const { gram, products } = blockData(`sample ${seed}`, 14, N);
      const l1 = rule.startsWith('gs-') ? 2 : 0;
      const reference = { gram, products, l1, fixed: kind === 'fixed' };
      const blocks = kind === 'fixed' ? { partition: BLOCKS } : { blockSize: SIZE };
      const run = { ...blocks, selection: rule, update: 'diagonal', sample, seed } as const;
      const draws = randomStream(seed).fork('selection');
      for (const { x, block } of choices({ smooth: quadratic(gram, products), l1 }, run)) {
        const drawn = [...draws.sample(kind === 'fixed' ? BLOCKS.length : N, sample)].sort((p, q) => p - q);
        const candidates =
          kind === 'fixed'
            ? drawn.map((index) => BLOCKS[index])
            : subsets(sample, SIZE).map((set) => set.map((k) => drawn[k]));
        expect(candidates).toContainEqual(block);
        const scores = candidates.map((candidate) => score(rule === 'mi' ? 'gsq' : rule, reference, x, candidate));
        const best = Math.max(...scores);
        expect(score(rule === 'mi' ? 'gsq' : rule, reference, x, block)).toBeGreaterThanOrEqual(
          best - 1e-9 * (scores[0] + best),
        );
      }
    }
  });

  it('draws uniformly: the variable of rank r is chosen in C(n - r, q - 1) of C(n, q) draws', () => {
    const [n, q, draws] = [6, 3, 4000];
    const H = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
    const smooth = quadratic(H, [6, 5, 4, 3, 2, 1]);
    const seen = new Array<number>(n).fill(0);
    for (let seed = 0; seed < draws; seed++) {
      const states = minimizeIterations({ smooth }, { selection: 'gs', sample: q, seed });
      states.next();
      seen[(states.next().value as { block: Int32Array }).block[0]]++;
      states.return(undefined as never);
    }
    const expected = [10, 6, 3, 1].map((count) => (draws * count) / 20);
    expect(seen.slice(4)).toEqual([0, 0]);
    const distance = expected.reduce((sum, count, i) => sum + (seen[i] - count) ** 2 / count, 0);
    // Three degrees of freedom: 16.3 is exceeded once in a thousand.
    expect(distance).toBeLessThan(16.3);
  });

  it('forward greed among a sample of the size of a block takes all of it', () => {
    const { gram, products } = blockData('sampled pursuit', 14, N);
    const draws = randomStream(7).fork('selection');
    const run = { selection: 'gsq', blockSize: SIZE, sample: SIZE, seed: 7 } as const;
    const made = choices({ smooth: quadratic(gram, products) }, run);
    for (const { block } of made) expect(block).toEqual([...draws.sample(N, SIZE)].sort((p, q) => p - q));
    expect(made.length).toBe(20);
  });
});

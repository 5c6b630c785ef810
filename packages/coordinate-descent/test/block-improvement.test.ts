// MI, GSC and rules among samples against their definitions.
import { naiveProduct } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { leastSquares, logistic, minimizeIterations, quadratic } from '../src/index.js';
import { blockData } from './block-problems.js';
import { BLOCKS, choices, leastBetween, logisticReference, N, SIZE, score } from './selection-reference.js';

const INSTANCES = 200;

describe('GSC', () => {
  it.each(['fixed', 'variable'] as const)('has the largest sum of decreases of cubic models, %s blocks', (kind) => {
    for (let seed = 0; seed < INSTANCES; seed++) {
      const { rows, labels } = blockData(`cubic ${seed}`, 10, N);
      const f = logisticReference(rows, labels, 0);
      const blocks = kind === 'fixed' ? { partition: BLOCKS } : { blockSize: SIZE };
      const run = { ...blocks, selection: 'gsc', update: 'gradient' } as const;
      for (const { x, block } of choices({ smooth: logistic(rows, labels) }, run)) {
        const falls = x.map((_, i) => {
          const [g, h, m] = [f.slope(x, i), f.curvature(x, i), f.third(i)];
          const model = (d: number) => g * d + (h * d * d) / 2 + (m * Math.abs(d) ** 3) / 6;
          // The minimiser is no further than where the cubic term alone outweighs the slope.
          const far = Math.sqrt((6 * Math.abs(g)) / m);
          return -model(leastBetween(model, -far, far));
        });
        const sum = (of: number[]) => of.reduce((total, i) => total + falls[i], 0);
        const best =
          kind === 'fixed'
            ? Math.max(...BLOCKS.map(sum))
            : [...falls]
                .sort((p, q) => q - p)
                .slice(0, SIZE)
                .reduce((total, value) => total + value, 0);
        expect(sum(block)).toBeGreaterThanOrEqual(best * (1 - 1e-9));
      }
    }
  });
});

describe('MI', () => {
  it.each([0, 2])('over single variables: the largest decrease of a quadratic function, penalty %d', (l1) => {
    for (let seed = 0; seed < INSTANCES; seed++) {
      const { gram, products } = blockData(`improvement ${seed}`, 14, N);
      for (const { x, block } of choices({ smooth: quadratic(gram, products), l1 }, { selection: 'mi' })) {
        const g = naiveProduct(gram, x).map((value, i) => value - products[i]);
        const falls = x.map((value, i) => {
          const along = (d: number) =>
            g[i] * d + (gram[i][i] * d * d) / 2 + l1 * (Math.abs(value + d) - Math.abs(value));
          // Of a convex function with one kink: the least of both smooth pieces, and the kink.
          const steps = [-(g[i] + l1) / gram[i][i], -(g[i] - l1) / gram[i][i], -value];
          return -Math.min(0, ...steps.map(along));
        });
        const best = Math.max(...falls);
        // x and the gradient agree with the run's to rounding of sums of N products.
        const scale = Math.max(...g.map((value, i) => (value * value) / gram[i][i])) + Math.max(...x.map(Math.abs));
        expect(falls[block[0]]).toBeGreaterThanOrEqual(best - 1e-9 * scale);
      }
    }
  });

  it('over fixed blocks of a quadratic function is the GSQ of their exact steps', () => {
    for (let seed = 0; seed < INSTANCES; seed++) {
      const { rows, b, gram, products } = blockData(`improvement ${seed}`, 14, N);
      const reference = { gram, products, l1: 0, fixed: true };
      const run = { partition: BLOCKS, selection: 'mi', update: 'diagonal' } as const;
      for (const { x, block } of choices({ smooth: leastSquares(rows, b) }, run)) {
        const scores = BLOCKS.map((candidate) => score('gsq', reference, x, candidate));
        expect(score('gsq', reference, x, block)).toBeGreaterThanOrEqual(Math.max(...scores) * (1 - 1e-9));
      }
    }
  });

  it('over single variables: the largest decrease of a logistic loss with a penalty', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { rows, labels } = blockData(`improvement ${seed}`, 10, 4);
      const l1 = 0.5;
      const f = logisticReference(rows, labels, l1);
      const run = { selection: 'mi', update: 'gradient' } as const;
      for (const { x, block } of choices({ smooth: logistic(rows, labels), l1 }, run).slice(0, 8)) {
        const start = f.value(x);
        const falls = x.map((value, i) => {
          const along = (t: number) => f.value(x.map((old, j) => (i === j ? t : old)));
          // F is at most F(0) at x and every t beyond F(x) / l1 has a larger penalty alone.
          const t = leastBetween(along, -start / l1, start / l1);
          return start - Math.min(along(t), along(0), along(value));
        });
        // Both sides subtract values of F.
        expect(falls[block[0]]).toBeGreaterThanOrEqual(Math.max(...falls) - 1e-9 * start);
      }
    }
  });

  it('over larger variable blocks: at least as good as the choice of every other rule', () => {
    for (let seed = 0; seed < 40; seed++) {
      const { gram, products } = blockData(`improvement ${seed}`, 14, N);
      const smooth = quadratic(gram, products);
      const reference = { gram, products, l1: 0, fixed: false };
      for (const { x, block } of choices({ smooth }, { selection: 'mi', blockSize: SIZE, update: 'diagonal' })) {
        const own = score('gsq', reference, x, block);
        for (const selection of ['gs', 'gsl', 'gsd', 'gsq'] as const) {
          const states = minimizeIterations({ smooth }, { selection, blockSize: SIZE, initial: x, tolerance: 0 });
          states.next();
          const other = [...(states.next().value as { block: Int32Array }).block];
          if (other.length > 0) expect(own).toBeGreaterThanOrEqual(score('gsq', reference, x, other) * (1 - 1e-7));
          states.return(undefined as never);
        }
      }
    }
  });

  it.each(['mi', 'gsc'] as const)('%s takes the lowest of equal ones', (selection) => {
    const H = Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => (i === j ? 1 : 0)));
    const smooth = quadratic(H, [1, -1, 1, 1, -1, 1]);
    const single = choices({ smooth }, { selection }).map(({ block }) => block[0]);
    expect(single).toEqual([0, 1, 2, 3, 4, 5]);
    const pairs = choices({ smooth }, { selection, blockSize: 2, partition: 'order', update: 'matrix' });
    expect(pairs.map(({ block }) => block)).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
  });

  it('moves nothing but the block it chooses, and keeps F right', () => {
    const { rows, labels } = blockData('alone', 12, N);
    const smooth = logistic(rows, labels, { ridge: 0.1 });
    let before: number[] = [];
    const run = { partition: BLOCKS, selection: 'mi', update: 'newton', tolerance: 1e-8 } as const;
    for (const { x, block, objective } of minimizeIterations({ smooth }, run)) {
      before.forEach((value, i) => {
        if (!block.includes(i)) expect(x[i]).toBe(value);
      });
      // Sums of 12 + 9 terms, all at least 0.
      expect(Math.abs(objective - smooth.value(x))).toBeLessThanOrEqual(64 * Number.EPSILON * objective);
      before = [...x];
    }
    expect(before.length).toBe(N);
  });
});

// When blocks know the active set: the iterations of the rate to the radius delta / (2 L), and one visit to each block.
import { expect, it } from 'vitest';
import { leastSquares, minimize } from '../src/index.js';
import { blockData } from './block-problems.js';

const N = 12;
const BLOCKS = 4;

it.each(['gradient', 'matrix'] as const)(
  'cyclic blocks, %s update: one pass after F is within mu delta^2 / (8 L^2)',
  (update) => {
    for (let seed = 0; seed < 20; seed++) {
      const { rows, b } = blockData(`identification ${seed}`, 30, N);
      const [ridge, l1] = [20, 15];
      const smooth = leastSquares(rows, b, { ridge });
      const solution = minimize({ smooth, l1 }, { tolerance: 1e-15, blockSize: N, update: 'matrix' });
      const { margin } = solution.activeSet;
      expect(margin).toBeGreaterThan(0);
      expect(solution.activeSet.free.length).toBeLessThan(N);
      const { activeSet, history } = minimize(
        { smooth, l1 },
        {
          selection: 'cyclic',
          partition: 'order',
          blockSize: N / BLOCKS,
          update,
          tolerance: 1e-14,
          maxIterations: 1e5,
        },
      );
      expect([...activeSet.free]).toEqual([...solution.activeSet.free]);
      // Bounds of the largest eigenvalue of a block are within 6% of it, and the trace bounds that of all; mu >= ridge.
      const L = 1.06 * Array.from(smooth.lipschitz).reduce((sum, value) => sum + value, 0);
      const left = Array.from(history.objective, (value) => value - solution.certificate.lowerBound);
      const level = (ridge * margin * margin) / (8 * L * L);
      const reached = left.findIndex((value) => value <= level);
      expect(reached).toBeGreaterThanOrEqual(0);
      expect(activeSet.identifiedAt).toBeLessThanOrEqual(reached + BLOCKS);
      // The same from the rate: passes until the first value has shrunk to the level at the worst rate of a pass on the way.
      let rate = 0;
      for (let k = 0; k + BLOCKS <= reached; k++) rate = Math.max(rate, left[k + BLOCKS] / left[k]);
      expect(rate).toBeLessThan(1);
      const passes = reached === 0 ? 0 : rate === 0 ? 1 : Math.ceil(Math.log(left[0] / level) / Math.log(1 / rate));
      expect(activeSet.identifiedAt).toBeLessThanOrEqual((passes + 1) * BLOCKS);
    }
  },
);

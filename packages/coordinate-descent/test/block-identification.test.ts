// When blocks know the active set: the iterations of the rate to the radius delta / (2 L), and one visit to each block.
import { expect, it } from 'vitest';
import { leastSquares, type MinimizeOptions, minimize } from '../src/index.js';
import { blockData } from './block-problems.js';

const N = 12;
const BLOCKS = 4;
const [RIDGE, L1] = [20, 15];
const FIXED = { partition: 'order', blockSize: N / BLOCKS, tolerance: 1e-14, maxIterations: 1e5 } as const;

/** A Lasso whose solution is known, with the value of F below which every point is within delta / (2 L) of it. */
function instance(seed: number) {
  const { rows, b } = blockData(`identification ${seed}`, 30, N);
  const problem = { smooth: leastSquares(rows, b, { ridge: RIDGE }), l1: L1 };
  const { activeSet, certificate } = minimize(problem, { tolerance: 1e-15, blockSize: N, update: 'matrix' });
  expect(activeSet.margin).toBeGreaterThan(0);
  expect(activeSet.free.length).toBeLessThan(N);
  // Bounds of the largest eigenvalue of a block are within 6% of it, and the trace bounds that of all; mu >= ridge.
  const L = 1.06 * Array.from(problem.smooth.lipschitz).reduce((sum, value) => sum + value, 0);
  const level = (RIDGE * activeSet.margin * activeSet.margin) / (8 * L * L);
  return { problem, free: [...activeSet.free], lowest: certificate.lowerBound, level };
}

/** A run over fixed blocks: what is left of F before each of them, when that is within the level, and when all is known. */
function identification(seed: number, options: MinimizeOptions) {
  const { problem, free, lowest, level } = instance(seed);
  const { activeSet, history } = minimize(problem, { ...FIXED, ...options });
  expect([...activeSet.free]).toEqual(free);
  const left = Array.from(history.objective, (value) => value - lowest);
  const reached = left.findIndex((value) => value <= level);
  expect(reached).toBeGreaterThanOrEqual(0);
  return { left, level, reached, identifiedAt: activeSet.identifiedAt };
}

it.each(['gradient', 'matrix'] as const)(
  'cyclic blocks, %s update: one pass after F is within mu delta^2 / (8 L^2)',
  (update) => {
    for (let seed = 0; seed < 20; seed++) {
      const { left, level, reached, identifiedAt } = identification(seed, { selection: 'cyclic', update });
      expect(identifiedAt).toBeLessThanOrEqual(reached + BLOCKS);
      // The same from the rate: passes until the first value has shrunk to the level at the worst rate of a pass on the way.
      let rate = 0;
      for (let k = 0; k + BLOCKS <= reached; k++) rate = Math.max(rate, left[k + BLOCKS] / left[k]);
      expect(rate).toBeLessThan(1);
      const passes = reached === 0 ? 0 : rate === 0 ? 1 : Math.ceil(Math.log(left[0] / level) / Math.log(1 / rate));
      expect(identifiedAt).toBeLessThanOrEqual((passes + 1) * BLOCKS);
    }
  },
);

it.each(['gradient', 'matrix'] as const)(
  'random blocks, %s update: a visit to every block after that, as collectors of coupons make them',
  (update) => {
    const runs = 40;
    // A block is missed for t draws with probability (1 - 1 / B)^t <= exp(-t / B): that one of all is, in any run, with 1e-9.
    const most = BLOCKS * Math.log((BLOCKS * runs) / 1e-9);
    let waited = 0;
    for (let run = 0; run < runs; run++) {
      const seed = run % 20;
      const { reached, identifiedAt } = identification(seed, { selection: 'random', update, seed: `visits ${run}` });
      const wait = Math.max(0, identifiedAt - reached);
      expect(wait).toBeLessThanOrEqual(most);
      waited += wait;
    }
    // All blocks are seen after B (1 + 1/2 + ... + 1/B) draws on average, with a variance below (pi B)^2 / 6.
    let harmonic = 0;
    for (let b = 1; b <= BLOCKS; b++) harmonic += 1 / b;
    const deviation = (Math.PI * BLOCKS) / Math.sqrt(6 * runs);
    expect(waited / runs).toBeLessThanOrEqual(BLOCKS * harmonic + 6 * deviation);
  },
);

it.each(['gs-s', 'gs-r', 'gs-q'] as const)(
  'greedy blocks by %s: F within the level, then one pass in turn knows the active set',
  (selection) => {
    for (let seed = 0; seed < 20; seed++) {
      const { problem, free, lowest, level } = instance(seed);
      const { x, objective } = minimize(problem, {
        ...FIXED,
        selection,
        update: 'gradient',
        onIteration: (state) => state.objective - lowest > level,
      });
      expect(objective - lowest).toBeLessThanOrEqual(level);
      const cleaned = minimize(problem, {
        ...FIXED,
        selection: 'cyclic',
        update: 'gradient',
        initial: x,
        tolerance: 0,
        maxIterations: BLOCKS,
      });
      for (let i = 0; i < N; i++) if (!free.includes(i)) expect(cleaned.x[i]).toBe(0);
    }
  },
);

// What the package claims of Newton updates: the paper's figure 12 as an ordering, and the superlinear tail once the active set
// is known, on its data set B drawn anew.
import type { Claim } from '@lemmata/bench';
import { minimize } from '@lemmata/coordinate-descent';
import { once } from '../claims/once.js';
import { LESS, logit } from './block-claims.js';

const BLOCK_SIZE = 100;

/** Most blocks of a run. */
const BLOCKS = 500;

/** What 50 blocks leave of the logistic loss, whose least value is 0 on separable data. */
const lossLeft = once((update: 'newton' | 'gradient'): number => {
  const run = { blockSize: BLOCK_SIZE, maxIterations: 50, tolerance: 0, historyEvery: 0, selection: 'gsd' } as const;
  return minimize({ smooth: logit() }, { ...run, update }).objective;
});

/** Weight of the L1 penalty: half of the least one at which all variables are 0; the support then fits a block. */
const penalty = once((): number => {
  const smooth = logit();
  const gradient = new Float64Array(smooth.dimension);
  smooth.gradient(new Float64Array(smooth.dimension), gradient);
  return gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 2;
});

/** Blocks from where the active set is known to a relative gap of 1e-10; those of all runs when that does not suffice. */
const blocksAfterwards = once((update: 'two-metric' | 'gradient'): number => {
  const { status, iterations, activeSet } = minimize(
    { smooth: logit(), l1: penalty() },
    { blockSize: BLOCK_SIZE, selection: 'gs-q', update, tolerance: 1e-10, maxIterations: BLOCKS, historyEvery: 0 },
  );
  return status === 'converged' ? iterations - activeSet.identifiedAt : BLOCKS;
});

/** The claims of Newton updates. */
export const newtonClaims: readonly Claim[] = [
  {
    id: 'newton-over-gradient',
    source:
      'specification 8, figure 12: "superlinear-looking decay" of Newton updates: less than gradient updates leave',
    statement:
      'Newton updates with a line search leave less of a logistic loss than gradient updates of the same number of blocks, the baseline.',
    workload: 'data set B: signs of A w, a tenth flipped; 50 variable blocks of 100 by GSD',
    bound: { atMost: LESS },
    measure: () => lossLeft('newton') / lossLeft('gradient'),
    measureBaseline: () => lossLeft('gradient') / lossLeft('gradient'),
  },
  {
    id: 'superlinear-tail',
    source:
      'specification 3.10: "once identified the iteration is Newton on the manifold (quadratic)": digits double from one to ten in 4 steps, and as many again for the sizes of the constants',
    statement:
      'Once the active set is known and fits a block, two-metric projection takes at most 8 blocks to a relative gap of 1e-10; gradient updates are the baseline.',
    workload: 'data set B, L1 penalty of half of the least that leaves all variables 0, blocks of 100 by GS-q',
    bound: { atMost: 8 },
    measure: () => blocksAfterwards('two-metric'),
    measureBaseline: () => blocksAfterwards('gradient'),
  },
];

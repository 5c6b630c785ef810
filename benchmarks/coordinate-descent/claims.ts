// What the package claims, of its Lasso here, in counts that depend on no machine. Each bound is a line of the specification or
// follows from one by arithmetic, and was written before it was measured.
import type { Claim } from '@lemmata/bench';
import { type LassoAlgorithm, lasso, lassoIterations, lassoPath } from '@lemmata/coordinate-descent';
import { once } from '../claims/once.js';
import { blockClaims } from './block-claims.js';
import { dualBound, type LassoInstance, objectiveAtZero, primalValue, residual } from './certificate.js';
import { dataset } from './datasets/autoregressive.js';
import { graphClaims } from './graph-claims.js';
import { problem } from './lasso.js';
import { newtonClaims } from './newton-claims.js';

const WIDE = { rows: 500, cols: 5000, correlation: 0.5 } as const;

/** Accuracy of the point that stands for the minimum: its own gap, relative to the objective at zero. */
const REFERENCE_GAP = 1e-12;

/** Number of lambdas of a path. */
const PATH_LENGTH = 25;

const TOLERANCE = 1e-6;

const wide = once(
  async (): Promise<LassoInstance> => problem({ divisor: 20 }).load(await dataset(WIDE).generate({ seed: 'claims' })),
);

/** Column touches of one fit divided by those of cyclic descent. */
async function touchShare(algorithm: LassoAlgorithm): Promise<number> {
  const { A, b, lambda } = await wide();
  const touches = (contender: LassoAlgorithm): number => {
    const { counts, status } = lasso(A, b, { algorithm: contender, lambda, intercept: false, tolerance: TOLERANCE });
    if (status !== 'converged') throw new Error(`lasso: expected to converge, got ${status}`);
    return counts.columnTouches;
  };
  return touches(algorithm) / touches('cyclic');
}

/** What the iterates of a fit say of their own accuracy. */
type Estimate = 'gap' | 'decrease';

/**
 * The largest amount by which an iterate was further from the minimum than it said, relative to the objective at zero.
 * The baseline is the usual rule without a certificate: how much the objective fell since the last look.
 */
async function worstUnderstatement(estimate: Estimate): Promise<number> {
  const instance = await wide();
  const { A, b, lambda } = instance;
  const atZero = objectiveAtZero(instance);
  const best = lasso(A, b, { lambda, intercept: false, tolerance: REFERENCE_GAP / 10 });
  const minimum = dualBound(instance, residual(instance, best));
  let worst = -Infinity;
  let before = atZero;
  for (const state of lassoIterations(A, b, { algorithm: 'cyclic', lambda, intercept: false, tolerance: TOLERANCE })) {
    const objective = primalValue(instance, state);
    const said = estimate === 'gap' ? state.relativeGap : (before - objective) / atZero;
    worst = Math.max(worst, (objective - minimum) / atZero - said);
    before = objective;
  }
  return worst;
}

/** Column touches of a path, and of cold fits at its lambdas. */
const pathAndColdFits = once(async (): Promise<{ readonly path: number; readonly 'cold fits': number }> => {
  const { A, b } = await wide();
  const path = lassoPath(A, b, { intercept: false, tolerance: TOLERANCE, numLambdas: PATH_LENGTH });
  let cold = 0;
  for (const lambda of path.lambdas) {
    cold += lasso(A, b, { lambda, intercept: false, tolerance: TOLERANCE }).counts.columnTouches;
  }
  return { path: path.counts.columnTouches, 'cold fits': cold };
});

async function pathShare(contender: 'path' | 'cold fits'): Promise<number> {
  const touches = await pathAndColdFits();
  return touches[contender] / touches['cold fits'];
}

/** The claims of `@lemmata/coordinate-descent`. */
export const claims: readonly Claim[] = [
  {
    id: 'working-set-touches',
    source:
      'specification 3.8: working sets of k = max(100, 2 |support|) columns, |support| <= m = 500: k / n <= 1000 / 5000 an epoch',
    statement: 'A fit by working sets takes at most a fifth of the column touches of cyclic descent, its baseline.',
    workload: 'AR(.5) 500 x 5000, lambda = lambdaMax / 20, no intercept, relative gap 1e-6',
    bound: { atMost: (2 * WIDE.rows) / WIDE.cols },
    measure: () => touchShare('working-set'),
    measureBaseline: () => touchShare('cyclic'),
  },
  {
    id: 'gap-is-a-bound',
    source:
      'specification, test 7: "gap >= 0 and >= true suboptimality"; 1e-12 for the stored minimum, (m + n) eps for the sums',
    statement:
      'No iterate is further from the minimum than its gap says; the decrease of the objective since the last look is the baseline.',
    workload: 'AR(.5) 500 x 5000, lambda = lambdaMax / 20, no intercept, every iterate of cyclic descent to gap 1e-6',
    bound: { atMost: REFERENCE_GAP + (WIDE.rows + WIDE.cols) * Number.EPSILON },
    measure: () => worstUnderstatement('gap'),
    measureBaseline: () => worstUnderstatement('decrease'),
  },
  {
    id: 'path-shares-work',
    source:
      "specification, physical limits: a cold fit makes at least 2 full products A'r, a warm and screened one needs 1: 1 / 2",
    statement:
      'A path with warm starts and sequential screening takes at most half of the column touches of cold fits, its baseline.',
    workload: `AR(.5) 500 x 5000, ${PATH_LENGTH} lambdas from lambdaMax to lambdaMax / 100, no intercept, relative gap 1e-6`,
    bound: { atMost: 1 / 2 },
    measure: () => pathShare('path'),
    measureBaseline: () => pathShare('cold fits'),
  },
  ...blockClaims,
  ...graphClaims,
  ...newtonClaims,
];

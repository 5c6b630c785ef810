// What the package claims, in iterations, passes over the matrix and regret. Each bound is a line of the specification or
// follows from one by arithmetic, and was written before it was measured.
import type { Claim } from '@lemmata/bench';
import { randomStream } from '@lemmata/core';
import {
  type AnyTuner,
  ChebCb,
  heatProblem,
  heatStep,
  laplacian2d,
  SmoothThompson,
  sor,
  ssorCg,
  TsallisInf,
  TunedSolver,
} from '@lemmata/sor-bandit';
import { once } from '../claims/once.js';
import { plainConjugateGradients } from './solvers/plain-loop.js';

const TOLERANCE = 1e-8;

/** Passes over the matrix for each iteration of SSOR-preconditioned conjugate gradients. */
function passesPerIteration(form: 'fused' | 'textbook'): number {
  const A = laplacian2d(60, 0.05);
  const stream = randomStream('claims');
  const b = Float64Array.from({ length: A.rows }, () => stream.normal());
  if (form === 'fused') {
    const { iterations, counts } = ssorCg(A, b, { omega: 1, tolerance: TOLERANCE });
    return counts.matrixPasses / iterations;
  }
  const { iterations, matrixPasses } = plainConjugateGradients(A, b, new Float64Array(A.rows), TOLERANCE, 1);
  return matrixPasses / iterations;
}

const ARMS = 10;
const ROUNDS = 4000;
const SEEDS = 20;

/** Mean pseudo-regret on ten Bernoulli costs, one of mean 0.4 and nine of mean 0.5. */
function bernoulliRegret(strategy: 'tsallis-inf' | 'uniform'): number {
  let regret = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const coins = randomStream(seed).fork('costs');
    const draws = randomStream(seed).fork('uniform');
    const tuner = new TsallisInf({ parameters: Array.from({ length: ARMS }, (_, arm) => arm), seed });
    for (let round = 0; round < ROUNDS; round++) {
      const { id, arm } = strategy === 'uniform' ? { id: -1, arm: draws.integer(ARMS) } : tuner.ask();
      const cost = coins.uniform() < (arm === 0 ? 0.4 : 0.5) ? 1 : 0;
      if (id >= 0) tuner.tell(id, cost);
      regret += arm === 0 ? 0 : 0.1;
    }
  }
  return regret / SEEDS;
}

const SHIFTS = 1000;
const CONTEXT = { min: -0.15, max: 0.65 };

/** Systems with shifts of high variance: c = -0.15 + 0.6 Beta(1/2, 3/2). */
const shifted = once(() => {
  const stream = randomStream('claims').fork('shifts');
  return Array.from({ length: SHIFTS }, () => {
    // Of two independent gamma variables with shapes 1/2 and 3/2, the share of the first: x^2 / (x^2 + y^2 + z^2 + w^2).
    const [x, y, z, w] = [stream.normal(), stream.normal(), stream.normal(), stream.normal()];
    const shift = -0.15 + (0.6 * x * x) / (x * x + y * y + z * z + w * w);
    return { shift, A: laplacian2d(10, shift), b: Float64Array.from({ length: 100 }, () => stream.normal()) };
  });
});

/** Mean iterations of SOR with a fixed factor. */
const fixedMean = once((omega: number): number => {
  let sum = 0;
  for (const { A, b } of shifted()) sum += sor(A, b, { omega, tolerance: TOLERANCE }).iterations;
  return sum / SHIFTS;
});

/** The best of the fixed factors 1.5, 1.55, ..., 1.95; smaller ones are far behind when shifts are near -0.15. */
function bestFixed(): number {
  return Math.min(...Array.from({ length: 10 }, (_, i) => fixedMean(1.5 + 0.05 * i)));
}

/** Mean iterations of tuned SOR over the best fixed factor's. */
function overBestFixed(tuner: AnyTuner): number {
  const solver = new TunedSolver({ method: 'sor', tuner });
  for (const { shift, A, b } of shifted()) {
    solver.solve(A, b, { tolerance: TOLERANCE, ...(tuner.contextual ? { context: shift } : {}) });
  }
  return solver.counts.iterations / SHIFTS / bestFixed();
}

const STEPS = 1000;

/** Mean iterations of SSOR-CG a step of heat on a plate of 25 intervals, the tuner's over those of omega = 1. */
const heatMean = once((way: 'smooth-thompson' | 'omega 1'): number => {
  const problem = heatProblem({ intervals: 25 });
  const solver = new TunedSolver({ tuner: new SmoothThompson({ context: { min: 0, max: 10 } }) });
  let u = problem.initial;
  let iterations = 0;
  for (let step = 0; step < STEPS; step++) {
    const { matrix, rightHandSide, diffusivity } = heatStep(problem, u, step);
    const result =
      way === 'omega 1'
        ? ssorCg(matrix, rightHandSide, { omega: 1, initial: u, tolerance: TOLERANCE })
        : solver.solve(matrix, rightHandSide, { initial: u, context: diffusivity, tolerance: TOLERANCE });
    iterations += result.iterations;
    u = result.x;
  }
  return iterations / STEPS;
});

/** The claims of `@lemmata/sor-bandit`. */
export const claims: readonly Claim[] = [
  {
    id: 'one-pass-an-iteration',
    source:
      'specification 3.3: one pass an iteration by the identity of Eisenstat, two passes in the textbook; one more for the first residual and the last, and one in 50 iterations',
    statement:
      'SSOR-preconditioned conjugate gradients with true residuals take at most 1.1 passes over the matrix an iteration; the textbook is the baseline.',
    workload: '5-point Laplacian + 0.05, 60 x 60, omega = 1, residual 1e-8',
    bound: { atMost: 1.1 },
    measure: () => passesPerIteration('fused'),
    measureBaseline: () => passesPerIteration('textbook'),
  },
  {
    id: 'regret-of-tsallis-inf',
    source: 'specification 8, test 6: "10 Bernoulli arms (0.4 vs 0.5, T=4000) ... require < 300 mean over 20 seeds"',
    statement: 'Tsallis-INF regrets at most 300; drawing uniformly is the baseline.',
    workload: '10 Bernoulli costs, one of mean 0.4 and nine of 0.5, 4000 rounds, 20 seeds',
    bound: { atMost: 300 },
    measure: () => bernoulliRegret('tsallis-inf'),
    measureBaseline: () => bernoulliRegret('uniform'),
  },
  {
    id: 'better-than-any-fixed-factor',
    source: 'specification E5: "ChebCB beats the best fixed omega and approaches instance-optimal"; high variance',
    statement:
      'ChebCB takes fewer iterations than the best fixed factor; Tsallis-INF, blind to contexts, is the baseline.',
    workload: '10 x 10 Laplacian with shifts -0.15 + 0.6 Beta(1/2, 3/2), SOR, 1000 systems, residual 1e-8',
    bound: { atMost: 1 },
    measure: () => overBestFixed(new ChebCb({ context: CONTEXT })),
    measureBaseline: () => overBestFixed(new TsallisInf()),
  },
  {
    id: 'heat-learns',
    source: 'specification E7, n_x = 25: best fixed 5.88 and omega = 1 6.56 iterations a step: 5.88 / 6.56',
    statement:
      'Smooth Thompson sampling, told the conductivity, takes at most the share of iterations that the best fixed factor would; omega = 1 is the baseline.',
    workload: 'heat on a plate of 25 intervals, the first 1000 steps, SSOR-CG from the step before, residual 1e-8',
    bound: { atMost: 5.88 / 6.56 },
    measure: () => heatMean('smooth-thompson') / heatMean('omega 1'),
    measureBaseline: () => heatMean('omega 1') / heatMean('omega 1'),
  },
];

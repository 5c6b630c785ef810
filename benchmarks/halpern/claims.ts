// What the package claims, in counts that depend on no machine. Each bound is a line of the specification or follows from
// a theorem by arithmetic, and was written before it was measured.
import type { Claim } from '@lemmata/bench';
import { cos, randomStream, sin } from '@lemmata/core';
import {
  type AccelerateMethod,
  accelerate,
  type InclusionMethod,
  matrixGameIterations,
  solveInclusion,
  solveLP,
} from '@lemmata/halpern';
import { once } from '../claims/once.js';
import { norm } from './compensated-sum.js';
import { dataset } from './datasets/policeman-burglar.js';
import { type GameInstance, naturalResidual } from './game-certificate.js';
import { gameProgram } from './game-program.js';
import { kktErrors } from './kkt-errors.js';
import { primalDualRounds } from './solvers/primal-dual.js';

const SEEDS = [0, 1, 2] as const;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const HOUSES = 300;
const RESIDUAL = 1e-1;

async function burglary(houses: number): Promise<GameInstance> {
  return dataset({ houses }).generate({ seed: 'claims' });
}

/** Evaluations until the residual of step 1, by our own measure, first lies at or below the target. */
function evaluationsTo(game: GameInstance, method: InclusionMethod, seed: number): number {
  const { cols } = game.A;
  for (const { strategies, evaluations } of matrixGameIterations(game.A, { method, seed, tolerance: 0 })) {
    const pair = { x: strategies.subarray(0, cols), y: strategies.subarray(cols) };
    if (naturalResidual(game, pair) <= RESIDUAL) return evaluations;
  }
  throw new Error(`${method}: expected to reach ${RESIDUAL} within the default limit`);
}

const extragradientCost = once(async () => evaluationsTo(await burglary(HOUSES), 'extragradient', 0));

/** Evaluations of extragradient steps over those of a method. */
async function saving(method: InclusionMethod): Promise<number> {
  const game = await burglary(HOUSES);
  const baseline = await extragradientCost();
  if (method === 'extragradient') return baseline / baseline;
  return baseline / mean(SEEDS.map((seed) => evaluationsTo(game, method, seed)));
}

const COMPONENTS = 10000;
const STEPS = 1000;

/**
 * Evaluations of Algorithm 1 with its published constants until its residual is what the theorem promises after 1000 steps,
 * as a share of what these steps cost on average. The baseline evaluates F in full, with its own smaller constant.
 */
function costShare(method: 'vr-halpern' | 'halpern'): number {
  const d = 10;
  const stream = randomStream('claims');
  // F_i(z) = M_i z - q_i with M_i diagonal, entries 2^-j times uniform from [0, 2).
  const M = Float64Array.from({ length: COMPONENTS * d }, (_, k) => (2 * stream.uniform()) / 2 ** (k % d));
  // M_i times (1, ..., 1), so that F is far from 0 at the start, and noise.
  const q = M.map((entry) => entry + stream.normal());
  const average = (values: Float64Array, j: number, power: 1 | 2): number => {
    let sum = 0;
    for (let k = j; k < values.length; k += d) sum += power === 1 ? values[k] : values[k] * values[k];
    return sum / COMPONENTS;
  };
  const axes = Array.from({ length: d }, (_, j) => ({
    M: average(M, j, 1),
    square: average(M, j, 2),
    q: average(q, j, 1),
  }));
  const L = Math.max(...axes.map((axis) => axis.square / axis.M));
  const distance = norm(axes.map((axis) => axis.q / axis.M));
  const operator = {
    dimension: d,
    components: COMPONENTS,
    full: (z: Float64Array, out: Float64Array) => {
      axes.forEach((axis, j) => {
        out[j] = axis.M * z[j] - axis.q;
      });
    },
    component: (i: number, z: Float64Array, out: Float64Array) => {
      for (let j = 0; j < d; j++) out[j] = M[i * d + j] * z[j] - q[i * d + j];
    },
    cocoercive: method === 'vr-halpern' ? L : Math.max(...axes.map((axis) => axis.M)),
  };
  const root = Math.sqrt(COMPONENTS);
  let expected = 0;
  for (let k = 0; k < STEPS; k++) {
    const full = k === 0 ? 1 : k <= root ? 4 / (k + 5) : 4 / (root + 5);
    expected += Math.min(1, full) * COMPONENTS + Math.max(0, 1 - full) * 2 * Math.ceil(root);
  }
  const tolerance = (16 * L * distance) / (STEPS + 4);
  const costs = SEEDS.map((seed) => {
    const { counts, status } = solveInclusion({ operator }, { method, schedule: 'paper', tolerance, seed });
    if (status !== 'converged') throw new Error(`${method}: expected to converge, got ${status}`);
    return counts.evaluations;
  });
  return mean(costs) / expected;
}

/** The largest |z - T(z)| (k + 1) / D of 1000 steps with T = (I + turn) / 2, over turns by pi / 2^t in the plane. */
function worstRate(method: AccelerateMethod): number {
  let worst = 0;
  for (let t = 0; t < 8; t++) {
    const [c, s] = [cos(Math.PI / 2 ** t), sin(Math.PI / 2 ** t)];
    const map = (z: Float64Array, out: Float64Array) => {
      out[0] = (z[0] + c * z[0] - s * z[1]) / 2;
      out[1] = (z[1] + s * z[0] + c * z[1]) / 2;
    };
    const options = { method, restartFactor: 0, tolerance: 0, maxIterations: STEPS };
    const { history } = accelerate(map, [1, 0], options);
    history.residual.forEach((residual, k) => {
      worst = Math.max(worst, residual * (k + 1));
    });
  }
  return worst;
}

const ERROR = 1e-4;

/** Steps of the plain method to errors of 1e-4 on a game that is written as a linear program. */
const plainSteps = once(async () => {
  const program = gameProgram(await burglary(200));
  for (const state of primalDualRounds(program)) {
    const { primal, dual, gap } = kktErrors(program, state);
    if (Math.max(primal, dual, gap) <= ERROR) return state.steps;
  }
  throw new Error('primal-dual: expected an endless run');
});

/** Steps of the plain method over those of the contender. */
async function stepRatio(contender: 'solveLP' | 'plain'): Promise<number> {
  const plain = await plainSteps();
  if (contender === 'plain') return plain / plain;
  const { counts, status } = solveLP(gameProgram(await burglary(200)), { tolerance: ERROR });
  if (status !== 'converged') throw new Error(`solveLP: expected to converge, got ${status}`);
  return plain / counts.steps;
}

/** The claims of `@lemmata/halpern`. */
export const claims: readonly Claim[] = [
  {
    id: 'variance-reduction-saves',
    source:
      'specification, test 9: extragradient over VR-FoRB evaluations on the policeman and the burglar >= 4 at n = 300',
    statement:
      'Variance-reduced steps need at most a quarter of the evaluations of extragradient steps, their baseline.',
    workload: `policeman and burglar, ${HOUSES} houses, natural residual ${RESIDUAL}, mean of ${SEEDS.length} seeds`,
    bound: { atLeast: 4 },
    measure: () => saving('vr-forb'),
    measureBaseline: () => saving('extragradient'),
  },
  {
    id: 'theorem-1-cost',
    source:
      'specification, table 2, row 8: residual <= 16 L D / (k + 4) after k steps, of p_k n + (1 - p_k) 2 ceil(sqrt n) evaluations each: 1',
    statement:
      'Algorithm 1 with published constants reaches the residual of its theorem at the cost of its theorem; F in full, the baseline, does not.',
    workload: `affine, n = ${COMPONENTS} components, d = 10, k = ${STEPS}, mean of ${SEEDS.length} seeds`,
    bound: { atMost: 1 },
    measure: () => costShare('vr-halpern'),
    measureBaseline: () => costShare('halpern'),
  },
  {
    id: 'reflected-rate',
    source: 'specification, test 4: reflected Halpern |z - Tz| <= D / (k + 1) (1 + 1e-9) for T firmly nonexpansive',
    statement:
      'Reflected Halpern steps keep |z - T(z)| (k + 1) / D at or below 1 at every step; plain steps are the baseline.',
    workload: `eight averaged turns of the plane, ${STEPS} steps each`,
    bound: { atMost: 1 + 1e-9 },
    measure: () => worstRate('reflected-halpern'),
    measureBaseline: () => worstRate('picard'),
  },
  {
    id: 'restarts-save-steps',
    source: 'specification 9, table of linear programs, game with n = 200 at 1e-4: plain PDHG takes 7 times the steps',
    statement:
      'The plain primal-dual method, the baseline, takes at least 7 times the steps of restarted reflected Halpern steps.',
    workload: 'policeman and burglar, 200 houses, as a linear program, all errors 1e-4',
    bound: { atLeast: 7 },
    measure: () => stepRatio('solveLP'),
    measureBaseline: () => stepRatio('plain'),
  },
];

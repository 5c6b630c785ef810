import { cos, exp, requireInteger, requireVector, resolveOptions, sin } from '@lemmata/core';
import type { SparseMatrix } from '@lemmata/linalg';
import { requireOpen } from '../relaxation-options.js';
import { laplacian2d } from './laplacian-2d.js';

/** What {@link heatProblem} accepts. */
export interface HeatOptions {
  /** Intervals along a side of the unit square, an integer in [2, 2000]; default 25. */
  readonly intervals?: number;
  /** Length of a time step, > 0; default 0.001. */
  readonly timeStep?: number;
}

/** A heat equation to be followed step by step: plain data. */
export interface HeatProblem {
  /** Intervals along a side; (intervals - 1)^2 unknowns. */
  readonly intervals: number;
  /** Length of a time step. */
  readonly timeStep: number;
  /** Temperature at time 0, length (intervals - 1)^2. */
  readonly initial: Float64Array;
}

/** The linear system of one time step: its solution is the temperature at the end of the step. */
export interface HeatStep {
  /** The matrix, symmetric positive definite, CSR. */
  readonly matrix: SparseMatrix;
  /** The right-hand side. */
  readonly rightHandSide: Float64Array;
  /** The diffusivity at the middle of the step, in [0, 10]: the context for a tuner. */
  readonly diffusivity: number;
}

/** Defaults of {@link HeatOptions}. */
const HEAT_DEFAULTS: Required<HeatOptions> = Object.freeze({ intervals: 25, timeStep: 1e-3 });

/**
 * Makes a heat equation on the unit square with diffusivity and source that change with time.
 *
 * u_t = kappa(t) Laplace u + f(t, x), u = 0 on the boundary; kappa(t) = max(0.1 sin 2 pi t, -10 sin 2 pi t);
 * f = 32 bump around (1/2 + cos(16 pi t) / 4, 1/2 + sin(16 pi t) / 4) with radius 1/8; u = bump around the centre with
 * radius 1/4 at time 0; bump(x) = exp(1 - 1 / (1 - |x - c|^2 / r^2)) inside its radius, 0 outside.
 *
 * @param options - `intervals` (default 25) and `timeStep` (default 0.001)
 * @returns the problem, with the temperature at time 0
 * @throws InvalidInputError for options out of range or unknown
 * Complexity: O(intervals^2).
 *
 * @example
 * ```ts
 * import { heatProblem, heatStep, ssorCg } from '@lemmata/sor-bandit';
 *
 * const problem = heatProblem({ intervals: 10 });
 * const { matrix, rightHandSide } = heatStep(problem, problem.initial, 0);
 * console.log(ssorCg(matrix, rightHandSide, { initial: problem.initial }).iterations);
 * ```
 * @see M. Khodak, E. Chow, M.-F. Balcan, A. Talwalkar, "Learning to Relax", ICLR 2024, section 4
 */
export function heatProblem(options?: HeatOptions): HeatProblem {
  const { intervals, timeStep } = resolveOptions('heatProblem', options, HEAT_DEFAULTS);
  requireInteger('options.intervals', intervals, 2, 2000);
  requireOpen('options.timeStep', timeStep, Infinity);
  return { intervals, timeStep, initial: bump(intervals, 0.5, 0.5, 0.25) };
}

/**
 * Makes the linear system of one time step, by Crank and Nicolson with the 5-point Laplacian.
 *
 * (I - C) u_new = (I + C) u + dt f(t + dt / 2), C = kappa(t + dt / 2) dt / 2 times the Laplacian.
 *
 * @param problem - the problem
 * @param u - temperature at the start of the step, length (intervals - 1)^2, finite
 * @param index - number of the step, which begins at index * timeStep; an integer >= 0
 * @returns the system and the diffusivity that describes it
 * @throws DimensionError for u of another length; InvalidInputError for entries that are not finite
 * Complexity: O(intervals^2).
 *
 * @example
 * ```ts
 * import { heatProblem, heatStep } from '@lemmata/sor-bandit';
 *
 * const problem = heatProblem({ intervals: 5 });
 * console.log(heatStep(problem, problem.initial, 600).diffusivity); // about 5.9
 * ```
 * @see heatProblem
 */
export function heatStep(problem: HeatProblem, u: ArrayLike<number>, index: number): HeatStep {
  const { intervals, timeStep } = problem;
  const side = intervals - 1;
  const start = requireVector('u', u, side * side, 'interior points');
  requireInteger('index', index, 0);
  const time = (index + 0.5) * timeStep;
  const wave = sin(2 * Math.PI * time);
  const diffusivity = Math.max(0.1 * wave, -10 * wave);
  const factor = ((diffusivity * timeStep) / 2) * intervals * intervals;
  const angle = 16 * Math.PI * time;
  const source = bump(intervals, 0.5 + cos(angle) / 4, 0.5 + sin(angle) / 4, 0.125);
  const at = (i: number, j: number): number => (i < 0 || j < 0 || i >= side || j >= side ? 0 : start[i * side + j]);
  const rightHandSide = start.map((value, k) => {
    const j = k % side;
    const i = (k - j) / side;
    const neighbours = at(i - 1, j) + at(i, j - 1) + at(i, j + 1) + at(i + 1, j);
    return value + factor * (neighbours - 4 * value) + timeStep * 32 * source[k];
  });
  return { matrix: laplacian2d(side, 1, factor), rightHandSide, diffusivity };
}

/** exp(1 - 1 / (1 - |x - c|^2 / r^2)) at the interior points. */
function bump(intervals: number, centreX: number, centreY: number, radius: number): Float64Array {
  const side = intervals - 1;
  return Float64Array.from({ length: side * side }, (_, k) => {
    const j = k % side;
    const x = ((k - j) / side + 1) / intervals - centreX;
    const y = (j + 1) / intervals - centreY;
    const square = (x * x + y * y) / (radius * radius);
    return square < 1 ? exp(1 - 1 / (1 - square)) : 0;
  });
}

import {
  type Algorithm,
  type Ending,
  iterate,
  refusal,
  requireVector,
  run,
  runAsync,
  type SliceEnd,
  type Status,
} from '@lemmata/core';
import { RestartRule } from '../methods/restart-rule.js';
import { refuseNaN } from '../problem/refuse-nan.js';
import {
  type ACCELERATE_DEFAULTS,
  type AccelerateColumn,
  type AccelerateOptions,
  type AccelerateState,
  accelerateSettings,
} from './accelerate-options.js';

/** A map T on vectors: overwrites `out` with T(z), reads z only, and keeps neither. */
export type FixedPointMap = (z: Float64Array, out: Float64Array) => void;

/** A point near a fixed point with its proof: plain data that survives `structuredClone`. */
export interface AccelerateResult extends Ending<AccelerateColumn> {
  /** The point of least residual, length d. */
  readonly x: Float64Array;
  /** How far x is from being fixed: `gap` = |x - T(x)|, at most 2 |x - z*| for T nonexpansive. */
  readonly certificate: {
    /** What kind of proof this is. */
    readonly kind: 'fixed-point';
    /** |x - T(x)|, >= 0. */
    readonly gap: number;
  };
  /** Costs in machine-independent units. */
  readonly counts: {
    /** Evaluations of the map. */
    readonly evaluations: number;
    /** Restarts of the anchor. */
    readonly restarts: number;
  };
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

type Answer = Omit<AccelerateResult, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

function accelerateAlgorithm(
  map: FixedPointMap,
  initial: ArrayLike<number>,
  settings: typeof ACCELERATE_DEFAULTS,
): Algorithm<AccelerateState, AccelerateColumn, Answer> {
  if (typeof map !== 'function') throw refusal('map', 'a function', map);
  const z = requireVector('initial', initial);
  const anchor = z.slice();
  const best = z.slice();
  const image = new Float64Array(z.length);
  const rule = new RestartRule(settings.method === 'picard' ? 0 : settings.restartFactor);
  const state: AccelerateState = {
    iteration: 0,
    residual: Infinity,
    bestResidual: Infinity,
    restarts: 0,
    x: z.slice(),
  };
  let evaluations = 0;

  function evaluate(): Status | undefined {
    map(z, image);
    evaluations++;
    refuseNaN('map', z, image);
    let sum = 0;
    for (let j = 0; j < z.length; j++) sum += (z[j] - image[j]) * (z[j] - image[j]);
    const residual = Math.sqrt(sum);
    state.x.set(z);
    state.residual = residual;
    if (residual < state.bestResidual) {
      state.bestResidual = residual;
      best.set(z);
    }
    if (residual <= settings.tolerance) return 'converged';
    return residual < Infinity ? undefined : 'diverged';
  }

  function* slices(): Generator<SliceEnd, Status, void> {
    let end = evaluate();
    rule.anchored(state.residual);
    let age = 0;
    while (end === undefined) {
      yield 'iteration';
      const back = settings.method === 'picard' ? 0 : 1 / (age + 2);
      const reflected = settings.method === 'reflected-halpern';
      for (let j = 0; j < z.length; j++) {
        const target = reflected ? 2 * image[j] - z[j] : image[j];
        z[j] = back * anchor[j] + (1 - back) * target;
      }
      age++;
      end = evaluate();
      state.iteration++;
      if (!rule.due(state.residual)) continue;
      anchor.set(z);
      age = 0;
      rule.anchored(state.residual);
      state.restarts++;
    }
    return end;
  }

  return {
    state,
    columns: ['residual', 'bestResidual', 'restarts'],
    slices,
    answer: () => ({
      x: best.slice(),
      certificate: { kind: 'fixed-point', gap: state.bestResidual },
      counts: { evaluations, restarts: state.restarts },
      warnings: [],
    }),
    dispose: () => {},
  };
}

/**
 * Finds a fixed point of a nonexpansive map by Halpern's iteration, and shows how nearly it is fixed.
 *
 * Finds z with z = T(z), |T(u) - T(v)| <= |u - v|. Without restarts, with D = |z0 - z*|, after k steps |z - T(z)| is at most
 * 2 D / (k + 1) for `'halpern'`, and D / (k + 1) for `'reflected-halpern'` when T is firmly nonexpansive (a projection, a
 * prox, a resolvent, or half of the identity plus half of a nonexpansive map). Restarts make it linear where the residual
 * bounds the distance to the fixed points.
 *
 * @param map - T, called once a step
 * @param initial - where to start, length d, finite
 * @param options - `method` (default `'halpern'`), `tolerance` (default 1e-6), `restartFactor` (default 0.5), and the
 * options of a run: `maxIterations` (default 100000), `timeLimitMs`, `signal`, `onIteration`, `historyEvery`
 * @returns the point of least residual, with that residual
 * @throws InvalidInputError for entries that are not finite, and options out of range or unknown
 * @throws NumericalError when the map returns NaN
 * Complexity: an evaluation of T and O(d) for each step; O(d) memory.
 *
 * @example
 * ```ts
 * import { accelerate } from '@lemmata/halpern';
 *
 * // A quarter turn about the origin: going round and round would never end.
 * const result = accelerate((z, out) => out.set([-z[1], z[0]]), [1, 1]);
 * console.log(result.status, result.x, result.certificate.gap);
 * ```
 * @see F. Lieder, "On the convergence rate of the Halpern-iteration", Optimization Letters 15, 2021
 */
export function accelerate(
  map: FixedPointMap,
  initial: ArrayLike<number>,
  options?: AccelerateOptions,
): AccelerateResult {
  const settings = accelerateSettings('accelerate', options);
  return run(() => accelerateAlgorithm(map, initial, settings), settings);
}

/**
 * Finds a fixed point like {@link accelerate}, one step at a time.
 *
 * Takes the same steps towards z = T(z), with the same bits. Yields the same live state after every step and returns the
 * result.
 *
 * @param map - T
 * @param initial - where to start, length d, finite
 * @param options - as for {@link accelerate}
 * @returns a generator of states
 * @throws what {@link accelerate} throws: options at the call, the rest at the first step
 * Complexity: as {@link accelerate}.
 *
 * @example
 * ```ts
 * import { accelerateIterations } from '@lemmata/halpern';
 *
 * for (const state of accelerateIterations((z, out) => out.set([z[0] / 2]), [1])) {
 *   console.log(state.iteration, state.residual);
 * }
 * ```
 * @see {@link accelerate}
 */
export function accelerateIterations(
  map: FixedPointMap,
  initial: ArrayLike<number>,
  options?: AccelerateOptions,
): Generator<AccelerateState, AccelerateResult, void> {
  const settings = accelerateSettings('accelerateIterations', options);
  return iterate(() => accelerateAlgorithm(map, initial, settings), settings);
}

/**
 * Finds a fixed point like {@link accelerate} without blocking the event loop for long.
 *
 * Takes the same steps towards z = T(z), with the same bits; timers, events and `signal` get their turn at least every
 * 16 ms, unless a single evaluation takes longer.
 *
 * @param map - T
 * @param initial - where to start, length d, finite
 * @param options - as for {@link accelerate}
 * @returns a promise of the result; aborting the signal fulfils it with status `aborted` and the best point so far
 * @throws never; the promise is rejected with what {@link accelerate} would throw
 * Complexity: as {@link accelerate}.
 *
 * @example
 * ```ts
 * import { accelerateAsync } from '@lemmata/halpern';
 *
 * const result = await accelerateAsync((z, out) => out.set([1 - z[0]]), [0]);
 * console.log(result.status, result.x);
 * ```
 * @see {@link accelerate}
 */
export async function accelerateAsync(
  map: FixedPointMap,
  initial: ArrayLike<number>,
  options?: AccelerateOptions,
): Promise<AccelerateResult> {
  const settings = accelerateSettings('accelerateAsync', options);
  return await runAsync(() => accelerateAlgorithm(map, initial, settings), settings);
}

import {
  type AbortSignalLike,
  log,
  randomStream,
  refusal,
  requireInteger,
  requireNumber,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import { checkSignal, runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { readIntegers } from './integers.js';

/** What an estimate of sums accepts. */
export interface CountSumsOptions {
  /** Elements of a that are drawn, with replacement, an integer >= 1, default 1000. */
  readonly samples?: number;
  /** Chance that some interval misses its count, in (0, 1), default 0.001. */
  readonly delta?: number;
  /** Seed of the draws, default 0. */
  readonly seed?: number | string;
  /** Ends the call by throwing the signal's reason. */
  readonly signal?: AbortSignalLike;
}

const DEFAULTS: Settings<CountSumsOptions, 'signal'> = Object.freeze({
  samples: 1000,
  delta: 0.001,
  seed: 0,
  signal: undefined,
});

/** Estimated numbers of pairs with given sums. */
export interface ApproximateSums {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /** Entry k estimates, without bias, the number of (i, j) with a[i] + b[j] = targets[k]. */
  readonly estimates: Float64Array;
  /** With the stated confidence no estimate is further from its count. */
  readonly halfWidth: number;
  /** Chance that all intervals hold: 1 - delta, or 1 when nothing was sampled. */
  readonly confidence: number;
  /** Seed of the draws. */
  readonly seed: string;
  /** What it cost, in operations. */
  readonly counts: {
    /** Multiplicities of b that were looked up. */
    readonly lookups: number;
  };
  /** What the caller should know; empty at present. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

function* estimatesOf(
  a: Float64Array,
  b: Float64Array,
  targets: Float64Array,
  { samples, delta, seed }: typeof DEFAULTS,
): Slices<Omit<ApproximateSums, 'elapsedMs'>> {
  const multiplicity = new Map<number, number>();
  let largest = 0;
  for (const value of b) {
    const count = (multiplicity.get(value) ?? 0) + 1;
    multiplicity.set(value, count);
    if (count > largest) largest = count;
  }
  const stream = randomStream(seed).fork('sums');
  const all = samples >= a.length;
  const drawn = all ? a : Float64Array.from({ length: samples }, () => a[stream.integer(a.length)]);
  const estimates = new Float64Array(targets.length);
  for (let k = 0; k < targets.length; k++) {
    let met = 0;
    for (const value of drawn) met += multiplicity.get(targets[k] - value) ?? 0;
    estimates[k] = all ? met : (a.length * met) / samples;
    yield 'slice';
  }
  // Hoeffding for a mean of numbers in [0, largest], for all targets together.
  const spread = Math.sqrt(log((2 * targets.length) / delta) / (2 * samples));
  return {
    status: 'complete',
    estimates,
    halfWidth: all || targets.length === 0 ? 0 : a.length * largest * spread,
    confidence: all ? 1 : 1 - delta,
    seed: stream.seed,
    counts: { lookups: drawn.length * targets.length },
    warnings: [],
  };
}

/**
 * Estimates, for given targets, how many pairs of two sets of integers add to each.
 *
 * Draws elements x of a and averages the number of elements target - x of b. Each estimate is unbiased; with s samples and
 * t targets, all are within |a| M sqrt(ln(2 t / delta) / (2 s)) of the counts with chance 1 - delta (Hoeffding), M being
 * the largest multiplicity in b. When s >= |a| all of a is taken, and the counts are exact.
 *
 * @param a - integers; repeated ones count repeatedly
 * @param b - likewise
 * @param targets - the sums that are asked for, integers
 * @param options - `samples`, `delta`, `seed`, `signal`
 * @returns the estimates and the half-width of their intervals
 * @throws InvalidInputError for anything but integers and for options out of range or unknown; the signal's reason when it
 * is aborted
 * Complexity: O(|b| + s t) expected.
 *
 * @example
 * ```ts
 * import { approximateCountSums } from '@lemmata/hamming';
 *
 * const { estimates, halfWidth } = approximateCountSums([1, 2, 3], [1, 2, 3], [4, 6]);
 * console.log(estimates, halfWidth); // 3 1, then 0: three elements are all taken
 * ```
 * @see W. Hoeffding, "Probability inequalities for sums of bounded random variables", Journal of the American Statistical
 * Association 58(301), 1963
 */
export function approximateCountSums(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  targets: ArrayLike<number>,
  options?: CountSumsOptions,
): ApproximateSums {
  const { settings, read } = prepareSums('approximateCountSums', a, b, targets, options);
  return runOneShot(() => estimatesOf(...read, settings), settings.signal);
}

/**
 * Does what `approximateCountSums` does, giving the event loop a macrotask at least every 16 ms (a single transform is not interrupted).
 *
 * @param a - integers
 * @param b - likewise
 * @param targets - the sums that are asked for, integers
 * @param options - those of `approximateCountSums`
 * @returns a promise of the same result
 * @throws what `approximateCountSums` throws, as a rejection
 * Complexity: that of `approximateCountSums`.
 *
 * @example
 * ```ts
 * import { approximateCountSumsAsync } from '@lemmata/hamming';
 *
 * const { estimates } = await approximateCountSumsAsync([1, 2, 3], [1, 2, 3], [4, 6]);
 * console.log(estimates); // 3 1
 * ```
 */
export async function approximateCountSumsAsync(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  targets: ArrayLike<number>,
  options?: CountSumsOptions,
): Promise<ApproximateSums> {
  const { settings, read } = prepareSums('approximateCountSumsAsync', a, b, targets, options);
  return runOneShotAsync(() => estimatesOf(...read, settings), settings.signal);
}

function prepareSums(
  entryPoint: string,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: CountSumsOptions | undefined,
) {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  requireInteger('options.samples', settings.samples, 1);
  requireNumber('options.delta', settings.delta, 0, 1);
  if (settings.delta === 0 || settings.delta === 1)
    throw refusal('options.delta', 'a number in (0, 1)', settings.delta);
  checkSignal(settings.signal);
  const read = [readIntegers('a', a), readIntegers('b', b), readIntegers('targets', targets)] as const;
  return { settings, read };
}

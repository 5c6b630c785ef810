import { requireVector } from '@lemmata/core';
import { requireOpen } from '../relaxation-options.js';
import { tooFew } from './tuner.js';

/**
 * Gives the probabilities of Tsallis-INF for cumulative losses.
 *
 * The minimiser over the simplex of p . losses - (4 / eta) sum of sqrt(p_i), up to a constant:
 * p_i = 4 / (eta (losses_i - x))^2 with x < min losses such that they add up to 1. Newton's method from
 * x = min losses - 2 / eta, where the sum is at least 1, falls monotonically to the root.
 *
 * @param losses - cumulative losses, finite, at least one
 * @param eta - learning rate, finite, > 0
 * @returns the probabilities, all > 0, the smallest loss having the largest
 * @throws DimensionError for no losses; InvalidInputError for losses that are not finite and eta out of range
 * Complexity: O(length) for each Newton step, of which there are a few.
 *
 * @example
 * ```ts
 * import { tsallisProbabilities } from '@lemmata/sor-bandit';
 *
 * console.log(tsallisProbabilities([0, 0, 3], 1)); // two equal ones and a smaller one
 * ```
 * @see J. Zimmert, Y. Seldin, "Tsallis-INF: An Optimal Algorithm for Stochastic and Adversarial Bandits", JMLR 22, 2021
 */
export function tsallisProbabilities(losses: ArrayLike<number>, eta: number): Float64Array {
  const gaps = requireVector('losses', losses);
  if (gaps.length === 0) throw tooFew('losses');
  requireOpen('eta', eta, Infinity);
  return probabilitiesOf(gaps, eta);
}

/** The same, on losses of one's own that are overwritten with the result. */
export function probabilitiesOf(losses: Float64Array, eta: number): Float64Array {
  let least = Infinity;
  for (let i = 0; i < losses.length; i++) least = Math.min(least, losses[i]);
  // In units of 2 / eta and from the least loss: p_i = (1 / (g_i + w))^2, w = (min - x) eta / 2 in [1, sqrt(d)].
  for (let i = 0; i < losses.length; i++) losses[i] = ((losses[i] - least) * eta) / 2;
  let w = 1;
  for (let step = 0; step < 60; step++) {
    let excess = -1;
    let slope = 0;
    for (let i = 0; i < losses.length; i++) {
      const root = 1 / (losses[i] + w);
      const p = root * root;
      excess += p;
      slope += 2 * p * root;
    }
    if (!(excess > 1e-15)) break;
    w += excess / slope;
  }
  let sum = 0;
  for (let i = 0; i < losses.length; i++) {
    const root = 1 / (losses[i] + w);
    losses[i] = root * root;
    sum += losses[i];
  }
  for (let i = 0; i < losses.length; i++) losses[i] /= sum;
  return losses;
}

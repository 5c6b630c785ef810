import { DimensionError, refusal, requireInteger, requireNumber } from '@lemmata/core';
import type { Resolvent } from './inclusion.js';

/** Reads a bound that may be infinite. */
function bounds(argument: string, value: ArrayLike<number>): Float64Array {
  if (typeof value !== 'object' || value === null) throw refusal(argument, 'an array of numbers', value);
  return Float64Array.from({ length: value.length }, (_, i) => {
    const bound = value[i];
    if (typeof bound === 'number' && !Number.isNaN(bound)) return bound;
    throw refusal(`${argument}[${i}]`, 'a number, not NaN', bound);
  });
}

/**
 * Gives the resolvent of a box: the projection on lower <= z <= upper, entry by entry.
 *
 * @param lower - lower bounds, length d, -Infinity for none
 * @param upper - upper bounds, length d, Infinity for none
 * @returns the resolvent, which does not depend on the step
 * @throws DimensionError when the lengths differ
 * @throws InvalidInputError for NaN and for a lower bound above the upper one
 * Complexity: O(d) for each projection.
 *
 * @example
 * ```ts
 * import { boxResolvent } from '@lemmata/halpern';
 *
 * const out = new Float64Array(2);
 * boxResolvent([0, 0], [1, Infinity]).resolve(Float64Array.of(3, -2), 1, out); // out is (1, 0)
 * ```
 * @see {@link productResolvent}
 */
export function boxResolvent(lower: ArrayLike<number>, upper: ArrayLike<number>): Resolvent {
  const low = bounds('lower', lower);
  const high = bounds('upper', upper);
  if (low.length !== high.length) {
    throw new DimensionError(`upper: expected length ${low.length} (that of lower), got ${high.length}`, {
      argument: 'upper',
      expected: low.length,
      actual: high.length,
    });
  }
  for (let i = 0; i < low.length; i++) {
    if (low[i] > high[i] || low[i] === Infinity || high[i] === -Infinity) {
      throw refusal(`upper[${i}]`, `a bound >= lower[${i}] = ${low[i]} with a number between them`, high[i]);
    }
  }
  return {
    resolve(w, _step, out) {
      for (let i = 0; i < low.length; i++) out[i] = Math.min(Math.max(w[i], low[i]), high[i]);
    },
  };
}

/**
 * Gives the resolvent of a simplex: the projection on { z >= 0, sum of z = total }.
 *
 * The threshold t with sum of max(w - t, 0) = total is found by sorting the entries.
 *
 * @param total - what the entries add up to, > 0, default 1
 * @returns the resolvent, which does not depend on the step
 * @throws InvalidInputError when the total is no positive number
 * Complexity: O(d) for each pass over the entries that are left, of which there are few; O(d^2) at worst.
 *
 * @example
 * ```ts
 * import { simplexResolvent } from '@lemmata/halpern';
 *
 * const out = new Float64Array(3);
 * simplexResolvent().resolve(Float64Array.of(1, 0.5, -1), 1, out); // out is (0.75, 0.25, 0)
 * ```
 * @see {@link productResolvent}
 */
export function simplexResolvent(total = 1): Resolvent {
  requireNumber('total', total, Number.MIN_VALUE);
  let kept = new Float64Array(0);
  return {
    resolve(w, _step, out) {
      if (kept.length !== w.length) kept = new Float64Array(w.length);
      projectToSimplex(w, total, out, kept);
    },
  };
}

/** out = max(w - largest - threshold, 0), with the threshold at which the entries add up to `total`. */
function projectToSimplex(w: Float64Array, total: number, out: Float64Array, kept: Float64Array): void {
  let largest = -Infinity;
  for (let i = 0; i < w.length; i++) if (w[i] > largest) largest = w[i];
  // Relative to the largest entry, so that large common parts cancel before anything is added up. The threshold is at
  // least that of this entry alone, -total, and every set of entries gives a lower bound of it: those at or below drop out.
  let threshold = -total;
  let count = 0;
  let sum = 0;
  for (let i = 0; i < w.length; i++) {
    const entry = w[i] - largest;
    if (entry > threshold) {
      kept[count++] = entry;
      sum += entry;
    }
  }
  for (;;) {
    threshold = (sum - total) / count;
    let left = 0;
    sum = 0;
    for (let i = 0; i < count; i++) {
      const entry = kept[i];
      if (entry > threshold) {
        kept[left++] = entry;
        sum += entry;
      }
    }
    if (left === count || left === 0) break;
    count = left;
  }
  for (let i = 0; i < w.length; i++) {
    const entry = w[i] - largest - threshold;
    out[i] = entry <= 0 ? 0 : entry;
  }
}

/**
 * Gives the resolvent of weight times the 1-norm: soft thresholding by step * weight.
 *
 * The entries move towards 0 by that much and stop there: z = sign(w) max(|w| - step weight, 0).
 *
 * @param weight - weight of the norm, >= 0
 * @returns the resolvent
 * @throws InvalidInputError when the weight is no number >= 0
 * Complexity: O(d) for each call.
 *
 * @example
 * ```ts
 * import { softThresholdResolvent } from '@lemmata/halpern';
 *
 * const out = new Float64Array(2);
 * softThresholdResolvent(2).resolve(Float64Array.of(3, -0.5), 0.5, out); // out is (2, 0)
 * ```
 * @see {@link productResolvent}
 */
export function softThresholdResolvent(weight: number): Resolvent {
  requireNumber('weight', weight, 0);
  return {
    resolve(w, step, out) {
      const threshold = step * weight;
      for (let i = 0; i < w.length; i++) {
        const size = Math.abs(w[i]) - threshold;
        out[i] = size > 0 ? (w[i] > 0 ? size : -size) : 0;
      }
    },
  };
}

/** One factor of a product of spaces. */
export interface ResolventPart {
  /** Length of its part of the vector, an integer >= 1. */
  readonly length: number;
  /** Its resolvent; left out, the part is free. */
  readonly resolvent?: Resolvent;
}

/**
 * Puts resolvents side by side: each acts on its own part of the vector.
 *
 * The resolvent of G(z) = G_1(z_1) x ... x G_k(z_k) is that of each G_i on its part z_i.
 *
 * @param parts - lengths and resolvents, in the order of the vector
 * @returns the resolvent of the product; it throws DimensionError for a vector of another length
 * @throws InvalidInputError for a list that is empty and lengths that are no integers >= 1
 * Complexity: the sum of the parts'.
 *
 * @example
 * ```ts
 * import { productResolvent, simplexResolvent } from '@lemmata/halpern';
 *
 * const strategies = productResolvent([
 *   { length: 3, resolvent: simplexResolvent() },
 *   { length: 2, resolvent: simplexResolvent() },
 * ]);
 * strategies.resolve(new Float64Array(5), 1, new Float64Array(5)); // two uniform distributions
 * ```
 * @see {@link simplexResolvent}
 */
export function productResolvent(parts: readonly ResolventPart[]): Resolvent {
  if (!Array.isArray(parts) || parts.length === 0) throw refusal('parts', 'a list with at least one part', parts);
  const list = parts.map((part, i) => {
    const resolvent = part?.resolvent;
    requireInteger(`parts[${i}].length`, part?.length, 1);
    if (resolvent !== undefined && typeof resolvent?.resolve !== 'function') {
      throw refusal(`parts[${i}].resolvent`, 'an object with a function resolve', resolvent);
    }
    return { length: part.length, resolvent };
  });
  const length = list.reduce((sum, part) => sum + part.length, 0);
  return {
    resolve(w, step, out) {
      if (w.length !== length) {
        throw new DimensionError(`w: expected length ${length} (sum of the parts), got ${w.length}`, {
          argument: 'w',
          expected: length,
          actual: w.length,
        });
      }
      let from = 0;
      for (const part of list) {
        const to = from + part.length;
        if (part.resolvent === undefined) out.set(w.subarray(from, to), from);
        else part.resolvent.resolve(w.subarray(from, to), step, out.subarray(from, to));
        from = to;
      }
    },
  };
}

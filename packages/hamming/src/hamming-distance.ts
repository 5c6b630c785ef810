import { DimensionError, requireInteger, requireOneOf, resolveOptions, type Settings } from '@lemmata/core';
import { readSymbols, requireSameKind, type Symbols, type Unit } from './symbols/symbols.js';

/** What the distance of a pair accepts. */
export interface DistanceOptions {
  /** Largest distance that is of interest, an integer >= 0, or Infinity (the default): beyond it counting ends. */
  readonly maxDistance?: number;
  /** What strings are taken by, default `'codeUnit'`; also `'codePoint'` and `'utf8'`. */
  readonly unit?: Unit;
}

/** The default of every option. */
const DISTANCE_DEFAULTS: Settings<DistanceOptions> = Object.freeze({ maxDistance: Infinity, unit: 'codeUnit' });

/**
 * Counts the positions at which two sequences of equal length differ.
 *
 * @param a - n symbols
 * @param b - n symbols of the same kind (string or array)
 * @param options - `maxDistance`, `unit`
 * @returns the number of j with a[j] != b[j], in [0, n]; `maxDistance + 1` when it is more than `maxDistance`
 * @throws DimensionError for different lengths
 * @throws InvalidInputError for anything but symbols, and for options out of range or unknown
 * Complexity: O(n); O(n) memory for strings.
 *
 * @example
 * ```ts
 * import { hammingDistance } from '@lemmata/hamming';
 *
 * console.log(hammingDistance('karolin', 'kathrin'), hammingDistance('karolin', 'kerstin', { maxDistance: 1 })); // 3 2
 * ```
 */
export function hammingDistance(a: Symbols, b: Symbols, options?: DistanceOptions): number {
  const { maxDistance, unit } = resolveOptions('hammingDistance', options, DISTANCE_DEFAULTS);
  if (maxDistance !== Infinity) requireInteger('options.maxDistance', maxDistance);
  requireOneOf('options.unit', unit, ['codeUnit', 'codePoint', 'utf8']);
  const first = readSymbols('a', a, unit);
  const second = readSymbols('b', b, unit);
  requireSameKind(['b', typeof b === 'string'], ['a', typeof a === 'string']);
  if (second.length !== first.length) {
    throw new DimensionError(`b: expected length ${first.length} (that of a), got ${second.length}`, {
      argument: 'b',
      expected: first.length,
      actual: second.length,
    });
  }
  let distance = 0;
  for (let j = 0; j < first.length && distance <= maxDistance; j++) if (first[j] !== second[j]) distance++;
  return distance;
}

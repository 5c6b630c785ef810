import type { Pattern } from '../symbols/prepare-pattern.js';

/** How the classes of a pattern are counted by the methods `'las-vegas'` and `'deterministic'`. */
export interface ResidueClasses {
  /** At least sqrt(m) log2(m) places: by transforms. */
  readonly heavy: readonly number[];
  /** At least sqrt(m) places, but fewer than that: by convolutions of residues. The others are marked. */
  readonly between: readonly number[];
}

/**
 * Sorts the classes of a pattern by how often they stand in it.
 *
 * Marking costs at most sqrt(m) a text position, and there are at most sqrt(m) / log2(m) classes to transform.
 *
 * @param pattern - the pattern
 * @returns the heavy classes and those between
 */
export function residueClasses({ length: m, counts }: Pattern): ResidueClasses {
  const levels = 32 - Math.clz32(m);
  const heavy: number[] = [];
  const between: number[] = [];
  counts.forEach((count, c) => {
    if (count * count >= m * levels * levels) heavy.push(c);
    else if (count * count >= m) between.push(c);
  });
  return { heavy, between };
}

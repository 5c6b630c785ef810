import { InvalidInputError } from '@lemmata/core';
import type { ColumnGroups } from '../groups/column-groups.js';
import type { BlockMatrix } from './block-matrix.js';
import type { BlockOracle, Slices } from './oracle.js';

/** Most variables of a unit whose largest eigenvalue is sought: it takes a factorisation. */
const MOST_SHARPENED = 512;

/** What blocks are made of: single variables or, where a penalty ties variables together, its groups. */
export class Units {
  /** How many there are. */
  readonly count: number;
  /** Their variables. */
  readonly groups: ColumnGroups;
  /** Whether unit i is variable i. */
  readonly single: boolean;
  /** The unit of each variable. */
  readonly of: Int32Array;

  /**
   * @param groups - the variables of each unit
   * @param single - whether unit i is variable i
   */
  constructor(groups: ColumnGroups, single: boolean) {
    const { count, starts, members } = groups;
    this.count = count;
    this.groups = groups;
    this.single = single;
    this.of = new Int32Array(members.length);
    for (let u = 0; u < count; u++) for (let s = starts[u]; s < starts[u + 1]; s++) this.of[members[s]] = u;
  }

  /** The variables of some units, rising. */
  variables(units: Int32Array): Int32Array {
    if (this.single) return units;
    const { starts, members } = this.groups;
    let size = 0;
    for (const u of units) size += starts[u + 1] - starts[u];
    const block = new Int32Array(size);
    let next = 0;
    for (const u of units) for (let s = starts[u]; s < starts[u + 1]; s++) block[next++] = members[s];
    return block.sort();
  }

  /** The most variables that so many units have. */
  largestBlock(units: number): number {
    if (this.single) return units;
    const { starts } = this.groups;
    const sizes = Int32Array.from({ length: this.count }, (_, u) => starts[u + 1] - starts[u]).sort();
    return sizes.subarray(this.count - units).reduce((sum, size) => sum + size, 0);
  }

  /** Sums of values of variables over each unit. */
  sums(values: Float64Array): Float64Array {
    if (this.single) return values;
    const sums = new Float64Array(this.count);
    for (let i = 0; i < values.length; i++) sums[this.of[i]] += values[i];
    return sums;
  }

  /**
   * The units that a block of a caller's is made of.
   *
   * @param block - its variables
   * @param place - its name, for messages
   * @returns the units, rising
   * @throws InvalidInputError `ERR_INCOMPATIBLE` when it has a part of a unit
   */
  unitsOf(block: Int32Array, place: string): Int32Array {
    if (this.single) return block;
    const { starts } = this.groups;
    const counts = new Map<number, number>();
    for (const i of block) counts.set(this.of[i], (counts.get(this.of[i]) ?? 0) + 1);
    for (const [u, count] of counts) {
      const size = starts[u + 1] - starts[u];
      if (count === size) continue;
      const expected = 'whole groups, whose norm does not come apart';
      const got = `${count} of the ${size} variables of group ${u}`;
      throw new InvalidInputError(`${place}: expected ${expected}, got ${got}`, 'ERR_INCOMPATIBLE', {
        argument: place,
        expected,
        actual: u,
      });
    }
    return Int32Array.from(counts.keys()).sort();
  }
}

/**
 * Brings L_u, given as sums of L_i, down to bounds of the largest eigenvalues of the Hessian's bound on units, but for units
 * of more than 512 variables.
 *
 * @param units - the units
 * @param oracle - the function
 * @param solver - with room for the largest unit
 * @param constants - L_u, length `units.count`; changed in place
 */
export function* sharpenConstants(
  units: Units,
  oracle: BlockOracle,
  solver: BlockMatrix,
  constants: Float64Array,
): Slices {
  if (units.single || !oracle.bounded) return;
  const { starts, members } = units.groups;
  for (let u = 0; u < units.count; u++) {
    const block = members.slice(starts[u], starts[u + 1]);
    if (block.length === 1 || block.length > MOST_SHARPENED) continue;
    const bound = new Float64Array(block.length * block.length);
    yield* oracle.bound(block, bound);
    constants[u] = Math.min(constants[u], solver.largestEigenvalue(block.length, bound));
  }
}

import { DimensionError, type RandomStream, refusal } from '@lemmata/core';
import type { BlockOracle, Slices } from './oracle.js';

/**
 * How variables are parted into fixed blocks; `'variable'` and `'forest'` for blocks that are chosen anew every time.
 */
export type PartitionKind = 'variable' | 'forest' | 'order' | 'random' | 'sort' | 'avg' | 'hsort' | 'havg';

/** The kinds with fixed blocks. */
export type FixedPartition = Exclude<PartitionKind, 'variable' | 'forest'>;

/** All kinds, in the order of the documentation. */
export const PARTITIONS: readonly PartitionKind[] = Object.freeze([
  'variable',
  'forest',
  'order',
  'random',
  'sort',
  'avg',
  'hsort',
  'havg',
]);

/** Whether a kind of partition needs the sums of rows of the bound. */
export function needsRowSums(kind: PartitionKind | readonly Int32Array[]): boolean {
  return kind === 'hsort' || kind === 'havg';
}

/**
 * Parts variables into blocks: consecutive pieces of an order of them.
 *
 * `'order'` as they come; `'random'` shuffled; `'sort'` by their keys, so that equal ones come together; `'avg'` the
 * smallest with the largest key, and so on inwards. Of equal keys the lower index comes first.
 *
 * @param kind - the kind
 * @param keys - L_i, or for `'hsort'` and `'havg'` sums of rows; its length is the number of variables
 * @param size - variables of a block, >= 1; the last block may have fewer
 * @param stream - for `'random'`
 * @returns the blocks, each rising
 */
export function partition(kind: FixedPartition, keys: Float64Array, size: number, stream: RandomStream): Int32Array[] {
  const n = keys.length;
  let order = Int32Array.from({ length: n }, (_, i) => i);
  if (kind === 'random') order = stream.permutation(n) as Int32Array<ArrayBuffer>;
  if (kind === 'sort' || kind === 'hsort' || kind === 'avg' || kind === 'havg') {
    order.sort((i, j) => keys[i] - keys[j] || i - j);
  }
  if (kind === 'avg' || kind === 'havg') {
    order = order.map((_, t) => order[t % 2 === 0 ? t / 2 : n - 1 - (t - 1) / 2]);
  }
  const blocks: Int32Array[] = [];
  for (let from = 0; from < n; from += size) blocks.push(order.slice(from, from + size).sort());
  return blocks;
}

/**
 * Reads a partition that the caller gives.
 *
 * @param given - lists of indices
 * @param n - number of variables
 * @returns copies, each rising
 * @throws DimensionError, InvalidInputError unless every variable is in exactly one block
 */
export function readPartition(given: readonly ArrayLike<number>[], n: number): Int32Array[] {
  const seen = new Uint8Array(n);
  let count = 0;
  const blocks = given.map((block, k) => {
    const place = `options.partition[${k}]`;
    if (typeof block !== 'object' || block === null || !(block.length > 0)) {
      throw refusal(place, 'a list of at least one index', block);
    }
    const copy = new Int32Array(block.length);
    for (let t = 0; t < copy.length; t++) {
      const i = block[t];
      if (!Number.isInteger(i) || i < 0 || i >= n) throw refusal(`${place}[${t}]`, `an integer in [0, ${n - 1}]`, i);
      if (seen[i] === 1) throw refusal(`${place}[${t}]`, 'an index that no other block has', i);
      seen[i] = 1;
      copy[t] = i;
    }
    count += copy.length;
    return copy.sort();
  });
  if (count === n) return blocks;
  const expected = `blocks that cover all ${n} variables`;
  throw new DimensionError(`options.partition: expected ${expected}, got ${count} of them`, {
    argument: 'options.partition',
    expected,
    actual: count,
  });
}

/**
 * Adds up sizes of entries of every row of the bound: of all of them, or of the diagonal and the largest others.
 *
 * @param oracle - where rows come from
 * @param others - how many entries beside the diagonal count; all when left out
 * @returns D_i, length n, with diag(D_b) >= H_b for every block of at most `others` + 1 variables
 */
export function* rowSums(
  oracle: Pick<BlockOracle, 'dimension' | 'boundRow'>,
  others: number = Infinity,
): Slices<Float64Array> {
  const n = oracle.dimension;
  const ids = Int32Array.from({ length: n }, (_, i) => i);
  const row = new Float64Array(n);
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    yield* oracle.boundRow(i, ids, row);
    const sizes = row.map(Math.abs);
    sizes[i] = 0;
    if (others < n - 1) sizes.sort();
    let sum = Math.abs(row[i]);
    for (let k = 0; k < Math.min(others, n); k++) sum += sizes[n - 1 - k];
    sums[i] = sum;
  }
  return sums;
}

import type { Entries } from './observed.js';

/** Entries compressed by rows or by columns, each line in the order in which its entries came. */
export interface Lines {
  /** Number of lines. */
  readonly count: number;
  /** Where each line begins, and where the last one ends. */
  readonly indptr: Int32Array;
  /** Place of each entry within its line. */
  readonly places: Int32Array;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Compresses entries.
 *
 * @param entries - the entries
 * @param by - which lines
 * @param labels - keep the entries with this label only, when given
 * @returns the lines
 */
export function compress(
  entries: Entries,
  by: 'row' | 'col',
  labels?: { readonly of: Int32Array; readonly kept: number },
): Lines {
  const count = by === 'row' ? entries.rows : entries.cols;
  const [lineOf, placeOf] = by === 'row' ? [entries.rowOf, entries.colOf] : [entries.colOf, entries.rowOf];
  const keeps = (e: number): boolean => labels === undefined || labels.of[e] === labels.kept;
  const indptr = new Int32Array(count + 1);
  for (let e = 0; e < lineOf.length; e++) if (keeps(e)) indptr[lineOf[e] + 1]++;
  for (let line = 0; line < count; line++) indptr[line + 1] += indptr[line];
  const next = indptr.slice();
  const places = new Int32Array(indptr[count]);
  const values = new Float64Array(indptr[count]);
  const weights = new Float64Array(indptr[count]);
  for (let e = 0; e < lineOf.length; e++) {
    if (!keeps(e)) continue;
    const at = next[lineOf[e]]++;
    places[at] = placeOf[e];
    values[at] = entries.values[e];
    weights[at] = entries.weights[e];
  }
  return { count, indptr, places, values, weights };
}

/**
 * Sums the weights of each line.
 *
 * @param lines - the lines
 * @returns one number for each line
 */
export function lineWeights(lines: Lines): Float64Array {
  const sums = new Float64Array(lines.count);
  for (let line = 0; line < lines.count; line++) {
    for (let e = lines.indptr[line]; e < lines.indptr[line + 1]; e++) sums[line] += lines.weights[e];
  }
  return sums;
}

import type { Curve } from './record.js';

/** Where two results differ first. */
export interface Difference {
  /** `curve` or `solution`. */
  readonly part: 'curve' | 'solution';
  /** Iteration of the curve's row; null for solutions. */
  readonly iteration: number | null;
  /** Column of the curve, or path in the solution. */
  readonly column: string;
  /** What was stored, as text. */
  readonly stored: string;
  /** What came now, as text. */
  readonly found: string;
  /** Number of floating-point numbers between the two, Infinity for NaN and for what is no number. */
  readonly ulps: number;
}

/**
 * The distance of two numbers in units in the last place: how many doubles apart they are, -0 and 0 counting as two.
 *
 * @param a - a number
 * @param b - a number
 * @returns a count, 0 for equal bits, Infinity when exactly one is NaN
 */
export function ulpDistance(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity;
  const distance = place(a) - place(b);
  return Number(distance < 0n ? -distance : distance);
}

/** The place of a number among all doubles in increasing order. */
function place(x: number): bigint {
  const bits = new BigInt64Array(Float64Array.of(x).buffer)[0];
  return bits >= 0n ? bits : -(bits & 0x7fffffffffffffffn) - 1n;
}

/**
 * Finds the first row, then the first column in which two curves differ.
 *
 * @param stored - the curve of the record
 * @param found - the curve of the repeat
 * @param rows - number of rows that have to agree; default all, and then the number of rows as well
 * @returns the difference, undefined when there is none
 */
export function curveDifference(stored: Curve, found: Curve, rows?: number): Difference | undefined {
  const [old, now] = [columnsOf(stored), columnsOf(found)];
  const length = rows ?? Math.max(stored.iteration.length, found.iteration.length);
  for (let row = 0; row < length; row++) {
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const [a, b] = [old.get(name)?.[row], now.get(name)?.[row]];
      const ulps = a === undefined || b === undefined ? (a === b ? 0 : Infinity) : ulpDistance(a, b);
      if (ulps === 0) continue;
      const iteration = stored.iteration[row] ?? found.iteration[row];
      return { part: 'curve', iteration, column: name, stored: String(a), found: String(b), ulps };
    }
  }
  return undefined;
}

/** The machine-independent columns of a curve by name. */
function columnsOf({ iteration, count, tolerance, metrics }: Curve): Map<string, readonly number[]> {
  const columns: [string, readonly number[]][] = [
    ['iteration', iteration],
    ['count', count],
    ...Object.entries(metrics),
  ];
  if (tolerance !== undefined) columns.push(['tolerance', tolerance]);
  return new Map(columns);
}

/**
 * Finds the first leaf in which two solutions differ, in the order of their names.
 *
 * @param stored - the stored tree
 * @param found - the tree of the repeat
 * @param path - name of the root
 * @returns the difference, undefined when there is none
 */
export function treeDifference(stored: unknown, found: unknown, path = 'solution'): Difference | undefined {
  if (Object.is(stored, found)) return undefined;
  if (!isBranch(stored) || !isBranch(found)) {
    const numbers = typeof stored === 'number' && typeof found === 'number';
    return {
      part: 'solution',
      iteration: null,
      column: path,
      stored: isBranch(stored) ? 'a branch' : String(stored),
      found: isBranch(found) ? 'a branch' : String(found),
      ulps: numbers ? ulpDistance(stored, found) : Infinity,
    };
  }
  const listed = ArrayBuffer.isView(stored) || Array.isArray(stored);
  const keys = listed
    ? Array.from({ length: Math.max(lengthOf(stored), lengthOf(found)) }, (_, i) => String(i))
    : [...new Set([...Object.keys(stored), ...Object.keys(found)])].sort();
  for (const key of keys) {
    const place = listed ? `${path}[${key}]` : `${path}.${key}`;
    const difference = treeDifference(stored[key], found[key], place);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}

function lengthOf(value: Record<string, unknown>): number {
  return typeof value['length'] === 'number' ? value['length'] : 0;
}

import { InvalidInputError } from '@lemmata/core';
import type { Pattern } from '../symbols/prepare-pattern.js';
import { type Codes, narrowest } from '../symbols/symbols.js';

/** Where a stream stands, as plain JSON-safe data. */
export interface StreamSnapshot {
  /** Always `'lemmata/hamming-stream'`. */
  readonly format: 'lemmata/hamming-stream';
  /** Version of the form, 1. */
  readonly version: 1;
  /** The pattern by its sizes; its symbols are not part of the snapshot. */
  readonly pattern: {
    /** Number of symbols m, >= 1. */
    readonly length: number;
    /** Number of positions that are no wildcard, in [0, m]. */
    readonly positions: number;
    /** Number of different symbols, in [0, m]. */
    readonly alphabetSize: number;
  };
  /** Number of symbols that came in, an integer >= 0. */
  readonly consumed: number;
  /** The last of them, which windows still need, integers in [0, 2^32). */
  readonly pending: readonly number[];
}

function wrong(place: string, expected: string): InvalidInputError {
  return new InvalidInputError(`${place}: expected ${expected}`, 'ERR_FORMAT', { argument: place, expected });
}

/**
 * Checks a snapshot.
 *
 * @param snapshot - what came
 * @param pattern - the pattern of the stream that is to go on
 * @returns what was consumed and what is pending
 * @throws InvalidInputError `ERR_FORMAT` when it is no snapshot, `ERR_INCOMPATIBLE` when it is of another pattern
 */
export function checkStreamSnapshot(
  snapshot: unknown,
  pattern: Pattern,
): { readonly consumed: number; readonly pending: Codes } {
  const data = snapshot as Partial<StreamSnapshot> | null | undefined;
  if (data?.format !== 'lemmata/hamming-stream' || data.version !== 1) {
    throw wrong('snapshot', 'the data of snapshot() of a stream, version 1');
  }
  const own = { length: pattern.length, positions: pattern.positions.length, alphabetSize: pattern.classes };
  for (const name of ['length', 'positions', 'alphabetSize'] as const) {
    const actual = data.pattern?.[name];
    if (actual === own[name]) continue;
    const argument = `snapshot.pattern.${name}`;
    throw new InvalidInputError(`${argument}: expected ${own[name]}, got ${String(actual)}`, 'ERR_INCOMPATIBLE', {
      argument,
      expected: own[name],
      actual,
    });
  }
  const { consumed, pending } = data;
  if (!Array.isArray(pending)) throw wrong('snapshot.pending', 'an array of symbols');
  pending.forEach((symbol: unknown, i) => {
    if (typeof symbol === 'number' && symbol >>> 0 === symbol) return;
    throw wrong(`snapshot.pending[${i}]`, 'an integer in [0, 4294967295]');
  });
  if (!Number.isSafeInteger(consumed) || (consumed as number) < pending.length) {
    throw wrong('snapshot.consumed', `an integer >= ${pending.length} (the pending symbols)`);
  }
  // Of a text that has passed m - 1 symbols, m - 1 at least are held.
  const least = Math.min(consumed as number, pattern.length - 1);
  if (pending.length < least) throw wrong('snapshot.pending', `at least ${least} symbols`);
  const symbols = pending as number[];
  const held = narrowest(
    symbols.reduce((largest, symbol) => Math.max(largest, symbol), 0),
    symbols.length,
  );
  held.set(symbols);
  return { consumed: consumed as number, pending: held };
}

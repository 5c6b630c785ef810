// Which entries of a matrix are shown, and which are held back.
import type { RandomStream } from '@lemmata/core';
import type { CompletionInput } from '../completion.js';

/** Known entries of a matrix. */
export interface KnownEntries {
  readonly rows: number;
  readonly cols: number;
  readonly rowOf: ArrayLike<number>;
  readonly colOf: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Holds back each entry with a probability, but never the first one of a row or column. */
export function holdBack(known: KnownEntries, share: number, stream: RandomStream): CompletionInput {
  const { rows, cols, rowOf, colOf, values } = known;
  const rowSeen = new Uint8Array(rows);
  const colSeen = new Uint8Array(cols);
  const shown: number[] = [];
  const held: number[] = [];
  for (let e = 0; e < values.length; e++) {
    const drawn = stream.uniform() < share;
    const needed = rowSeen[rowOf[e]] === 0 || colSeen[colOf[e]] === 0;
    (drawn && !needed ? held : shown).push(e);
    rowSeen[rowOf[e]] = 1;
    colSeen[colOf[e]] = 1;
  }
  return {
    rows,
    cols,
    rowOf: Int32Array.from(shown, (e) => rowOf[e]),
    colOf: Int32Array.from(shown, (e) => colOf[e]),
    values: Float64Array.from(shown, (e) => values[e]),
    heldRowOf: Int32Array.from(held, (e) => rowOf[e]),
    heldColOf: Int32Array.from(held, (e) => colOf[e]),
    heldValues: Float64Array.from(held, (e) => values[e]),
  };
}

/** Shape and number of entries of a data set, for its record. */
export function shapeOf({ rows, cols, values }: CompletionInput): { shape: number[]; nnz: number } {
  return { shape: [rows, cols], nnz: values.length };
}

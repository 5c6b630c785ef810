import type { KernelExports } from '@lemmata/core';
import type { LaneText } from '../symbols/lane-text.js';

/** Kernels read so far beyond what the last shift of a tile meets. */
const BEYOND = 64;
/** Entries of a row of a table: one vector. */
const ROW = 16;

/** The rows of a table that are not all one entry, as the kernel takes them. */
interface TableRows {
  /** What all other bytes are replaced by. */
  readonly other: number;
  /** First byte of each row. */
  readonly firsts: Uint8Array;
  /** The entries, each combined with `other` by an exclusive or. */
  readonly rows: Uint8Array;
}

/** Blocks of an arena: a tile of a text, and the table that its bytes are replaced by. */
export interface TileLayout {
  /** The tile. */
  readonly text: readonly ['u8', number];
  /** First byte of each row of the table. */
  readonly firsts: readonly ['u8', number];
  /** The rows. */
  readonly rows: readonly ['u8', number];
}

function rowsOf(table: Uint8Array): TableRows {
  const other = table[table.length - 1];
  const firsts: number[] = [];
  for (let first = 0; first < table.length; first += ROW) {
    if (table.subarray(first, first + ROW).some((entry) => entry !== other)) firsts.push(first);
  }
  const rows = firsts.flatMap((first) => Array.from(table.subarray(first, first + ROW), (entry) => entry ^ other));
  return { other, firsts: Uint8Array.from(firsts), rows: Uint8Array.from(rows) };
}

/**
 * The bytes that a tile of a text takes, with what kernels read beyond it.
 *
 * @param tile - shifts of a tile
 * @param span - length of the pattern
 * @returns a multiple of 16
 */
export function tileRoom(tile: number, span: number): number {
  return ROW * Math.ceil((tile + span + BEYOND) / ROW);
}

/**
 * The blocks that a tile of a text takes in the memory of kernels.
 *
 * @param lanes - the text in bytes
 * @param room - as `tileRoom` gives it
 * @returns the blocks of an arena
 */
export function tileLayout({ table }: LaneText, room: number): TileLayout {
  const rows = table === undefined ? 0 : rowsOf(table).firsts.length;
  return { text: ['u8', room], firsts: ['u8', rows], rows: ['u8', ROW * rows] };
}

/**
 * Prepares the loading of tiles into the memory of kernels.
 *
 * @param lanes - the text in bytes
 * @param views - the blocks of `tileLayout`
 * @param exports - the kernels
 * @returns what brings the tile in that begins at a symbol of the text
 */
export function tileLoader(
  { text, table }: LaneText,
  views: { readonly [Name in 'text' | 'firsts' | 'rows']: Uint8Array },
  { translateBytes }: KernelExports,
): (from: number) => void {
  const room = views.text.length;
  if (table === undefined) return (from) => views.text.set(text.subarray(from, from + room));
  const { other, firsts, rows } = rowsOf(table);
  views.firsts.set(firsts);
  views.rows.set(rows);
  return (from) => {
    views.text.set(text.subarray(from, from + room));
    const at = [views.rows.byteOffset, views.firsts.byteOffset] as const;
    translateBytes(views.text.byteOffset, room, ...at, firsts.length, other);
  };
}

/**
 * Prepares tiles in plain TypeScript.
 *
 * @param lanes - the text in bytes
 * @param room - as `tileRoom` gives it
 * @returns what gives the bytes of the tile that begins at a symbol of the text, at most `room`; good until the next tile
 */
export function plainTiles({ text, table }: LaneText, room: number): (from: number) => Uint8Array {
  if (table === undefined) return (from) => text.subarray(from, from + room);
  const tile = new Uint8Array(room);
  return (from) => {
    const size = Math.min(room, text.length - from);
    for (let i = 0; i < size; i++) tile[i] = table[text[from + i]];
    return tile.subarray(0, size);
  };
}

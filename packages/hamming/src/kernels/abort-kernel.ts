import { type Backend, type BackendChoice, openArena } from '@lemmata/core';
import type { LaneText } from '../symbols/lane-text.js';
import { HAMMING_KERNELS } from './hamming-kernels.js';
import { plainTiles, tileLayout, tileLoader, tileRoom } from './lane-tile.js';

/** Positions that are compared together. */
export const PIECE = 16;
/** Most shifts that are looked at in one call. */
export const SCAN_SHIFTS = 8192;

/** What a pattern is to the scan: whole pieces of bytes. */
interface Pieces {
  /** A byte for each position, the last piece filled up. */
  readonly pattern: Uint8Array;
  /** 255 for each position that counts. */
  readonly care: Uint8Array;
  /** Number of pieces, at least 1. */
  readonly pieces: number;
  /** Positions of the last one. */
  readonly last: number;
  /** The piece that is compared first. */
  readonly start: number;
  /** Whether bytes are sets, met by a common bit. */
  readonly masked: boolean;
}

/** Compares the windows of a tile until too many positions differ, in WebAssembly or in plain TypeScript. */
export interface AbortScan {
  /** Which backend runs. */
  readonly backend: Backend;
  /** The shifts that the last call kept. */
  readonly shifts: Uint32Array;
  /** Their distances. */
  readonly distances: Uint32Array;
  /** Positions that the last call compared, and shifts that it kept. */
  readonly tally: Uint32Array;
  /** Brings the tile in that begins at a symbol of the text. */
  load(from: number): void;
  /**
   * Keeps the shifts first to end - 1, at most 8192, with at most k differences; ends early once more than `most` positions
   * are compared. Gives the end of what was looked at.
   */
  scan(first: number, end: number, k: number, most: number): number;
  /** Releases the memory. */
  dispose(): void;
}

/**
 * Opens the scan for a pattern.
 *
 * @param lanes - the text and the pattern in bytes
 * @param positions - the pattern's positions that are no wildcard
 * @param m - length of the pattern
 * @param start - which piece of 16 positions is compared first
 * @param tile - shifts of a tile
 * @param choice - which backend
 * @returns the scan; both backends keep the same and compare the same positions
 */
export function openAbortScan(
  lanes: LaneText,
  positions: Int32Array,
  m: number,
  start: number,
  tile: number,
  choice: BackendChoice,
): AbortScan {
  const pieces = Math.ceil(m / PIECE);
  const room = tileRoom(tile, m);
  const listed = Math.min(tile, SCAN_SHIFTS);
  const arena = openArena(
    {
      shifts: ['u32', listed],
      distances: ['u32', listed],
      tally: ['u32', 2],
      pattern: ['u8', PIECE * pieces],
      care: ['u8', PIECE * pieces],
      ...tileLayout(lanes, choice === 'js' ? 0 : room),
    },
    choice,
    [HAMMING_KERNELS],
  );
  const { views, backend } = arena;
  const { shifts, distances, tally, pattern, care } = views;
  positions.forEach((j, t) => {
    pattern[j] = lanes.bytes[t];
    care[j] = 255;
  });
  const last = m - PIECE * (pieces - 1);
  const shared = { backend, shifts, distances, tally, dispose: () => arena.dispose() };
  if (backend === 'js') {
    const parts = { pattern, care, pieces, last, start, masked: lanes.masked };
    const tiles = plainTiles(lanes, room);
    let text: Uint8Array = new Uint8Array(0);
    return {
      ...shared,
      load: (from) => {
        text = tiles(from);
      },
      scan: (first, end, k, most) => scanPlainly(text, parts, shared, first, end, k, most),
    };
  }
  const kernels = arena.exports(HAMMING_KERNELS);
  const at = (name: keyof typeof views): number => views[name].byteOffset;
  const whole = [at('text'), at('pattern'), at('care'), pieces, last, start] as const;
  const kept = [lanes.masked ? 1 : 0, at('shifts'), at('distances'), at('tally')] as const;
  return {
    ...shared,
    load: tileLoader(lanes, views, kernels),
    scan: (first, end, k, most) => kernels.abortScan(...whole, first, end, k, most, ...kept),
  };
}

/** The positions of a piece that differ from a window. */
function differences(text: Uint8Array, window: number, parts: Pieces, piece: number): number {
  const { pattern, care, masked, pieces, last } = parts;
  const from = PIECE * piece;
  const to = from + (piece === pieces - 1 ? last : PIECE);
  let count = 0;
  for (let j = from; j < to; j++) {
    const symbol = text[window + j];
    // 0 for what is met: sets without a common bit differ, letters whose difference is not 0.
    const apart = masked ? ((symbol & pattern[j]) - 1) >>> 31 : -(symbol ^ pattern[j]) >>> 31;
    count += apart & care[j];
  }
  return count;
}

function scanPlainly(
  text: Uint8Array,
  parts: Pieces,
  { shifts, distances, tally }: Pick<AbortScan, 'shifts' | 'distances' | 'tally'>,
  first: number,
  end: number,
  k: number,
  most: number,
): number {
  const { pieces, last, start } = parts;
  let compared = 0;
  let kept = 0;
  let shift = first;
  for (; shift < end && compared <= most; shift++) {
    let distance = 0;
    let piece = start;
    let next = 0;
    while (true) {
      distance += differences(text, shift, parts, piece);
      compared += piece === pieces - 1 ? last : PIECE;
      if (next === start) next++;
      if (distance > k || next >= pieces) break;
      piece = next++;
    }
    if (distance > k) continue;
    shifts[kept] = shift;
    distances[kept++] = distance;
  }
  tally[0] = compared;
  tally[1] = kept;
  return shift;
}

import { type Backend, type BackendChoice, openArena } from '@lemmata/core';
import type { LaneText } from '../symbols/lane-text.js';
import type { Codes } from '../symbols/symbols.js';
import { entryType, HAMMING_KERNELS } from './hamming-kernels.js';
import { plainTiles, tileLayout, tileLoader, tileRoom } from './lane-tile.js';
import { laneMismatches, lanePositions, packWords } from './lanes.js';

/** Compares pattern positions with a tile of a text at all of its shifts, in WebAssembly or in plain TypeScript. */
export interface LaneKernel {
  /** Which backend runs. */
  readonly backend: Backend;
  /** Number of positions. */
  readonly positions: number;
  /** The differences that `mismatches` counted, one entry a shift of the tile. */
  readonly counts: Codes;
  /** Brings the tile in that begins at a symbol of the text. */
  load(from: number): void;
  /** Counts the differences at the shifts first to last - 1, multiples of 64. */
  mismatches(first: number, last: number): void;
  /** Releases the memory. */
  dispose(): void;
}

/**
 * Opens the kernel for some positions of a pattern.
 *
 * @param lanes - the text in bytes
 * @param offsets - positions in the pattern
 * @param bytes - the byte at each of them
 * @param tile - shifts of a tile, a multiple of 64
 * @param span - length of the pattern
 * @param choice - which backend
 * @returns the kernel
 */
export function openLanes(
  lanes: LaneText,
  offsets: Int32Array,
  bytes: Uint8Array,
  tile: number,
  span: number,
  choice: BackendChoice,
): LaneKernel {
  const positions = offsets.length;
  const { kind, width } = entryType(positions);
  const room = tileRoom(tile, span);
  const arena = openArena(
    {
      counts: [kind, tile],
      offsets: ['u32', positions],
      bytes: ['u8', positions],
      ...tileLayout(lanes, choice === 'js' ? 0 : room),
    },
    choice,
    [HAMMING_KERNELS],
  );
  const { views } = arena;
  const { counts } = views;
  const shared = { backend: arena.backend, positions, counts, dispose: () => arena.dispose() };
  if (arena.backend === 'js') {
    const layout = lanePositions(offsets, bytes, room, lanes.masked);
    const words = new Int32Array(4 * layout.stride);
    const tiles = plainTiles(lanes, 4 * layout.stride);
    return {
      ...shared,
      load: (from) => packWords(tiles(from), 0, layout.stride, words),
      mismatches: (first, last) => laneMismatches(words, layout, first, last, counts),
    };
  }
  const kernels = arena.exports(HAMMING_KERNELS);
  views.offsets.set(offsets);
  views.bytes.set(bytes);
  const at = [views.text.byteOffset, views.offsets.byteOffset, views.bytes.byteOffset] as const;
  return {
    ...shared,
    load: tileLoader(lanes, views, kernels),
    mismatches: (first, last) => {
      kernels.laneMismatches(...at, positions, first, last, counts.byteOffset, width, lanes.masked ? 1 : 0);
    },
  };
}

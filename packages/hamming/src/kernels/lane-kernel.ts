import { type Backend, type BackendChoice, openArena } from '@lemmata/core';
import type { LaneText } from '../symbols/lane-text.js';
import type { Codes } from '../symbols/symbols.js';
import { entryType, HAMMING_KERNELS } from './hamming-kernels.js';
import { laneMismatches, lanePositions, packWords } from './lanes.js';

/** Shifts are done in blocks of so many. */
export const LANE_BLOCK = 64;

/** Compares pattern positions with a tile of a text at all of its shifts, in WebAssembly or in plain TypeScript. */
export interface LaneKernel {
  /** Which backend runs. */
  readonly backend: Backend;
  /** Number of positions. */
  readonly positions: number;
  /** The differences that `mismatches` counted, one entry a shift of the tile. */
  readonly counts: Codes;
  /** The shifts of the tile that `candidates` found. */
  readonly list: Uint32Array;
  /** Brings the tile in that begins at a symbol of the text. */
  load(from: number): void;
  /** Counts the differences at the shifts first to last - 1, multiples of 64. */
  mismatches(first: number, last: number): void;
  /** Lists the shifts first to last - 1, multiples of 64, with at most k differences; gives their number. */
  candidates(first: number, last: number, k: number): number;
  /** Releases the memory. */
  dispose(): void;
}

/**
 * Opens the kernel for some positions of a pattern.
 *
 * @param lanes - the text in bytes
 * @param offsets - positions in the pattern; at most 255 where `candidates` is called
 * @param bytes - the byte at each of them
 * @param tile - shifts of a tile, a multiple of 64
 * @param span - length of the pattern
 * @param choice - which backend
 * @returns the kernel
 */
export function openLanes(
  { text, masked }: LaneText,
  offsets: Int32Array,
  bytes: Uint8Array,
  tile: number,
  span: number,
  choice: BackendChoice,
): LaneKernel {
  const positions = offsets.length;
  const { kind, width } = entryType(positions);
  const room = tile + span + LANE_BLOCK;
  const arena = openArena(
    {
      counts: [kind, tile],
      list: ['u32', tile],
      text: ['u8', choice === 'js' ? 0 : room],
      offsets: ['u32', positions],
      bytes: ['u8', positions],
    },
    choice,
    [HAMMING_KERNELS],
  );
  const { counts, list } = arena.views;
  const shared = { backend: arena.backend, positions, counts, list, dispose: () => arena.dispose() };
  if (arena.backend === 'js') return typescriptLanes(shared, text, lanePositions(offsets, bytes, room, masked));
  const { laneMismatches: count, laneCandidates: filter } = arena.exports(HAMMING_KERNELS);
  const { views } = arena;
  views.offsets.set(offsets);
  views.bytes.set(bytes);
  const at = { text: views.text.byteOffset, offsets: views.offsets.byteOffset, bytes: views.bytes.byteOffset };
  const setLike = masked ? 1 : 0;
  return {
    ...shared,
    load: (from) => {
      views.text.set(text.subarray(from, from + room));
    },
    mismatches: (first, last) => {
      count(at.text, at.offsets, at.bytes, positions, first, last, counts.byteOffset, width, setLike);
    },
    candidates: (first, last, k) =>
      filter(at.text, at.offsets, at.bytes, positions, first, last, k, list.byteOffset, setLike),
  };
}

function typescriptLanes(
  shared: Pick<LaneKernel, 'backend' | 'positions' | 'counts' | 'list' | 'dispose'>,
  text: Uint8Array,
  positions: ReturnType<typeof lanePositions>,
): LaneKernel {
  const { counts, list } = shared;
  const words = new Int32Array(4 * positions.stride);
  return {
    ...shared,
    load: (from) => {
      packWords(text, from, positions.stride, words);
    },
    mismatches: (first, last) => {
      laneMismatches(words, positions, first, last, counts);
    },
    candidates: (first, last, k) => {
      laneMismatches(words, positions, first, last, counts);
      let found = 0;
      for (let i = first; i < last; i++) if (counts[i] <= k) list[found++] = i;
      return found;
    },
  };
}

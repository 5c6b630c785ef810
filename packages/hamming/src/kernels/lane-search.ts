import { type Backend, type BackendChoice, openArena } from '@lemmata/core';
import type { LaneText } from '../symbols/lane-text.js';
import { HAMMING_KERNELS } from './hamming-kernels.js';
import { plainTiles, tileLayout, tileLoader, tileRoom } from './lane-tile.js';
import { laneDistances, laneMismatches, lanePositions, type NearWindows, packWords } from './lanes.js';

/** Most shifts that are looked at in one call: what is found among them stays in a processor's cache. */
export const SEARCH_SHIFTS = 8192;

/** Finds the shifts of a tile where few of some positions differ, and compares their windows with the whole pattern. */
export interface LaneSearch extends NearWindows {
  /** Which backend runs. */
  readonly backend: Backend;
  /** The shifts of the tile that `candidates` found. */
  readonly list: Uint32Array;
  /** Brings the tile in that begins at a symbol of the text. */
  load(from: number): void;
  /**
   * Lists the shifts first to last - 1, multiples of 64 and at most 8192 apart, at which at most k of the chosen positions
   * differ; gives their number.
   */
  candidates(first: number, last: number, k: number): number;
  /**
   * Compares the windows list[first] to list[end - 1] and keeps those with at most k differences in `shifts` and
   * `distances`; ends early once more than `most` positions are compared. Gives the end of what was compared.
   */
  verify(first: number, end: number, k: number, most: number): number;
  /** Releases the memory. */
  dispose(): void;
}

/**
 * Opens the search for a pattern.
 *
 * @param lanes - the text and the pattern in bytes
 * @param positions - the pattern's positions that are no wildcard
 * @param indices - which of them are chosen to filter by, at most 255
 * @param tile - shifts of a tile, a multiple of 64
 * @param span - length of the pattern
 * @param choice - which backend
 * @returns the search
 */
export function openLaneSearch(
  lanes: LaneText,
  positions: Int32Array,
  indices: Int32Array,
  tile: number,
  span: number,
  choice: BackendChoice,
): LaneSearch {
  const count = positions.length;
  const chosen = indices.length;
  const room = tileRoom(tile, span);
  const listed = Math.min(tile, SEARCH_SHIFTS);
  const arena = openArena(
    {
      list: ['u32', listed],
      shifts: ['u32', listed],
      distances: ['u32', listed],
      tally: ['u32', 2],
      offsets: ['u32', count],
      bytes: ['u8', count],
      chosenOffsets: ['u32', chosen],
      chosenBytes: ['u8', chosen],
      ...tileLayout(lanes, choice === 'js' ? 0 : room),
    },
    choice,
    [HAMMING_KERNELS],
  );
  const { views, backend } = arena;
  const { list, shifts, distances, tally } = views;
  views.offsets.set(positions);
  views.bytes.set(lanes.bytes);
  views.chosenOffsets.set(indices.map((t) => positions[t]));
  views.chosenBytes.set(indices.map((t) => lanes.bytes[t]));
  const shared = { backend, list, shifts, distances, tally, dispose: () => arena.dispose() };
  if (backend === 'js') return { ...shared, ...plainSearch(lanes, views, room, tile) };
  const kernels = arena.exports(HAMMING_KERNELS);
  const masked = lanes.masked ? 1 : 0;
  const at = (name: keyof typeof views): number => views[name].byteOffset;
  const text = at('text');
  const filter = [text, at('chosenOffsets'), at('chosenBytes'), chosen] as const;
  const whole = [text, at('offsets'), at('bytes'), count] as const;
  const kept = [at('shifts'), at('distances'), masked, at('tally')] as const;
  return {
    ...shared,
    load: tileLoader(lanes, views, kernels),
    candidates: (first, last, k) => kernels.laneCandidates(...filter, first, last, k, list.byteOffset, masked),
    verify: (first, end, k, most) =>
      first + kernels.laneDistances(...whole, list.byteOffset + 4 * first, end - first, k, most, ...kept),
  };
}

interface SearchViews extends NearWindows {
  readonly list: Uint32Array;
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
  readonly chosenOffsets: Uint32Array;
  readonly chosenBytes: Uint8Array;
}

function plainSearch(
  lanes: LaneText,
  views: SearchViews,
  room: number,
  tile: number,
): Pick<LaneSearch, 'load' | 'candidates' | 'verify'> {
  const { list, offsets, bytes } = views;
  const layout = lanePositions(Int32Array.from(views.chosenOffsets), views.chosenBytes, room, lanes.masked);
  const words = new Int32Array(4 * layout.stride);
  const counts = new Uint8Array(tile);
  const tiles = plainTiles(lanes, 4 * layout.stride);
  let text: Uint8Array = new Uint8Array(0);
  return {
    load: (from) => {
      text = tiles(from);
      packWords(text, 0, layout.stride, words);
    },
    candidates: (first, last, k) => {
      laneMismatches(words, layout, first, last, counts);
      let found = 0;
      for (let i = first; i < last; i++) if (counts[i] <= k) list[found++] = i;
      return found;
    },
    verify: (first, end, k, most) =>
      first + laneDistances(text, offsets, bytes, list.subarray(first, end), k, most, lanes.masked, views),
  };
}

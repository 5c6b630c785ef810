import type { Codes } from '../symbols/symbols.js';

// Four shifts a 32-bit word: lane b of a word holds the byte of shift 4 g + b. The text lies in four copies, moved by 0
// to 3 bytes, so that the four text bytes that a pattern position meets at four consecutive shifts are one word.

const LOW_SEVEN = 0x7f7f7f7f;
const ONES = 0x01010101;
/** Bytes count to 255: so many positions may be added before the lanes are emptied. */
const FLUSH = 255;

/** Pattern positions, ready to be compared with the words of a text. */
export interface LanePositions {
  /** Distance in words between two copies of the text. */
  readonly stride: number;
  /** Where the word of each position stands for shifts 0 to 3. */
  readonly addresses: Int32Array;
  /** The byte of each position, four times. */
  readonly splats: Int32Array;
  /** Whether bytes are sets, met by a common bit. */
  readonly masked: boolean;
}

/**
 * Lays out pattern positions for tiles of a text.
 *
 * @param offsets - positions in the pattern
 * @param bytes - the byte at each of them
 * @param room - shifts of a tile plus length of the pattern
 * @param masked - whether bytes are sets
 * @returns the positions
 */
export function lanePositions(offsets: Int32Array, bytes: Uint8Array, room: number, masked: boolean): LanePositions {
  const stride = (room >> 2) + 24;
  return {
    stride,
    addresses: offsets.map((offset) => (offset & 3) * stride + (offset >> 2)),
    splats: Int32Array.from(bytes, (byte) => Math.imul(byte, ONES)),
    masked,
  };
}

/**
 * Packs a piece of a text into words: word g of copy s holds bytes from + s + 4 g to from + s + 4 g + 3, 0 beyond the end.
 *
 * @param text - the bytes
 * @param from - first of them
 * @param stride - words of each copy
 * @param words - where to put the four copies
 */
export function packWords(text: Uint8Array, from: number, stride: number, words: Int32Array): void {
  const available = Math.max(0, Math.min(stride, (text.length - from) >> 2));
  for (let g = 0; g < available; g++) {
    const at = from + 4 * g;
    words[g] = text[at] | (text[at + 1] << 8) | (text[at + 2] << 16) | (text[at + 3] << 24);
  }
  words.fill(0, available, stride);
  for (let i = from + 4 * available; i < text.length && i < from + 4 * stride; i++) {
    words[(i - from) >> 2] |= text[i] << (8 * ((i - from) & 3));
  }
  for (let s = 1; s < 4; s++) {
    const base = s * stride;
    const right = 8 * s;
    for (let g = 0; g + 1 < stride; g++) words[base + g] = (words[g] >>> right) | (words[g + 1] << (32 - right));
    words[base + stride - 1] = words[stride - 1] >>> right;
  }
}

/**
 * Counts, for the shifts `first` to `last` - 1 of a tile, the positions that differ.
 *
 * @param words - the packed text
 * @param positions - what to compare
 * @param first - first shift, a multiple of 64
 * @param last - end of the shifts, a multiple of 64
 * @param counts - becomes the number of differences, one entry a shift
 */
export function laneMismatches(
  words: Int32Array,
  positions: LanePositions,
  first: number,
  last: number,
  counts: Codes,
): void {
  const { addresses, splats, masked } = positions;
  const length = addresses.length;
  // A byte of `(word & keep) ^ flip` is 0 when letters are equal, and when sets share no bit.
  const all = masked ? 0 : -1;
  const met = masked ? ONES : 0;
  for (let g = first >> 2; g < last >> 2; g += 4) {
    counts.fill(0, 4 * g, 4 * g + 16);
    for (let from = 0; from < length; from += FLUSH) {
      const to = Math.min(length, from + FLUSH);
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let t = from; t < to; t++) {
        const at = addresses[t] + g;
        const splat = splats[t];
        const keep = splat | all;
        const flip = splat & all;
        const w = (words[at] & keep) ^ flip;
        const x = (words[at + 1] & keep) ^ flip;
        const y = (words[at + 2] & keep) ^ flip;
        const z = (words[at + 3] & keep) ^ flip;
        // The top bit of a lane becomes 1 unless the lane is 0: no carry leaves a lane of seven bits.
        a = (a + ((((((w & LOW_SEVEN) + LOW_SEVEN) | w) >>> 7) & ONES) ^ met)) | 0;
        b = (b + ((((((x & LOW_SEVEN) + LOW_SEVEN) | x) >>> 7) & ONES) ^ met)) | 0;
        c = (c + ((((((y & LOW_SEVEN) + LOW_SEVEN) | y) >>> 7) & ONES) ^ met)) | 0;
        d = (d + ((((((z & LOW_SEVEN) + LOW_SEVEN) | z) >>> 7) & ONES) ^ met)) | 0;
      }
      addLanes(a, counts, 4 * g);
      addLanes(b, counts, 4 * g + 4);
      addLanes(c, counts, 4 * g + 8);
      addLanes(d, counts, 4 * g + 12);
    }
  }
}

function addLanes(lanes: number, counts: Codes, at: number): void {
  counts[at] += lanes & 255;
  counts[at + 1] += (lanes >>> 8) & 255;
  counts[at + 2] += (lanes >>> 16) & 255;
  counts[at + 3] += lanes >>> 24;
}

/** The windows that `laneDistances` kept, and what it took. */
export interface NearWindows {
  /** Shifts of the windows that are near enough. */
  readonly shifts: Uint32Array;
  /** Their distances. */
  readonly distances: Uint32Array;
  /** Positions that were compared; and the number of windows that were kept. */
  readonly tally: Uint32Array;
}

/**
 * Compares windows with a pattern, position after position until more than k differ, and keeps those with at most k.
 *
 * It ends early after the window with which more than `most` positions have been compared.
 *
 * @param text - the bytes of a tile
 * @param offsets - positions in the pattern
 * @param bytes - the byte at each of them
 * @param list - shifts in the tile
 * @param k - largest distance
 * @param most - positions that may be compared
 * @param masked - whether bytes are sets
 * @param near - becomes what was kept
 * @returns the number of windows that were looked at
 */
export function laneDistances(
  text: Uint8Array,
  offsets: Uint32Array,
  bytes: Uint8Array,
  list: Uint32Array,
  k: number,
  most: number,
  masked: boolean,
  near: NearWindows,
): number {
  const { shifts, distances, tally } = near;
  const count = offsets.length;
  let compared = 0;
  let kept = 0;
  let t = 0;
  while (t < list.length && compared <= most) {
    const shift = list[t];
    let distance = 0;
    let j = 0;
    for (; j < count && distance <= k; j++) {
      const symbol = text[shift + offsets[j]];
      if (masked ? (symbol & bytes[j]) === 0 : symbol !== bytes[j]) distance++;
    }
    compared += j;
    if (distance <= k) {
      shifts[kept] = shift;
      distances[kept] = distance;
      kept++;
    }
    t++;
  }
  tally[0] = compared;
  tally[1] = kept;
  return t;
}

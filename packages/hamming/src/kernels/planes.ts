import type { Lists } from '../symbols/alphabet.js';
import type { Codes } from '../symbols/symbols.js';

// Thirty-two shifts a word: bit k of word b of plane (c, s) says whether symbol 32 b + k + s is in class c. Counters are
// sliced, one word for each binary digit of 32 counts, and summed by full adders: sum = a ^ b ^ c, carry = majority.

/** Where the word of each pattern position stands for shifts 0 to 31. */
export interface PlanePositions {
  /** Words of one plane. */
  readonly stride: number;
  /** Address of the word of each position. */
  readonly addresses: Int32Array;
}

/**
 * Lays out a pattern for tiles of a text.
 *
 * @param offsets - positions in the pattern
 * @param codes - the class at each of them
 * @param room - shifts of a tile plus length of the pattern
 * @returns the positions
 */
export function planePositions(offsets: Int32Array, codes: Codes, room: number): PlanePositions {
  const stride = (room >> 5) + 6;
  return { stride, addresses: offsets.map((j, t) => (32 * codes[t] + (j & 31)) * stride + (j >> 5)) };
}

/**
 * Fills the planes of a piece of a text; symbols beyond its end are in no class.
 *
 * @param text - numbers of letters
 * @param from - first symbol
 * @param classesOf - the classes of each letter
 * @param classes - number of classes
 * @param stride - words of one plane
 * @param planes - 32 planes for each class
 */
export function fillPlanes(
  text: Codes,
  from: number,
  classesOf: Lists,
  classes: number,
  stride: number,
  planes: Int32Array,
): void {
  const group = 32 * stride;
  const { starts, entries } = classesOf;
  for (let c = 0; c < classes; c++) planes.fill(0, c * group, c * group + stride);
  const end = Math.min(text.length - from, group);
  for (let i = 0; i < end; i++) {
    const letter = text[from + i];
    for (let t = starts[letter]; t < starts[letter + 1]; t++) planes[entries[t] * group + (i >> 5)] |= 1 << (i & 31);
  }
  for (let c = 0; c < classes; c++) {
    const plain = c * group;
    for (let s = 1; s < 32; s++) {
      const moved = plain + s * stride;
      for (let b = 0; b + 1 < stride; b++) {
        planes[moved + b] = (planes[plain + b] >>> s) | (planes[plain + b + 1] << (32 - s));
      }
      planes[moved + stride - 1] = planes[plain + stride - 1] >>> s;
    }
  }
}

/**
 * Counts, for the shifts 32 first to 32 last - 1 of a tile, the positions whose class is not met.
 *
 * @param planes - the planes of the text
 * @param addresses - where the word of each pattern position stands
 * @param first - first group of 32 shifts
 * @param last - end of the groups
 * @param counts - becomes the number of positions that differ, one entry a shift
 */
export function planeMismatches(
  planes: Int32Array,
  addresses: Int32Array,
  first: number,
  last: number,
  counts: Codes,
): void {
  const length = addresses.length;
  const digits = new Int32Array(32);
  for (let b = first; b < last; b++) {
    let ones = 0;
    let twos = 0;
    let fours = 0;
    let used = 3;
    digits.fill(0);
    let j = 0;
    for (; j + 8 <= length; j += 8) {
      let x = planes[addresses[j] + b];
      let y = planes[addresses[j + 1] + b];
      let u = ones ^ x;
      const twoA = (ones & x) | (u & y);
      ones = u ^ y;
      x = planes[addresses[j + 2] + b];
      y = planes[addresses[j + 3] + b];
      u = ones ^ x;
      const twoB = (ones & x) | (u & y);
      ones = u ^ y;
      u = twos ^ twoA;
      const fourA = (twos & twoA) | (u & twoB);
      twos = u ^ twoB;
      x = planes[addresses[j + 4] + b];
      y = planes[addresses[j + 5] + b];
      u = ones ^ x;
      const twoC = (ones & x) | (u & y);
      ones = u ^ y;
      x = planes[addresses[j + 6] + b];
      y = planes[addresses[j + 7] + b];
      u = ones ^ x;
      const twoD = (ones & x) | (u & y);
      ones = u ^ y;
      u = twos ^ twoC;
      const fourB = (twos & twoC) | (u & twoD);
      twos = u ^ twoD;
      u = fours ^ fourA;
      let carry = (fours & fourA) | (u & fourB);
      fours = u ^ fourB;
      let q = 3;
      while (carry !== 0) {
        const next = digits[q] & carry;
        digits[q++] ^= carry;
        carry = next;
      }
      if (q > used) used = q;
    }
    digits[0] = ones;
    digits[1] = twos;
    digits[2] = fours;
    for (; j < length; j++) {
      let carry = planes[addresses[j] + b];
      let q = 0;
      while (carry !== 0) {
        const next = digits[q] & carry;
        digits[q++] ^= carry;
        carry = next;
      }
      if (q > used) used = q;
    }
    unslice(digits, used, length, 32 * b, counts);
  }
}

/** Writes `all` minus each of the 32 counts whose binary digits are given. */
function unslice(digits: Int32Array, used: number, all: number, at: number, counts: Codes): void {
  counts.fill(all, at, at + 32);
  for (let q = 0; q < used; q++) {
    const digit = digits[q];
    for (let k = 0; k < 32; k++) counts[at + k] -= ((digit >>> k) & 1) << q;
  }
}

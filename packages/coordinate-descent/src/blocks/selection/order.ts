/** Below so many scores comparisons are faster than passes over digits. */
const FEW = 256;

/** Orders indices by falling scores, again and again: by the digits of the scores' bits, with tables used again. */
export class FallingOrder {
  readonly #keys: Float64Array;
  readonly #words: Uint32Array;
  readonly #spare: Int32Array;
  readonly #counts: Int32Array = new Int32Array(256);
  /** Where the half with sign and exponent stands. */
  readonly #high: 0 | 1;

  /** @param n - number of scores */
  constructor(n: number) {
    this.#keys = new Float64Array(n);
    this.#words = new Uint32Array(this.#keys.buffer);
    this.#spare = new Int32Array(n);
    this.#high = new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;
  }

  /**
   * @param scores - no NaN among them, all >= 0
   * @returns indices, the largest score first, of equal ones the lowest index first; a new array
   * Complexity: O(n), eight passes at most.
   */
  of(scores: Float64Array): Int32Array {
    let order = Int32Array.from(scores, (_, i) => i);
    if (order.length < FEW)
      return order.sort((i, j) => (scores[i] === scores[j] ? i - j : scores[j] > scores[i] ? 1 : -1));
    // 0 + 0 is never -0: the bits of numbers >= 0 are ordered as the numbers are.
    for (let i = 0; i < scores.length; i++) this.#keys[i] = scores[i] + 0;
    let spare: Int32Array<ArrayBuffer> = this.#spare as Int32Array<ArrayBuffer>;
    for (let digit = 0; digit < 8; digit++) {
      if (!this.#pass(digit, order, spare)) continue;
      const swapped = order;
      order = spare;
      spare = swapped;
    }
    return order.slice();
  }

  /** Orders by one byte of the keys, falling, keeping the order of equal bytes; false when all bytes are equal. */
  #pass(digit: number, from: Int32Array, to: Int32Array): boolean {
    const words = this.#words;
    const counts = this.#counts;
    const half = digit >= 4 ? this.#high : 1 - this.#high;
    const shift = 8 * (digit % 4);
    const n = from.length;
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[255 - ((words[2 * i + half] >>> shift) & 255)]++;
    if (counts[255 - ((words[half] >>> shift) & 255)] === n) return false;
    let begin = 0;
    for (let b = 0; b < 256; b++) {
      const count = counts[b];
      counts[b] = begin;
      begin += count;
    }
    for (let k = 0; k < n; k++) {
      const i = from[k];
      to[counts[255 - ((words[2 * i + half] >>> shift) & 255)]++] = i;
    }
    return true;
  }
}

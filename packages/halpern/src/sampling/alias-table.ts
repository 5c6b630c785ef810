import type { RandomStream } from '@lemmata/core';

/** Draws indices with given probabilities in constant time, by the alias method. */
export class AliasTable {
  readonly #keep: Float64Array;
  readonly #alias: Int32Array;

  /** @param probabilities - numbers >= 0 of sum 1; an index of probability 0 is never drawn */
  constructor(probabilities: Float64Array) {
    const n = probabilities.length;
    const share = probabilities.map((q) => q * n);
    this.#keep = new Float64Array(n).fill(1);
    this.#alias = Int32Array.from({ length: n }, (_, i) => i);
    const small: number[] = [];
    const large: number[] = [];
    for (let i = 0; i < n; i++) (share[i] < 1 ? small : large).push(i);
    let heaviest = 0;
    for (let i = 1; i < n; i++) if (probabilities[i] > probabilities[heaviest]) heaviest = i;
    while (small.length > 0) {
      const low = small.pop() as number;
      const high = large.pop();
      this.#keep[low] = share[low];
      if (high === undefined) {
        // Rounding can leave a rest without a partner: a likely index takes it, so that probability 0 stays 0.
        this.#alias[low] = heaviest;
        continue;
      }
      this.#alias[low] = high;
      share[high] -= 1 - share[low];
      (share[high] < 1 ? small : large).push(high);
    }
  }

  /** An index with its probability. */
  draw(stream: RandomStream): number {
    const i = stream.integer(this.#keep.length);
    return stream.uniform() < this.#keep[i] ? i : this.#alias[i];
  }
}

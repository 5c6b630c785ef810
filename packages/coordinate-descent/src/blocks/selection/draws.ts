import type { RandomStream } from '@lemmata/core';

/** Draws indices with given probabilities, without replacement: a tree of sums. */
export class WeightedDraws {
  readonly #sums: Float64Array;
  readonly #leaves: number;
  readonly #stream: RandomStream;

  /**
   * @param weights - > 0, at least one
   * @param stream - where draws come from
   */
  constructor(weights: Float64Array, stream: RandomStream) {
    this.#leaves = 1;
    while (this.#leaves < weights.length) this.#leaves *= 2;
    this.#sums = new Float64Array(2 * this.#leaves);
    this.#sums.set(weights, this.#leaves);
    for (let node = this.#leaves - 1; node >= 1; node--) this.#add(node);
    this.#stream = stream;
  }

  /**
   * Draws one index after another, each with a probability that goes with its weight among those left.
   *
   * @param count - how many, at most the number of weights
   * @returns the indices, rising
   * Complexity: O(count log n).
   */
  draw(count: number): Int32Array {
    const drawn = new Int32Array(count);
    const weights = new Float64Array(count);
    for (let k = 0; k < count; k++) {
      const leaf = this.#leafAt(this.#stream.uniform() * this.#sums[1]);
      drawn[k] = leaf - this.#leaves;
      weights[k] = this.#sums[leaf];
      this.#set(leaf, 0);
    }
    for (let k = 0; k < count; k++) this.#set(drawn[k] + this.#leaves, weights[k]);
    return drawn.sort();
  }

  /** Walks to a leaf that has a weight: where rounding points to an empty side, the other one is taken. */
  #leafAt(point: number): number {
    let node = 1;
    let rest = point;
    while (node < this.#leaves) {
      const left = this.#sums[2 * node];
      if ((rest < left && left > 0) || this.#sums[2 * node + 1] === 0) {
        node = 2 * node;
      } else {
        rest -= left;
        node = 2 * node + 1;
      }
    }
    return node;
  }

  #set(leaf: number, weight: number): void {
    this.#sums[leaf] = weight;
    for (let node = leaf >>> 1; node >= 1; node >>>= 1) this.#add(node);
  }

  #add(node: number): void {
    this.#sums[node] = this.#sums[2 * node] + this.#sums[2 * node + 1];
  }
}

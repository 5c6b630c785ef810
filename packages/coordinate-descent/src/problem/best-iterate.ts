/** The best coefficients of a run, as a list: runs on many columns mostly have few that are not 0. */
export class BestIterate {
  /** How many coefficients are not 0. */
  size = 0;
  #indices: Int32Array = new Int32Array(64);
  #values: Float64Array = new Float64Array(64);

  /** Takes the nonzero coefficients of a list of columns, rising, that holds the support. */
  take(coefficients: Float64Array, ids: Int32Array, count: number): void {
    this.size = 0;
    for (let k = 0; k < count; k++) {
      const value = coefficients[ids[k]];
      if (value === 0) continue;
      if (this.size === this.#indices.length) this.#grow();
      this.#indices[this.size] = ids[k];
      this.#values[this.size++] = value;
    }
  }

  /** Forgets everything: all coefficients are 0. */
  clear(): void {
    this.size = 0;
  }

  /** Indices of the nonzero coefficients, rising, a copy. */
  support(): Int32Array {
    return this.#indices.slice(0, this.size);
  }

  /** Values of the nonzero coefficients, a copy. */
  values(): Float64Array {
    return this.#values.slice(0, this.size);
  }

  #grow(): void {
    const indices = new Int32Array(2 * this.size);
    const values = new Float64Array(2 * this.size);
    indices.set(this.#indices);
    values.set(this.#values);
    this.#indices = indices;
    this.#values = values;
  }
}

/**
 * A dense vector with the given nonzero entries.
 *
 * @param length - length of the vector
 * @param support - indices
 * @param values - the entries there
 * @returns a new vector
 */
export function scatter(length: number, support: Int32Array, values: Float64Array): Float64Array {
  const vector = new Float64Array(length);
  for (let k = 0; k < support.length; k++) vector[support[k]] = values[k];
  return vector;
}

/** Shows the best iterate as a dense vector that is kept up to date in place, once somebody has looked at it. */
export class DenseView {
  readonly #length: number;
  #vector: Float64Array | undefined;
  #shown: Int32Array = new Int32Array(0);
  #values: Float64Array = new Float64Array(0);

  /** @param length - length of the vector, all 0 at first */
  constructor(length: number) {
    this.#length = length;
  }

  /** The vector, on the heap; the same one every time. */
  get vector(): Float64Array {
    this.#vector ??= scatter(this.#length, this.#shown, this.#values);
    return this.#vector;
  }

  /** Replaces what is shown; entries that somebody else wrote outside the support stay. */
  show(best: BestIterate): void {
    if (this.#vector !== undefined) for (const j of this.#shown) this.#vector[j] = 0;
    this.#shown = best.support();
    this.#values = best.values();
    if (this.#vector === undefined) return;
    for (let k = 0; k < this.#values.length; k++) this.#vector[this.#shown[k]] = this.#values[k];
  }
}

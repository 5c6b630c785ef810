const FIRST_BLOCK = 1024;
const LARGEST_BLOCK = 1048576;

/**
 * A typed array that grows at its end, in blocks: nothing is moved until the whole is asked for, and what a text only
 * announces takes no memory.
 */
export class GrowingArray<T extends Float64Array | Int32Array> {
  readonly #create: (length: number) => T;
  readonly #blocks: T[] = [];
  #block: T;
  #used = 0;
  #length = 0;

  /** @param create - makes a block of a length */
  constructor(create: (length: number) => T) {
    this.#create = create;
    this.#block = create(FIRST_BLOCK);
  }

  /** How many numbers it holds. */
  get length(): number {
    return this.#length;
  }

  /** Appends a number. */
  push(value: number): void {
    if (this.#used === this.#block.length) {
      this.#blocks.push(this.#block);
      this.#block = this.#create(Math.min(LARGEST_BLOCK, 2 * this.#block.length));
      this.#used = 0;
    }
    this.#block[this.#used++] = value;
    this.#length++;
  }

  /** All numbers, in one new array. */
  toArray(): T {
    const whole = this.#create(this.#length);
    let at = 0;
    for (const block of this.#blocks) {
      whole.set(block, at);
      at += block.length;
    }
    whole.set(this.#block.subarray(0, this.#used), at);
    return whole;
  }
}

/** An empty array of doubles that grows. */
export function growingFloat64(): GrowingArray<Float64Array> {
  return new GrowingArray<Float64Array>((length) => new Float64Array(length));
}

/** An empty array of 32-bit integers that grows. */
export function growingInt32(): GrowingArray<Int32Array> {
  return new GrowingArray<Int32Array>((length) => new Int32Array(length));
}

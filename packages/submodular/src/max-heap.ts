/** Numbers of which only the largest few are added up. */
export class LargestSum {
  readonly #heap: Float64Array;
  #size = 0;

  /**
   * @param count - how many of the largest numbers count, an integer >= 0
   */
  constructor(count: number) {
    this.#heap = new Float64Array(count);
  }

  /** Takes a number into account; says whether it is among the largest positive ones so far. */
  offer(value: number): boolean {
    const heap = this.#heap;
    if (!(value > 0) || heap.length === 0) return false;
    let at: number;
    if (this.#size < heap.length) {
      at = this.#size++;
      while (at > 0 && heap[(at - 1) >> 1] > value) {
        heap[at] = heap[(at - 1) >> 1];
        at = (at - 1) >> 1;
      }
    } else {
      if (value <= heap[0]) return false;
      at = 0;
      for (let child = 1; child < heap.length; child = 2 * at + 1) {
        if (child + 1 < heap.length && heap[child + 1] < heap[child]) child++;
        if (heap[child] >= value) break;
        heap[at] = heap[child];
        at = child;
      }
    }
    heap[at] = value;
    return true;
  }

  /** The sum of the largest numbers, from the smallest of them to the largest. */
  total(): number {
    let sum = 0;
    for (const value of this.#heap.slice(0, this.#size).sort()) sum += value;
    return sum;
  }
}

/** Elements by their keys, the largest key on top, ties to the smaller element; every element can be found and moved. */
export class MaxHeap {
  /** Key of every element that is in the heap. */
  readonly keys: Float64Array;
  readonly #heap: Int32Array;
  readonly #position: Int32Array;
  #size = 0;

  /**
   * @param n - size of the ground set
   */
  constructor(n: number) {
    this.keys = new Float64Array(n);
    this.#heap = new Int32Array(n);
    this.#position = new Int32Array(n).fill(-1);
  }

  /** How many elements there are. */
  get size(): number {
    return this.#size;
  }

  /** The element on top; the heap must not be empty. */
  get top(): number {
    return this.#heap[0];
  }

  /** Whether an element of the ground set is there. */
  has(e: number): boolean {
    return this.#position[e] >= 0;
  }

  /** A copy of the elements in the order of the heap: pushing them in this order makes the same heap. */
  elements(): Int32Array {
    return this.#heap.slice(0, this.#size);
  }

  /** Adds an element that is not there. */
  push(e: number, key: number): void {
    this.keys[e] = key;
    this.#up(this.#size++, e);
  }

  /** Gives an element that is there a new key. */
  change(e: number, key: number): void {
    const larger = key > this.keys[e];
    this.keys[e] = key;
    if (larger) this.#up(this.#position[e], e);
    else this.#down(this.#position[e], e);
  }

  /** Takes out an element that is there; its key stays readable. */
  remove(e: number): void {
    const at = this.#position[e];
    this.#position[e] = -1;
    const last = this.#heap[--this.#size];
    if (last === e) return;
    if (at > 0 && this.#before(last, this.#heap[(at - 1) >> 1])) this.#up(at, last);
    else this.#down(at, last);
  }

  /** The sum of the largest positive keys. */
  sumOfLargest(count: number): number {
    const sum = new LargestSum(count);
    const open = this.#size > 0 ? [0] : [];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      // No key below a position is larger than its own.
      if (!sum.offer(this.keys[this.#heap[at]])) continue;
      for (const child of [2 * at + 2, 2 * at + 1]) if (child < this.#size) open.push(child);
    }
    return sum.total();
  }

  #before(a: number, b: number): boolean {
    return this.keys[a] > this.keys[b] || (this.keys[a] === this.keys[b] && a < b);
  }

  #up(start: number, e: number): void {
    let at = start;
    while (at > 0 && this.#before(e, this.#heap[(at - 1) >> 1])) {
      this.#put(at, this.#heap[(at - 1) >> 1]);
      at = (at - 1) >> 1;
    }
    this.#put(at, e);
  }

  #down(start: number, e: number): void {
    let at = start;
    for (let child = 2 * at + 1; child < this.#size; child = 2 * at + 1) {
      if (child + 1 < this.#size && this.#before(this.#heap[child + 1], this.#heap[child])) child++;
      if (!this.#before(this.#heap[child], e)) break;
      this.#put(at, this.#heap[child]);
      at = child;
    }
    this.#put(at, e);
  }

  #put(at: number, e: number): void {
    this.#heap[at] = e;
    this.#position[e] = at;
  }
}

/** Multiply-adds after which a run gives way: about a millisecond of work, under 5 ms on slow machines. */
export const SLICE = 2097152;

/** What a call costs beside its multiply-adds, in the same unit: columns with few entries are not free. */
export const COLUMN_OVERHEAD = 8;

/** Adds up multiply-adds and says when it is time to give way. */
export class SliceMeter {
  #spent = 0;

  /**
   * Books work that was done.
   *
   * @param cost - multiply-adds, >= 0
   * @returns whether a slice is full
   */
  full(cost: number): boolean {
    this.#spent += cost;
    if (this.#spent < SLICE) return false;
    this.#spent = 0;
    return true;
  }
}

/** Entries read or written after which a run gives way: about a millisecond of work, under 5 ms on slow machines. */
export const SLICE = 1048576;

/** Adds up work and says when it is time to give way. */
export class SliceMeter {
  #spent = 0;

  /**
   * Books work that was done.
   *
   * @param cost - entries touched, >= 0
   * @returns whether a slice is full
   */
  full(cost: number): boolean {
    this.#spent += cost;
    if (this.#spent < SLICE) return false;
    this.#spent = 0;
    return true;
  }
}

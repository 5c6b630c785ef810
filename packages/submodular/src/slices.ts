/** Additions after which a run gives way: about a millisecond of work, under 5 ms on slow machines. */
const SLICE = 1048576;

/** What a gain costs beside its additions, in the same unit. */
const GAIN_OVERHEAD = 32;

/** Adds up what gains cost and says when it is time to give way. */
export class SliceMeter {
  readonly #cost: number;
  #spent = 0;

  /**
   * @param gainCost - additions per gain; undefined when unknown, then every gain fills a slice
   */
  constructor(gainCost: number | undefined) {
    this.#cost = gainCost === undefined ? SLICE : gainCost + GAIN_OVERHEAD;
  }

  /** Books one gain; says whether a slice is full. */
  full(): boolean {
    this.#spent += this.#cost;
    if (this.#spent < SLICE) return false;
    this.#spent = 0;
    return true;
  }
}

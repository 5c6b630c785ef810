import type { Separable } from './separable.js';

/** Which variables rest where the separable part has a kink, and since when. */
export interface ActiveSet {
  /** Variables that rest at no kink: not at zero under a penalty, by themselves or as a group, not at a bound; rising. */
  readonly free: Int32Array;
  /** Iteration after which no variable came to a kink, left one or changed its sign; 0 when none ever did. */
  readonly identifiedAt: number;
  /**
   * Distance of the gradient from the nearest point at which a resting variable would leave its kink: the nondegeneracy
   * margin delta of the paper when x is the solution; Infinity when nothing rests, at most 0 when x is not optimal there.
   */
  readonly margin: number;
}

/** Follows which variables rest at a kink. */
export class ActiveSetTracker {
  /** Iteration of the last change. */
  identifiedAt = 0;
  readonly #separable: Separable;

  /** @param separable - the separable part */
  constructor(separable: Separable) {
    this.#separable = separable;
  }

  /** Notes that a block was changed, x being the whole point after it. */
  note(block: Int32Array, before: Float64Array, x: Float64Array, iteration: number): void {
    if (this.#separable.crosses(block, before, x)) this.identifiedAt = iteration;
  }

  /** The set at a point. */
  at(x: Float64Array, gradient: Float64Array): ActiveSet {
    const { free, margin } = this.#separable.activity(x, gradient);
    return { free: Int32Array.from(free), identifiedAt: this.identifiedAt, margin };
  }
}

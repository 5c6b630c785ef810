import type { Separable } from './separable.js';

/** Which variables rest where the separable part has a kink, and since when. */
export interface ActiveSet {
  /** Variables that rest at no kink: not at zero under a penalty, not at a bound; rising. */
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

  /** Notes that x_i went from one value to another. */
  note(i: number, before: number, after: number, iteration: number): void {
    const same = this.#separable.kink(i, before) === this.#separable.kink(i, after);
    // From one bound to the other is a change; so is a change of sign where there is a penalty.
    const stays = this.#separable.kink(i, after) === 0 && (this.#separable.l1[i] === 0 || before > 0 === after > 0);
    if (same && stays) return;
    this.identifiedAt = iteration;
  }

  /** The set at a point. */
  at(x: Float64Array, gradient: Float64Array): ActiveSet {
    const free: number[] = [];
    let margin = Infinity;
    for (let i = 0; i < x.length; i++) {
      if (this.#separable.kink(i, x[i]) === 0) free.push(i);
      else margin = Math.min(margin, this.#separable.margin(i, x[i], gradient[i]));
    }
    return { free: Int32Array.from(free), identifiedAt: this.identifiedAt, margin };
  }
}

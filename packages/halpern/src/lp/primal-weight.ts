import { exp, log } from '@lemmata/core';

/**
 * The weight w that balances primal and dual steps, tau / w and tau w, moved at every restart so that both parts move about
 * equally far: a controller with a proportional and a small integral part on the logarithm of the ratio of distances.
 */
export class PrimalWeight {
  /** The weight, > 0. */
  value = 1;
  #sum = 0;
  #best = 1;
  #bestImbalance = Infinity;

  /**
   * Moves the weight.
   *
   * @param primalMove - distance that x went since the restart before
   * @param dualMove - distance that y went
   * @param errorRatio - dual error over primal error
   */
  update(primalMove: number, dualMove: number, errorRatio: number): void {
    const usable = errorRatio > 1e-8 && errorRatio < 1e8;
    if (usable && Math.abs(log(errorRatio)) < this.#bestImbalance) {
      this.#bestImbalance = Math.abs(log(errorRatio));
      this.#best = this.value;
    }
    if (usable && inRange(primalMove) && inRange(dualMove)) {
      const error = log(dualMove / primalMove) - log(this.value);
      this.#sum = 0.3 * this.#sum + error;
      this.value *= exp(0.99 * error + 0.01 * this.#sum);
    } else {
      this.value = this.#best;
      this.#sum = 0;
    }
  }
}

function inRange(distance: number): boolean {
  return distance > 1e-16 && distance < 1e12;
}

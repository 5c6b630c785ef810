// Errors of a pair of points go up and down along a run. What a user gets is the best pair so far, so that is what is shown.
import type { Probe } from '@lemmata/bench';

/** Ticks when a better point was found, and otherwise when the rounds have doubled, so that a budget is kept. */
export class BestSoFar {
  readonly #probe: Probe;
  #error = Infinity;
  #round = 0;
  #shown = 0;

  constructor(probe: Probe) {
    this.#probe = probe;
  }

  /** Offers the point of a round: `keep` is called when it is the best. False when the run must end. */
  offer(error: number, keep: () => void): boolean {
    this.#round++;
    const better = error < this.#error;
    if (!better && this.#round < 2 * this.#shown) return true;
    if (better) {
      this.#error = error;
      keep();
    }
    this.#shown = this.#round;
    return this.#probe.tick();
  }
}

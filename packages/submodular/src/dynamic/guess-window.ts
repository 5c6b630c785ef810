import { log, log1p, pow } from '@lemmata/core';
import { KLevels, type LevelContext, type SavedLevels } from './k-levels.js';

/**
 * The few guesses g = (1 + epsilon)^i of the best gain that are kept up to date.
 *
 * Let delta be the largest live gain at the empty set and `low` the least i with (1 + epsilon)^(i + 1) >= delta. After
 * every update some guess b >= low is unsaturated, and b = low or its neighbour b - 1 is saturated. Then
 * OPT <= f(G_b) + g_b / 2, and g_b / 2 is at most delta / 2 in the first case and (1 + epsilon) times the gain of the
 * neighbour's solution in the second: the best solution at hand gains at least OPT / (2 + epsilon).
 */
export class GuessWindow {
  readonly #context: LevelContext;
  readonly #epsilon: number;
  readonly #hysteresis: number;
  /** Neighbouring guesses, rising. */
  #active: KLevels[] = [];
  #activations = 0;

  /**
   * @param context - what all levels share
   * @param epsilon - ratio of neighbouring guesses minus 1
   * @param hysteresis - how many guesses to keep on either side of those that are needed
   */
  constructor(context: LevelContext, epsilon: number, hysteresis: number) {
    this.#context = context;
    this.#epsilon = epsilon;
    this.#hysteresis = hysteresis;
  }

  /** The active guesses, rising. */
  get active(): readonly KLevels[] {
    return this.#active;
  }

  /** How many guesses were filled from scratch since the last call. */
  takeActivations(): number {
    const activations = this.#activations;
    this.#activations = 0;
    return activations;
  }

  /** The guess (1 + epsilon)^i. */
  guess(i: number): number {
    return pow(1 + this.#epsilon, i);
  }

  /** The least i with (1 + epsilon)^(i + 1) >= delta, delta > 0. */
  low(delta: number): number {
    let i = Math.ceil(log(delta) / log1p(this.#epsilon)) - 1;
    while (this.guess(i + 1) < delta) i++;
    while (this.guess(i) >= delta) i--;
    return i;
  }

  /** The lowest unsaturated guess; after {@link GuessWindow.settle} there is one whenever delta > 0. */
  lowestUnsaturated(): KLevels | undefined {
    return this.#active.find((levels) => !levels.saturated);
  }

  /** Forgets all guesses. */
  clear(): void {
    this.#active = [];
  }

  /** Forgets the guesses that are too low for delta to be bounded by them. */
  raise(delta: number): void {
    if (!(delta > 0)) this.clear();
    else if (this.#active.length > 0) {
      const low = this.low(delta);
      this.#active = this.#active.filter(({ index }) => index >= low);
    }
  }

  /** Fills the guesses that are needed and forgets those that are not. */
  settle(live: () => Int32Array, delta: number): void {
    this.raise(delta);
    if (!(delta > 0)) return;
    const low = this.low(delta);
    if (this.#active.length === 0) this.#active = this.#bracket(low, delta, live());
    for (;;) {
      const least = this.lowestUnsaturated();
      const top = this.#active[this.#active.length - 1];
      if (least === undefined) this.#active.push(this.#filled(top.index + 1, live()));
      else if (least === this.#active[0] && least.index > low)
        this.#active.unshift(this.#filled(least.index - 1, live()));
      else {
        const from = least.index - 1 - this.#hysteresis;
        const to = least.index + this.#hysteresis;
        this.#active = this.#active.filter(({ index }) => index >= from && index <= to);
        return;
      }
    }
  }

  /** Fills guesses as they were saved. */
  load(saved: readonly SavedLevels[]): void {
    this.#active = saved.map((levels) => {
      const filled = new KLevels(this.#context, levels.index, this.guess(levels.index));
      filled.load(levels);
      return filled;
    });
  }

  /**
   * A saturated guess and its unsaturated neighbour, or `low` if that is unsaturated, by bisection: no element has gain
   * g / (2 k) when g > 2 k delta, so such a guess is unsaturated. Guesses filled on the way stay when they are neighbours.
   */
  #bracket(low: number, delta: number, live: Int32Array): KLevels[] {
    const filled = new Map<number, KLevels>();
    const isSaturated = (index: number): boolean => {
      const levels = this.#filled(index, live);
      filled.set(index, levels);
      return levels.saturated;
    };
    let below = low;
    let above = low;
    if (isSaturated(low)) {
      above = this.low(2 * this.#context.k * delta) + 2;
      isSaturated(above);
    }
    while (above - below > 1) {
      const middle = (below + above) >> 1;
      if (isSaturated(middle)) below = middle;
      else above = middle;
    }
    while (filled.has(below - 1)) below--;
    while (filled.has(above + 1)) above++;
    return Array.from({ length: above - below + 1 }, (_, i) => filled.get(below + i) as KLevels);
  }

  #filled(index: number, live: Int32Array): KLevels {
    const levels = new KLevels(this.#context, index, this.guess(index));
    levels.build(live);
    this.#activations++;
    return levels;
  }
}

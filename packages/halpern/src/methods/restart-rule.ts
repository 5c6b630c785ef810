import type { InclusionSettings } from '../solve-inclusion-options.js';

/**
 * Decides when the anchor moves to the current point: when the certified residual has fallen to a share of what it was at
 * the anchor, or to 0.8 of it and now rises. Where the residual bounds the distance to the solutions, this turns the 1/k
 * rate into a linear one.
 */
export class RestartRule {
  /** The share, in [0, 1); 0 never. */
  readonly factor: number;
  #atAnchor = Infinity;
  #last = Infinity;

  /** @param factor - the share */
  constructor(factor: number) {
    this.factor = factor;
  }

  /** The anchor was set where this is the residual. */
  anchored(residual: number): void {
    this.#atAnchor = residual;
    this.#last = residual;
  }

  /** Whether the anchor is due at a point of this residual. */
  due(residual: number): boolean {
    if (this.factor === 0) return false;
    const turned = residual <= 0.8 * this.#atAnchor && residual > this.#last;
    this.#last = residual;
    return turned || residual <= this.factor * this.#atAnchor;
  }
}

/**
 * The share that the options of an inclusion call for.
 *
 * @param settings - options with defaults applied
 * @returns the share, in [0, 1)
 */
export function restartFactorOf(settings: InclusionSettings): number {
  return settings.restartFactor ?? (settings.schedule === 'paper' ? 0 : 0.5);
}

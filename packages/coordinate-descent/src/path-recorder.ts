import type { Status } from '@lemmata/core';
import type { SparseMatrix } from '@lemmata/linalg';
import type { BestIterate } from './problem/best-iterate.js';

/** The fits of a path, column by column. */
export interface PathColumns {
  /** Penalty weights that were finished, strictly falling. */
  readonly lambdas: Float64Array;
  /** Coefficients, CSC of shape (n, lambdas finished): column t belongs to `lambdas[t]`. */
  readonly coefficients: SparseMatrix;
  /** Intercept at each lambda. */
  readonly intercepts: Float64Array;
  /** Objective per sample at each lambda. */
  readonly objectives: Float64Array;
  /** Duality gap per sample at each lambda, >= 0, of the full problem. */
  readonly gaps: Float64Array;
  /** Gap relative to the objective at zero coefficients, at each lambda; unitless. */
  readonly relativeGaps: Float64Array;
  /**
   * Share of the loss at zero coefficients, with the fitted intercept, that the fit at each lambda takes away: R squared for
   * least squares; in [0, 1] but for rounding.
   */
  readonly devianceRatios: Float64Array;
  /** How the fit at each lambda ended. */
  readonly statuses: readonly Status[];
  /** Outer iterations of the fit at each lambda. */
  readonly fitIterations: Int32Array;
}

/** The numbers of one finished lambda. */
export interface PathEntry {
  readonly lambda: number;
  readonly intercept: number;
  readonly objective: number;
  readonly gap: number;
  readonly relativeGap: number;
  readonly devianceRatio: number;
  readonly status: Status;
  readonly iterations: number;
}

/** Collects finished lambdas. */
export class PathRecorder {
  readonly #cols: number;
  readonly #entries: PathEntry[] = [];
  readonly #indptr: number[] = [0];
  readonly #indices: number[] = [];
  readonly #data: number[] = [];

  /** @param cols - number of coefficients */
  constructor(cols: number) {
    this.#cols = cols;
  }

  /** Keeps a finished lambda. */
  add(entry: PathEntry, best: BestIterate): void {
    this.#entries.push(entry);
    for (const j of best.support()) this.#indices.push(j);
    for (const value of best.values()) this.#data.push(value);
    this.#indptr.push(this.#indices.length);
  }

  /** The first status that is not `converged`, or `converged`. */
  status(): Status {
    return this.#entries.find((entry) => entry.status !== 'converged')?.status ?? 'converged';
  }

  /** Everything kept, in fresh arrays. */
  columns(): PathColumns {
    const entries = this.#entries;
    return {
      lambdas: Float64Array.from(entries, (entry) => entry.lambda),
      coefficients: {
        layout: 'csc',
        rows: this.#cols,
        cols: entries.length,
        indptr: Int32Array.from(this.#indptr),
        indices: Int32Array.from(this.#indices),
        data: Float64Array.from(this.#data),
      },
      intercepts: Float64Array.from(entries, (entry) => entry.intercept),
      objectives: Float64Array.from(entries, (entry) => entry.objective),
      gaps: Float64Array.from(entries, (entry) => entry.gap),
      relativeGaps: Float64Array.from(entries, (entry) => entry.relativeGap),
      devianceRatios: Float64Array.from(entries, (entry) => entry.devianceRatio),
      statuses: entries.map((entry) => entry.status),
      fitIterations: Int32Array.from(entries, (entry) => entry.iterations),
    };
  }
}

import type { RandomStreamSnapshot } from '@lemmata/core';
import type { ContextRange } from './tuner.js';

/** What `SmoothThompson` accepts. */
export interface SmoothThompsonOptions {
  /** The parameters to choose from, rising; default 1, 1.05, ..., 1.95. */
  readonly parameters?: ArrayLike<number>;
  /** The range of the contexts; default: no contexts. */
  readonly context?: ContextRange;
  /** Equal bins into which the range is cut, an integer in [1, 64]; default 16, without contexts 1. */
  readonly bins?: number;
  /** Variance of log(1 + cost) within a cell, > 0; default 0.03, without contexts 0.1. */
  readonly noise?: number;
  /** Seed of the draws; default 0. */
  readonly seed?: number | string;
}

/** What a `SmoothThompson` believes about log(1 + cost) less that of the first cost, in the order of the grid. */
export interface SmoothThompsonPosterior {
  /** Expected values, unitless, length d. */
  readonly mean: Float64Array;
  /** Standard deviations, unitless, >= 0, length d. */
  readonly deviation: Float64Array;
}

/** The state of a `SmoothThompson` as plain data. */
export interface SmoothThompsonSnapshot {
  /** Always `'lemmata/smooth-thompson'`. */
  readonly format: 'lemmata/smooth-thompson';
  /** Version of the form, 1. */
  readonly version: 1;
  /** The grid, rising. */
  readonly parameters: readonly number[];
  /** The range of the contexts, or null without. */
  readonly context: ContextRange | null;
  /** Number of bins. */
  readonly bins: number;
  /** Variance of log(1 + cost) within a cell. */
  readonly noise: number;
  /** log(1 + cost) of the first cost, or null before it. */
  readonly origin: number | null;
  /** Posterior means, one for each cell, bin by bin. */
  readonly mean: readonly number[];
  /** Lower triangle of the posterior covariance, row by row. */
  readonly covariance: readonly number[];
  /** Costs learnt from, an integer >= 0. */
  readonly rounds: number;
  /** Number of the next question, an integer >= 0. */
  readonly next: number;
  /** Cells of the open questions by number. */
  readonly open: readonly (readonly [number, number])[];
  /** Position of the random stream. */
  readonly stream: RandomStreamSnapshot;
}

import type { RandomStreamSnapshot } from '@lemmata/core';
import type { ContextRange } from './tuner.js';

/** What `ChebCb` accepts. */
export interface ChebCbOptions {
  /** The range of the contexts. */
  readonly context: ContextRange;
  /** The parameters to choose from, rising; default 1, 1.05, ..., 1.95. */
  readonly parameters?: ArrayLike<number>;
  /** Chebyshev polynomials by which a cost depends on the context, an integer in [1, 16]; default 6. */
  readonly features?: number;
  /** Seed of the draws; default 0. */
  readonly seed?: number | string;
}

/** What a question leaves to learn from. */
export interface ChebCbNote {
  /** Position of the parameter in the grid, an integer >= 0. */
  readonly arm: number;
  /** Chebyshev polynomials at the context, each in [-1, 1]. */
  readonly features: readonly number[];
  /** Cost as predicted, in units of the scale. */
  readonly prediction: number;
}

/** What is known about one parameter. */
export interface ChebCbArm {
  /** Sums of products of features, m rows of length m. */
  readonly gram: readonly (readonly number[])[];
  /** Sums of feature times cost, length m. */
  readonly moments: readonly number[];
  /** Sum of squared costs, >= 0. */
  readonly squares: number;
  /** Coefficients of the predicted cost in units of the scale, length m. */
  readonly coefficients: readonly number[];
}

/** The state of a `ChebCb` as plain data. */
export interface ChebCbSnapshot {
  /** Always `'lemmata/cheb-cb'`. */
  readonly format: 'lemmata/cheb-cb';
  /** Version of the form, 1. */
  readonly version: 1;
  /** The grid, rising. */
  readonly parameters: readonly number[];
  /** The range of the contexts. */
  readonly context: ContextRange;
  /** Number of features m. */
  readonly features: number;
  /** What is known about each parameter. */
  readonly arms: readonly ChebCbArm[];
  /** Largest cost so far, >= 0. */
  readonly largest: number;
  /** Sums over the rounds of prediction^2, prediction * cost and cost^2. */
  readonly sums: readonly [number, number, number];
  /** Residual sum of the latest fit, >= 0. */
  readonly fitted: number;
  /** Costs learnt from, an integer >= 0. */
  readonly rounds: number;
  /** Number of the next question, an integer >= 0. */
  readonly next: number;
  /** Open questions by number. */
  readonly open: readonly (readonly [number, ChebCbNote])[];
  /** Position of the random stream. */
  readonly stream: RandomStreamSnapshot;
}

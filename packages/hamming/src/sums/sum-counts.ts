import type { ExactnessCertificate } from '../certificates/rounding-bound.js';

/** What counting sums costs, in operations. */
export interface SumCounts {
  /** Numbers that went through Fourier transforms. */
  readonly transformPoints: number;
  /** Numbers that went through number-theoretic transforms. */
  readonly modularPoints: number;
  /** Pairs that were taken singly. */
  readonly pairs: number;
}

/** What results of exact sums have in common. */
export interface ExactSums {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /** What it cost, in operations. */
  readonly counts: SumCounts;
  /** Why the answer is exact. */
  readonly certificate: ExactnessCertificate;
  /** What the caller should know; empty for exact sums. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

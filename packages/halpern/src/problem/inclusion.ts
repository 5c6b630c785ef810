/**
 * A single-valued operator F = (1/n) sum of F_i on vectors of length `dimension`.
 *
 * Every function overwrites `out` (`addDifference` adds to it), reads its other arrays only, and keeps none of them.
 */
export interface FiniteSumOperator {
  /** Length d of the vectors, an integer >= 1. */
  readonly dimension: number;
  /** Number n of components, an integer >= 1; default 1, where F is its own component. */
  readonly components?: number;
  /** Cost of `full` in component evaluations, >= 1; default n. */
  readonly fullCost?: number;
  /** out = F(z). */
  full(z: Float64Array, out: Float64Array): void;
  /** out = F_i(z), i in 0 .. n - 1. */
  component?(i: number, z: Float64Array, out: Float64Array): void;
  /** out += weight (F_i(z) - F_i(other)), i in 0 .. n - 1; worth giving where a component touches few entries. */
  addDifference?(i: number, z: Float64Array, other: Float64Array, weight: number, out: Float64Array): void;
  /** Probability q_i with which component i is drawn, length n, >= 0, sum 1; default 1/n each. */
  readonly probabilities?: ArrayLike<number>;
  /** L_F > 0 with |F(u) - F(v)| <= L_F |u - v|. */
  readonly lipschitz?: number;
  /** L_Q > 0 with E |F_i(u) - F_i(v)|^2 / (n q_i)^2 <= L_Q^2 |u - v|^2 for i drawn with probabilities q. */
  readonly averageLipschitz?: number;
  /** L > 0 with (F(u) - F(v)) . (u - v) >= (1/L) E |F_i(u) - F_i(v)|^2 / (n q_i)^2; leave out where there is none. */
  readonly cocoercive?: number;
}

/** The resolvent of a maximally monotone G: a projection when G is a normal cone, a prox when it is a subdifferential. */
export interface Resolvent {
  /** out = (I + step G)^-1 (w), for vectors of length d and step > 0; reads w only. */
  resolve(w: Float64Array, step: number, out: Float64Array): void;
}

/** The problem: find z with 0 in F(z) + G(z). */
export interface Inclusion {
  /** F, monotone on the whole. */
  readonly operator: FiniteSumOperator;
  /** The resolvent of G; left out, G = 0. */
  readonly resolvent?: Resolvent;
}

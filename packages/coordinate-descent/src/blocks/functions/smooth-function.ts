/**
 * A function to be minimised over blocks of its variables: convex or not, with a gradient that is Lipschitz along every
 * coordinate. Those of this package are made by `leastSquares`, `logistic`, `softmax`, `huber`, `squaredHinge` and `quadratic`; any
 * object of this form will do.
 */
export interface SmoothFunction {
  /** Number of variables n, an integer >= 1. */
  readonly dimension: number;
  /**
   * L_i with f(x + t e_i) <= f(x) + t (gradient of f)_i + L_i t^2 / 2 for all x and t, length n, >= 0; an L_i of 0 says
   * that f does not depend on x_i.
   */
  readonly lipschitz: ArrayLike<number>;
  /**
   * M_i that bound the third derivative of f along every coordinate everywhere, length n, >= 0. Without them, or without
   * `blockHessian`, the rule GSC is not to be had.
   */
  readonly thirdOrder?: ArrayLike<number>;
  /** f(x), for x of length n, which is only read. */
  value(x: Float64Array): number;
  /** Writes the gradient of f at x to `out`, both of length n. */
  gradient(x: Float64Array, out: Float64Array): void;
  /**
   * Writes a symmetric H_b with f(x + d) <= f(x) + gradient . d + d' H_b d / 2 for all x and all d on the block to `out`,
   * row by row; `block` is rising. Without it the matrix update and the rule GSQ are not to be had.
   */
  blockBound?(block: Int32Array, out: Float64Array): void;
  /** Writes the block of the Hessian at x to `out`, row by row. Without it the Newton updates are not to be had. */
  blockHessian?(x: Float64Array, block: Int32Array, out: Float64Array): void;
}

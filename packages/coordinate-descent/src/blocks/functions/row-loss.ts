import { exp, log, log1p } from '@lemmata/core';

/** A loss of one row: a convex function of the linear form z and the target y. */
export interface RowLoss {
  /** Its name. */
  readonly kind: 'least-squares' | 'logistic' | 'huber' | 'squared-hinge';
  /** Largest second derivative in z. */
  readonly curvature: number;
  /** Largest third derivative in z; undefined where there is none everywhere. */
  readonly third: number | undefined;
  /** The loss. */
  value(z: number, y: number): number;
  /** Its derivative in z. */
  slope(z: number, y: number): number;
  /** Its second derivative in z, from the right where there are two. */
  second(z: number, y: number): number;
  /** -conjugate(-u): what the row adds to the dual value for u = -share slope, 0 <= share <= 1. */
  dual(u: number, y: number): number;
  /** The share in [0, 1] at which the sum of dual values is largest when nothing else limits it. */
  bestShare(residualTarget: number, residualSquare: number): number;
}

/** Where a parabola share a - share^2 b / 2 is largest within [0, 1]. */
function vertex(a: number, b: number): number {
  return b > 0 ? Math.max(0, Math.min(1, a / b)) : 1;
}

/** (z - y)^2 / 2. */
export const leastSquaresLoss: RowLoss = Object.freeze({
  kind: 'least-squares',
  curvature: 1,
  third: 0,
  value: (z: number, y: number) => ((z - y) * (z - y)) / 2,
  slope: (z: number, y: number) => z - y,
  second: () => 1,
  dual: (u: number, y: number) => u * y - (u * u) / 2,
  bestShare: vertex,
});

/** log(1 + exp(-y z)), y = 1 or -1. */
export const logisticLoss: RowLoss = Object.freeze({
  kind: 'logistic',
  curvature: 0.25,
  // p (1 - p) (1 - 2 p) is largest where 6 p (1 - p) = 1.
  third: 1 / (6 * Math.sqrt(3)),
  value: (z: number, y: number) => Math.max(0, -y * z) + log1p(exp(-Math.abs(z))),
  slope: (z: number, y: number) => {
    const e = exp(-Math.abs(z));
    return -y * (y * z > 0 ? e / (1 + e) : 1 / (1 + e));
  },
  second: (z: number) => {
    const e = exp(-Math.abs(z));
    return e / ((1 + e) * (1 + e));
  },
  dual: (u: number, y: number) => {
    const p = u * y;
    return p > 0 && p < 1 ? -p * log(p) - (1 - p) * log1p(-p) : p === 0 || p === 1 ? 0 : -Infinity;
  },
  bestShare: () => 1,
});

/** (z - y)^2 / 2 up to a distance of delta, and its tangents beyond. */
export function huberLoss(delta: number): RowLoss {
  return Object.freeze({
    kind: 'huber',
    curvature: 1,
    third: undefined,
    value: (z: number, y: number) => {
      const size = Math.abs(z - y);
      return size <= delta ? (size * size) / 2 : delta * (size - delta / 2);
    },
    slope: (z: number, y: number) => Math.max(-delta, Math.min(delta, z - y)),
    second: (z: number, y: number) => (Math.abs(z - y) <= delta ? 1 : 0),
    dual: (u: number, y: number) => u * y - (u * u) / 2,
    bestShare: vertex,
  });
}

/** max(0, 1 - y z)^2 / 2, y = 1 or -1. */
export const squaredHingeLoss: RowLoss = Object.freeze({
  kind: 'squared-hinge',
  curvature: 1,
  third: undefined,
  value: (z: number, y: number) => {
    const short = Math.max(0, 1 - y * z);
    return (short * short) / 2;
  },
  slope: (z: number, y: number) => -y * Math.max(0, 1 - y * z),
  second: (z: number, y: number) => (y * z < 1 ? 1 : 0),
  dual: (u: number, y: number) => u * y - (u * u) / 2,
  bestShare: vertex,
});

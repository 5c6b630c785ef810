import { randomStream } from '@lemmata/core';
import { randomRows, randomVector, solveLinearSystem } from '@lemmata/testing';
import { boxResolvent, type Inclusion } from '../src/index.js';

/** F_i(z) = M_i z - q_i with all that a test wants to know of it. */
export interface AffineProblem {
  readonly inclusion: Inclusion;
  /** The mean of the M_i, as rows. */
  readonly matrix: number[][];
  /** The mean of the q_i. */
  readonly offset: number[];
  /** F is strongly monotone with this constant. */
  readonly mu: number;
  /** The zero of F, by elimination. */
  readonly zero: Float64Array;
}

export interface AffineShape {
  readonly n: number;
  readonly d: number;
  readonly mu: number;
  /** Size of skew-symmetric parts; 0 gives gradients of convex functions. */
  readonly skew?: number;
  /** Half the side of a box around 0 to stay in. */
  readonly box?: number;
}

/** M_i = a_i a_i' + mu I + skew part: monotone one by one, and with skew 0 cocoercive with max |a_i|^2 + mu. */
export function affineProblem(seed: string, shape: AffineShape): AffineProblem {
  const { n, d, mu, skew = 0, box } = shape;
  const stream = randomStream(seed);
  const uniform = () => stream.uniform();
  const matrices: number[][][] = [];
  const offsets: Float64Array[] = [];
  let cocoercive = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const a = randomVector(uniform, d);
    const s = randomRows(uniform, d, d);
    const M = Array.from({ length: d }, (_, r) =>
      Array.from({ length: d }, (_, c) => a[r] * a[c] + (r === c ? mu : 0) + skew * (s[r][c] - s[c][r])),
    );
    matrices.push(M);
    offsets.push(randomVector(uniform, d));
    cocoercive = Math.max(cocoercive, a.reduce((sum, v) => sum + v * v, 0) + mu);
    for (const row of M) for (const value of row) squares += (value * value) / n;
  }
  const matrix = Array.from({ length: d }, (_, r) =>
    Array.from({ length: d }, (_, c) => matrices.reduce((sum, M) => sum + M[r][c] / n, 0)),
  );
  const offset = Array.from({ length: d }, (_, r) => offsets.reduce((sum, q) => sum + q[r] / n, 0));
  const apply = (M: readonly ArrayLike<number>[], q: ArrayLike<number>, z: Float64Array, out: Float64Array): void => {
    for (let r = 0; r < d; r++) {
      let sum = -q[r];
      for (let c = 0; c < d; c++) sum += M[r][c] * z[c];
      out[r] = sum;
    }
  };
  // The Frobenius norm bounds the 2-norm, and so it does for the root mean square over the components.
  const lipschitz = Math.sqrt(matrix.flat().reduce((sum, value) => sum + value * value, 0));
  const operator = {
    dimension: d,
    components: n,
    full: (z: Float64Array, out: Float64Array) => apply(matrix, offset, z, out),
    component: (i: number, z: Float64Array, out: Float64Array) => apply(matrices[i], offsets[i], z, out),
    lipschitz,
    averageLipschitz: Math.sqrt(squares),
    ...(skew === 0 ? { cocoercive } : {}),
  };
  const bounds = new Float64Array(d).fill(box ?? 0);
  const inclusion =
    box === undefined
      ? { operator }
      : {
          operator,
          resolvent: boxResolvent(
            bounds.map((value) => -value),
            bounds,
          ),
        };
  const solved = mu === 0 && n < d ? undefined : solveLinearSystem(matrix, offset);
  return { inclusion, matrix, offset, mu, zero: Float64Array.from(solved ?? []) };
}

/** The solution of M z - q + N(z) containing 0, N the normal cone of the box [-side, side]^d, by trying all active sets. */
export function boxSolution(matrix: number[][], offset: number[], side: number): Float64Array {
  const d = offset.length;
  // Elimination in d <= 6 dimensions loses a few digits at most; a wrong active set is off by far more.
  const slack = 1e-9;
  for (let code = 0; code < 3 ** d; code++) {
    const kind = Array.from({ length: d }, (_, i) => Math.floor(code / 3 ** i) % 3);
    const rows = matrix.map((row, i) => (kind[i] === 0 ? row : row.map((_, j) => (i === j ? 1 : 0))));
    const right = offset.map((q, i) => (kind[i] === 0 ? q : kind[i] === 1 ? side : -side));
    const z = solveLinearSystem(rows, right);
    if (z === undefined) continue;
    const fits = z.every((value, i) => {
      const force = matrix[i].reduce((sum, m, j) => sum + m * z[j], -offset[i]);
      if (kind[i] === 0) return Math.abs(value) <= side + slack;
      return kind[i] === 1 ? force <= slack : force >= -slack;
    });
    if (fits) return Float64Array.from(z);
  }
  throw new Error('no active set fits');
}

export function distance(u: ArrayLike<number>, v: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < u.length; j++) sum += (u[j] - v[j]) * (u[j] - v[j]);
  return Math.sqrt(sum);
}

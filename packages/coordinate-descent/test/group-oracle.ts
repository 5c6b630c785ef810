// The mixed norm of groups, by its definition: shares no code with the package.

/** The mixed norm lambda (l1Share |w|_1 + (1 - l1Share) sum over groups of weight |w_g|). */
export interface MixedNorm {
  readonly lambda: number;
  readonly l1Share: number;
  readonly weights: readonly number[];
}

type Groups = readonly (readonly number[])[];

/** The soft threshold of a number. */
export const soft = (v: number, t: number): number => Math.sign(v) * Math.max(0, Math.abs(v) - t);

/** The norm itself. */
export function mixedNorm(w: ArrayLike<number>, groups: Groups, { lambda, l1Share, weights }: MixedNorm): number {
  const sizes = Array.from(w).reduce((sum, v) => sum + Math.abs(v), 0);
  const norms = groups.reduce((sum, ids, g) => sum + weights[g] * Math.hypot(...ids.map((j) => w[j])), 0);
  return lambda * (l1Share * sizes + (1 - l1Share) * norms);
}

/** The proximal point of `step` times the norm: entries are thresholded, then groups. What is in no group stays. */
export function mixedProximal(point: readonly number[], groups: Groups, step: number, norm: MixedNorm): number[] {
  const next = point.slice();
  groups.forEach((ids, g) => {
    const v = ids.map((j) => soft(point[j], step * norm.lambda * norm.l1Share));
    const size = Math.hypot(...v);
    const t = step * norm.lambda * (1 - norm.l1Share) * norm.weights[g];
    ids.forEach((j, s) => {
      next[j] = size > t ? v[s] * (1 - t / size) : 0;
    });
  });
  return next;
}

/** How far X'u is, in the group where it is farthest, beyond the dual ball of the norm; at most 0 inside it. */
export function dualExcess(rows: number[][], u: Float64Array, groups: Groups, norm: MixedNorm): number {
  return groups.reduce((most, ids, g) => {
    const products = ids.map((j) => rows.reduce((sum, row, i) => sum + row[j] * u[i], 0));
    const size = Math.hypot(...products.map((c) => soft(c, norm.lambda * norm.l1Share)));
    return Math.max(most, size - norm.lambda * (1 - norm.l1Share) * norm.weights[g]);
  }, -Infinity);
}

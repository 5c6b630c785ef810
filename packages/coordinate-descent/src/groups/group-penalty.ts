import type { ColumnGroups } from './column-groups.js';
import { sparseGroupDualNorm } from './sparse-group-norm.js';

/**
 * The penalty sum_g t_g |W_g| + mu / 2 |W|^2 of coefficients with k outputs, W_g being the entries of all columns of group
 * g, and |W_g| their Euclidean norm, or the sum of their sizes when it goes entry by entry; t_g is the threshold times the
 * weight of the group. Entry (j, c) is at j k + c.
 *
 * With a share alpha of the L1 norm, for one output, it is threshold (alpha |w|_1 + (1 - alpha) sum_g norm_g |w_g|). The dual
 * norm of a group is then that of |.| = alpha |.|_1 + (1 - alpha) norm_g |.|_2, which is no smaller than
 * alpha + (1 - alpha) norm_g times the Euclidean norm: times that factor, the weight of the group, the dual norm is at most
 * the Euclidean one, and what bounds products bounds it too.
 */
export class GroupPenalty {
  /** Common factor of all t_g, >= 0. */
  threshold = 0;
  /** mu, >= 0. */
  ridge = 0;
  /** The groups. */
  readonly groups: ColumnGroups;
  /** Weight of each group, >= 0; 0 for groups without any penalty. */
  readonly weights: Float64Array;
  /** Factor of each group's Euclidean norm, >= 0. */
  readonly norms: Float64Array;
  /** Share alpha of the L1 norm, in [0, 1]. */
  readonly l1Share: number;
  /** The columns of groups without any penalty. */
  readonly freeColumns: Int32Array;
  /** Number of outputs k. */
  readonly outputs: number;
  /** Whether the sizes of single entries are added up. */
  readonly entrywise: boolean;

  /**
   * @param groups - the groups
   * @param norms - factor of the norm of each, >= 0
   * @param outputs - number of outputs
   * @param entrywise - whether the sizes of single entries are added up
   * @param l1Share - share of the L1 norm, in [0, 1]; 0 when left out
   */
  constructor(groups: ColumnGroups, norms: Float64Array, outputs: number, entrywise: boolean, l1Share = 0) {
    this.groups = groups;
    this.norms = norms;
    this.weights = l1Share === 0 ? norms : norms.map((norm) => l1Share + (1 - l1Share) * norm);
    this.outputs = outputs;
    this.entrywise = entrywise;
    this.l1Share = l1Share;
    const { count, starts, members } = groups;
    const free: number[] = [];
    for (let g = 0; g < count; g++) {
      if (this.isFree(g)) for (let s = starts[g]; s < starts[g + 1]; s++) free.push(members[s]);
    }
    this.freeColumns = Int32Array.from(free);
  }

  /** Whether group g has no penalty, whatever the threshold. */
  isFree(g: number): boolean {
    return this.weights[g] === 0;
  }

  /** t_g: what the dual norm of a group, in the units of `reach`, may come up to. */
  level(g: number): number {
    return this.threshold * this.weights[g];
  }

  /** The factor of the Euclidean norm of group g. */
  normLevel(g: number): number {
    return this.threshold * (1 - this.l1Share) * this.norms[g];
  }

  /** The factor of the L1 norm beside it. */
  get entryLevel(): number {
    return this.threshold * this.l1Share;
  }

  /** The penalty of group g of W. */
  value(g: number, W: Float64Array): number {
    const { outputs: k, ridge } = this;
    const { starts, members } = this.groups;
    let square = 0;
    let sum = 0;
    for (let s = starts[g]; s < starts[g + 1]; s++) {
      for (let e = members[s] * k; e < (members[s] + 1) * k; e++) {
        square += W[e] * W[e];
        sum += Math.abs(W[e]);
      }
    }
    if (this.l1Share > 0) return this.entryLevel * sum + this.normLevel(g) * Math.sqrt(square);
    return this.level(g) * (this.entrywise ? sum : Math.sqrt(square)) + (ridge * square) / 2;
  }

  /** The dual norm of group g of C - mu W: the Euclidean norm, or the largest size; never above the Euclidean norm. */
  reach(g: number, C: Float64Array, W: Float64Array, mu: number): number {
    const { outputs: k } = this;
    const { starts, members } = this.groups;
    if (this.l1Share > 0)
      return this.mixedReach(
        g,
        Float64Array.from(members.subarray(starts[g], starts[g + 1]), (j) => C[j]),
      );
    let square = 0;
    let largest = 0;
    for (let s = starts[g]; s < starts[g + 1]; s++) {
      for (let e = members[s] * k; e < (members[s] + 1) * k; e++) {
        const value = Math.abs(mu === 0 ? C[e] : C[e] - mu * W[e]);
        square += value * value;
        // Not "value > largest": NaN is the largest.
        if (!(value <= largest)) largest = value;
      }
    }
    return this.entrywise ? largest : Math.sqrt(square);
  }

  /** The dual norm of group g with a share of the L1 norm, of products c of its columns alone. */
  mixedReach(g: number, c: Float64Array): number {
    const { l1Share, norms, weights } = this;
    const shares = new Float64Array(c.length).fill(l1Share);
    return weights[g] * sparseGroupDualNorm(c, shares, (1 - l1Share) * norms[g]);
  }

  /** The conjugate at group g of s C, for mu > 0: the square of what exceeds t_g, over 2 mu. */
  conjugate(g: number, C: Float64Array, s: number): number {
    const { outputs: k, ridge } = this;
    const level = this.level(g);
    if (!this.entrywise) {
      const over = Math.max(0, s * this.reach(g, C, C, 0) - level);
      return (over * over) / (2 * ridge);
    }
    const { starts, members } = this.groups;
    let sum = 0;
    for (let p = starts[g]; p < starts[g + 1]; p++) {
      for (let e = members[p] * k; e < (members[p] + 1) * k; e++) {
        const over = Math.max(0, s * Math.abs(C[e]) - level);
        sum += over * over;
      }
    }
    return sum / (2 * ridge);
  }
}

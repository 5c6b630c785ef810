import type { ColumnGroups } from './column-groups.js';

/**
 * The penalty sum_g t_g |W_g| + mu / 2 |W|^2 of coefficients with k outputs, W_g being the entries of all columns of group
 * g, and |W_g| their Euclidean norm, or the sum of their sizes when it goes entry by entry; t_g is the threshold times the
 * weight of the group. Entry (j, c) is at j k + c.
 */
export class GroupPenalty {
  /** Common factor of all t_g, >= 0. */
  threshold = 0;
  /** mu, >= 0. */
  ridge = 0;
  /** The groups. */
  readonly groups: ColumnGroups;
  /** Weight of each group, > 0. */
  readonly weights: Float64Array;
  /** Number of outputs k. */
  readonly outputs: number;
  /** Whether the sizes of single entries are added up. */
  readonly entrywise: boolean;

  /**
   * @param groups - the groups
   * @param weights - weight of each, > 0
   * @param outputs - number of outputs
   * @param entrywise - whether the sizes of single entries are added up
   */
  constructor(groups: ColumnGroups, weights: Float64Array, outputs: number, entrywise: boolean) {
    this.groups = groups;
    this.weights = weights;
    this.outputs = outputs;
    this.entrywise = entrywise;
  }

  /** t_g. */
  level(g: number): number {
    return this.threshold * this.weights[g];
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
    return this.level(g) * (this.entrywise ? sum : Math.sqrt(square)) + (ridge * square) / 2;
  }

  /** The dual norm of group g of C - mu W: the Euclidean norm, or the largest size. */
  reach(g: number, C: Float64Array, W: Float64Array, mu: number): number {
    const { outputs: k } = this;
    const { starts, members } = this.groups;
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

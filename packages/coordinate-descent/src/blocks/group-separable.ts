import { shrinkBlock } from '../groups/block-prox.js';
import type { ColumnGroups } from '../groups/column-groups.js';
import { sparseGroupDualNorm } from '../groups/sparse-group-norm.js';
import { type BlockVectors, Separable } from './separable.js';

/** A group of a block and the places of its variables there. */
export interface BlockPart {
  readonly group: number;
  readonly places: Int32Array;
}

/**
 * The penalty sum_i t_i |x_i| + sum_g s_g |x_g| with the Euclidean norms of groups of variables, each variable in one of them.
 *
 * Blocks are made of whole groups: within one, the prox with diagonal curvatures d is the soft threshold by t followed by
 * the block soft threshold by s, since x_i (d_i + s / |x|) is what the first leaves of u_i.
 */
export class GroupSeparable extends Separable {
  /** s_g >= 0. */
  readonly levels: Float64Array;
  readonly #groups: ColumnGroups;
  /** Place of each variable in the block looked at. */
  readonly #place: Int32Array;
  /** One byte a group: 1 where some t_i > 0. */
  readonly #mixed: Uint8Array;

  /**
   * @param l1 - t, length n
   * @param groups - the groups
   * @param levels - s
   */
  constructor(l1: Float64Array, groups: ColumnGroups, levels: Float64Array) {
    super(l1, new Float64Array(l1.length).fill(-Infinity), new Float64Array(l1.length).fill(Infinity), groups);
    this.levels = levels;
    this.#groups = groups;
    this.#place = new Int32Array(l1.length);
    this.#mixed = new Uint8Array(groups.count);
    for (let i = 0; i < l1.length; i++) if (l1[i] > 0) this.#mixed[this.units.of[i]] = 1;
  }

  /** Whether variables of the group have L1 penalties. */
  isMixed(group: number): boolean {
    return this.#mixed[group] === 1;
  }

  /** The groups of a block that is made of whole ones. */
  partsOf(block: Int32Array): BlockPart[] {
    const { starts, members } = this.#groups;
    for (let k = 0; k < block.length; k++) this.#place[block[k]] = k;
    const parts: BlockPart[] = [];
    for (const i of block) {
      const group = this.units.of[i];
      if (members[starts[group]] !== i) continue;
      parts.push({ group, places: members.subarray(starts[group], starts[group + 1]).map((j) => this.#place[j]) });
    }
    return parts;
  }

  /**
   * Minimises sum_i (d_i / 2 v_i^2 - u_i v_i + t_i |v_i|) + s |v| over a group.
   *
   * @param group - the group
   * @param u - linear terms; overwritten by the minimiser
   * @param d - curvatures, > 0
   */
  shrink(group: number, u: Float64Array, d: Float64Array): void {
    if (this.isMixed(group)) this.#soften(group, u);
    shrinkBlock(u, d, this.levels[group]);
  }

  override value(x: Float64Array): number {
    let sum = super.value(x);
    const { count, starts, members } = this.#groups;
    for (let g = 0; g < count; g++) {
      let square = 0;
      for (let s = starts[g]; s < starts[g + 1]; s++) square += x[members[s]] * x[members[s]];
      sum += this.levels[g] * Math.sqrt(square);
    }
    return sum;
  }

  override penalises(i: number): boolean {
    return this.l1[i] > 0 || this.levels[this.units.of[i]] > 0;
  }

  override proxStep(block: Int32Array, { g, from, target }: BlockVectors, scale: (k: number) => number): void {
    for (const { group, places } of this.partsOf(block)) {
      const d = Float64Array.from(places, scale);
      const u = Float64Array.from(places, (k, a) => d[a] * from[k] - g[k]);
      this.shrink(group, u, d);
      places.forEach((k, a) => {
        target[k] = u[a];
      });
    }
  }

  override predictedChange(block: Int32Array, { g, from, target }: BlockVectors): number {
    let sum = this.blockChange(block, from, target);
    for (let k = 0; k < block.length; k++) sum += g[k] * (target[k] - from[k]);
    return sum;
  }

  override blockChange(block: Int32Array, from: Float64Array, to: Float64Array): number {
    let sum = super.blockChange(block, from, to);
    for (const { group, places } of this.partsOf(block)) {
      let [before, after, difference] = [0, 0, 0];
      for (const k of places) {
        before += from[k] * from[k];
        after += to[k] * to[k];
        difference += (to[k] - from[k]) * (to[k] + from[k]);
      }
      // |to| - |from| without the rounding of large values whose difference is small.
      if (difference !== 0) sum += (this.levels[group] * difference) / (Math.sqrt(before) + Math.sqrt(after));
    }
    return sum;
  }

  override changeAlong(block: Int32Array, { from, target }: BlockVectors, step: number): number {
    const to = Float64Array.from(block, (_, k) => (step === 1 ? target[k] : from[k] + step * (target[k] - from[k])));
    return this.blockChange(block, from, to);
  }

  /** The least subgradient on a group: 0 where x_g is optimal. */
  leastSubgradient(group: number, x: Float64Array, g: Float64Array): Float64Array {
    const size = norm(x);
    const level = this.levels[group];
    const out = g.slice();
    const { starts, members } = this.#groups;
    for (let a = 0; a < x.length; a++) {
      const i = members[starts[group] + a];
      if (size > 0) out[a] += (level * x[a]) / size;
      out[a] = super.slope(i, x[a], out[a]);
    }
    if (size === 0) shrinkBlock(out, new Float64Array(out.length).fill(1), level);
    return out;
  }

  override largestSlope(block: Int32Array, x: Float64Array, g: Float64Array): number {
    let most = 0;
    for (const { group, places } of this.partsOf(block)) {
      const [own, slopes] = [x, g].map((values) => Float64Array.from(places, (k) => values[k]));
      for (const value of this.leastSubgradient(group, own, slopes)) most = Math.max(most, Math.abs(value));
    }
    return most;
  }

  override stationarity(x: Float64Array, gradient: Float64Array, constants: Float64Array): number {
    const { count, starts } = this.#groups;
    let most = 0;
    for (let g = 0; g < count; g++) {
      const own = this.read(g, x);
      const d = new Float64Array(starts[g + 1] - starts[g]).fill(constants[g]);
      const u = this.read(g, gradient).map((slope, a) => constants[g] * own[a] - slope);
      this.shrink(g, u, d);
      const size = constants[g] * norm(u.map((value, a) => value - own[a]));
      if (!(size <= most)) most = size;
    }
    return most;
  }

  override crosses(block: Int32Array, before: Float64Array, x: Float64Array): boolean {
    return this.partsOf(block).some(({ group, places }) => {
      const from = Float64Array.from(places, (k) => before[k]);
      const to = this.read(group, x);
      if (this.levels[group] > 0 && from.every((v) => v === 0) !== to.every((v) => v === 0)) return true;
      return places.some((k, a) => this.l1[block[k]] > 0 && Math.sign(from[a]) !== Math.sign(to[a]));
    });
  }

  /**
   * A group rests at 0 as a whole; in one that does not, variables with L1 penalties rest at 0 by themselves. The margin of
   * a group is the distance of its gradient from the boundary of the sum of the box of t and the ball of s.
   */
  override activity(x: Float64Array, gradient: Float64Array): { readonly free: number[]; readonly margin: number } {
    const { count, starts, members } = this.#groups;
    const free: number[] = [];
    let margin = Infinity;
    for (let g = 0; g < count; g++) {
      const ids = members.subarray(starts[g], starts[g + 1]);
      if (this.levels[g] > 0 && ids.every((i) => x[i] === 0)) {
        const over = this.read(g, gradient);
        this.#soften(g, over);
        const inside = ids.reduce((least, i) => Math.min(least, this.l1[i] - Math.abs(gradient[i])), Infinity);
        margin = Math.min(margin, this.levels[g] + (inside >= 0 ? inside : -norm(over)));
        continue;
      }
      for (const i of ids) {
        if (super.kink(i, x[i]) === 0) free.push(i);
        else margin = Math.min(margin, super.margin(i, x[i], gradient[i]));
      }
    }
    return { free: free.sort((i, j) => i - j), margin };
  }

  override feasibleShare(c: Float64Array, ridge: number): number {
    if (ridge > 0) return 1;
    let norms = 1;
    for (let g = 0; g < this.#groups.count; g++) {
      const size = sparseGroupDualNorm(this.read(g, c), this.read(g, this.l1), this.levels[g]);
      if (!(size <= norms)) norms = size;
    }
    return 1 / norms;
  }

  override lessConjugate(value: number, c: Float64Array, ridge: number, limited = true): number {
    let rest = value;
    for (let g = 0; g < this.#groups.count; g++) {
      const over = this.read(g, c);
      this.#soften(g, over);
      const excess = norm(over) - this.levels[g];
      if (ridge > 0) rest -= (Math.max(0, excess) * Math.max(0, excess)) / (2 * ridge);
      else if (excess > 0 && !limited) return -Infinity;
    }
    return rest;
  }

  /** The entries of a group, a copy. */
  read(group: number, values: Float64Array): Float64Array {
    const { starts, members } = this.#groups;
    return Float64Array.from(members.subarray(starts[group], starts[group + 1]), (i) => values[i]);
  }

  /** The soft threshold by t. */
  #soften(group: number, u: Float64Array): void {
    const { starts, members } = this.#groups;
    for (let a = 0; a < u.length; a++) {
      const t = this.l1[members[starts[group] + a]];
      u[a] = u[a] > t ? u[a] - t : u[a] < -t ? u[a] + t : 0;
    }
  }
}

function norm(values: Float64Array): number {
  let square = 0;
  for (const value of values) square += value * value;
  return Math.sqrt(square);
}

import { blockMinimiser, curvatureOf, type GroupCurvature } from '../../groups/block-step.js';
import type { GroupSeparable } from '../group-separable.js';

/** A group of a block: its places there and the curvature of the model on it. */
interface Part {
  readonly group: number;
  readonly places: Int32Array;
  readonly curvature: GroupCurvature;
  /** Bound of the largest eigenvalue. */
  readonly steepest: number;
}

/**
 * Makes a pass over the groups of a block: each goes to the minimiser of the model on it or, where its variables have L1
 * penalties beside, makes a proximal step with the largest eigenvalue.
 *
 * @param h - H, row by row, symmetric positive semidefinite
 * @param block - the block, of whole groups
 * @param separable - the penalty
 * @param slope - gradient of the model at the target, moved along
 * @param target - the point, moved
 * @returns the pass, which returns the largest step in the metric of H
 */
export function groupSweep(
  h: Float64Array,
  block: Int32Array,
  separable: GroupSeparable,
  slope: Float64Array,
  target: Float64Array,
): () => number {
  const size = block.length;
  const parts = separable.partsOf(block).map(({ group, places }): Part => {
    const n = places.length;
    const own = new Float64Array(n * n);
    for (let a = 0; a < n; a++) for (let c = 0; c < n; c++) own[a * n + c] = h[places[a] * size + places[c]];
    const curvature = curvatureOf(own, n);
    return { group, places, curvature, steepest: curvature.values.reduce((most, value) => Math.max(most, value), 0) };
  });

  function step({ group, places, curvature, steepest }: Part): Float64Array {
    const w = Float64Array.from(places, (a) => target[a]);
    if (separable.isMixed(group)) {
      const next = w.map((value, k) => steepest * value - slope[places[k]]);
      separable.shrink(group, next, new Float64Array(places.length).fill(steepest));
      return next;
    }
    const c = Float64Array.from(places, (a) => -slope[a]);
    const next = new Float64Array(places.length);
    blockMinimiser(curvature, c, w, separable.levels[group], 0, false, next);
    return next;
  }

  return () => {
    let most = 0;
    for (const part of parts) {
      if (!(part.steepest > 0)) continue;
      const next = step(part);
      let square = 0;
      part.places.forEach((a, k) => {
        const d = next[k] - target[a];
        if (d === 0) return;
        target[a] = next[k];
        for (let c = 0; c < size; c++) slope[c] += d * h[a * size + c];
        square += d * d;
      });
      most = Math.max(most, Math.sqrt(square * part.steepest));
    }
    return most;
  };
}

import { storeCost } from '../kernels/column-store.js';
import type { SliceMeter } from '../slices.js';
import { shrinkBlock } from './block-prox.js';
import type { GroupProblem } from './group-problem.js';
import { shiftRow } from './softmax-gauge.js';
import type { SoftmaxRoom } from './softmax-room.js';

/** Curvatures are held above this share of the weight of their row, for columns whose rows are all but certain. */
const LEAST = 1e-10;

/**
 * Diagonal bounds of the curvature of rows of W. That of a sample, h (diag(p) - p p'), is no larger than h diag(p), and no
 * larger than 2 h diag(p (1 - p)), since the off-diagonal sizes of a row add up to its diagonal entry; each sample takes the
 * one with the smaller trace.
 *
 * @param room - the room, its probabilities set
 * @param meter - counts the work between slices
 */
export function* rowBounds(room: SoftmaxRoom, meter: SliceMeter): Generator<'slice', void, void> {
  const { P, S, h, classes } = room;
  const m = h.length;
  for (let i = 0; i < m; i++) {
    let square = 0;
    for (let e = i; e < P.length; e += m) square += P[e] * P[e];
    for (let e = i; e < P.length; e += m) {
      const bound = square < 0.5 ? P[e] : 2 * P[e] * (1 - P[e]);
      S[e] = h[i] * Math.max(bound, LEAST);
    }
  }
  for (let c = 0; c < classes; c++) yield* room.squares(c, S.subarray(c * m, (c + 1) * m), meter);
}

/**
 * One pass over the model, row of W by row: each goes to the minimiser of the model with the diagonal bound, and is shifted
 * along the direction that changes no probability.
 *
 * @param problem - the problem
 * @param room - the room
 * @param whole - whether the pass goes over all rows; else over those that are not 0
 * @param meter - counts the work between slices
 * @returns the largest length of a change times its curvature: how far from optimal the model was
 */
export function* rowPasses(
  { penalty, counts }: GroupProblem,
  room: SoftmaxRoom,
  whole: boolean,
  meter: SliceMeter,
): Generator<'slice', number, void> {
  const { w, slopes, bounds, Y, P, h, row, perClass, count, classes, columns, loops } = room;
  const { threshold, ridge } = penalty;
  const u = new Float64Array(classes);
  const d = new Float64Array(classes);
  let largest = 0;
  for (let j = 0; j < count; j++) {
    if (!whole && isZero(w, j, count)) continue;
    room.classProducts(j, Y, perClass);
    for (let c = 0, e = j; c < classes; c++, e += count) {
      u[c] = slopes[e] - perClass[c] + bounds[e] * w[e];
      d[c] = bounds[e] === 0 ? 0 : bounds[e] + ridge;
    }
    shrinkBlock(u, d, threshold);
    shiftRow(u, threshold, ridge, false);
    let moved = 0;
    for (let c = 0, e = j; c < classes; c++, e += count) {
      perClass[c] = u[c] - w[e];
      const pull = d[c] * perClass[c];
      moved += pull * pull;
      w[e] = u[c];
    }
    largest = Math.max(largest, moved);
    counts.columnTouches += moved > 0 ? 2 * classes : classes;
    if (moved > 0) loops.addCurved(columns, j, perClass, P, h, row, Y);
    if (meter.full((moved > 0 ? 3 : 1) * classes * storeCost(columns, j))) yield 'slice';
  }
  return Math.sqrt(largest);
}

function isZero(w: Float64Array, j: number, count: number): boolean {
  for (let e = j; e < w.length; e += count) if (w[e] !== 0) return false;
  return true;
}

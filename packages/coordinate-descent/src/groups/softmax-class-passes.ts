import { storeSlice } from '../kernels/column-store.js';
import type { SliceMeter } from '../slices.js';
import type { GroupProblem } from './group-problem.js';
import { shiftRow } from './softmax-gauge.js';
import type { SoftmaxLoss } from './softmax-loss.js';
import type { SoftmaxRoom } from './softmax-room.js';

/** Curvatures are held above this share of the weight of their row, for columns whose rows are all but certain. */
const LEAST = 1e-10;
/** Probabilities of other classes below this are 0: their reciprocals would leave the range. */
const NO_DOUBT = 1e-290;

/**
 * Curvatures of rows, S = h p (1 - p), and of coefficients, the sum over rows of a^2 S; Q = 1 / (1 - p).
 *
 * @param room - the room, its probabilities set
 * @param loss - the loss
 * @param meter - counts the work between slices
 */
export function* classBounds(room: SoftmaxRoom, loss: SoftmaxLoss, meter: SliceMeter): Generator<'slice', void, void> {
  const { P, S, Q, h, row, classes } = room;
  const m = h.length;
  for (let c = 0; c < classes; c++) {
    for (let i = 0, e = c * m; i < m; i++, e++) {
      const miss = loss.miss(i, c);
      const some = miss > NO_DOUBT;
      S[e] = some ? h[i] * P[e] * miss : 0;
      Q[e] = some ? 1 / miss : 0;
      row[i] = Math.max(S[e], LEAST * h[i]);
    }
    yield* room.squares(c, row, meter);
  }
}

/**
 * One pass over the model, class by class: with the other classes at rest, a step d of a coefficient of class c changes
 * Y_c by d S_c a, entry by entry. What the class's pass changed in all is Y' - Y = h p_c (1 - p_c) Z_c, so that the other
 * classes change by -h p_c p_d Z_c = -p_d (Y' - Y) / (1 - p_c).
 *
 * @param problem - the problem
 * @param room - the room
 * @param whole - whether the pass goes over all coefficients; else over those that are not 0
 * @param meter - counts the work between slices
 * @returns the largest change of a coefficient times its curvature: how far from optimal the model was
 */
export function* classPasses(
  { penalty, counts }: GroupProblem,
  room: SoftmaxRoom,
  whole: boolean,
  meter: SliceMeter,
): Generator<'slice', number, void> {
  const { Y, S, P, Q, w, slopes, bounds, largest, row, count, classes, columns, loops, ids } = room;
  const m = row.length;
  largest[0] = 0;
  for (let c = 0; c < classes; c++) {
    const [from, to] = [c * count, (c + 1) * count];
    const y = Y.subarray(c * m, (c + 1) * m);
    const model = {
      y,
      s: S.subarray(c * m, (c + 1) * m),
      slopes: slopes.subarray(from, to),
      bounds: bounds.subarray(from, to),
      w: w.subarray(from, to),
      largest,
    };
    const list = whole ? ids.subarray(classes * count) : ids.subarray(from, to);
    const length = whole ? listAll(list) : listSupport(model.w, list);
    if (length === 0) continue;
    row.set(y);
    let changed = 0;
    for (let first = 0; first < length; ) {
      const { to: end, cost } = storeSlice(columns, first, length, 2, list);
      changed += loops.classPass(columns, list, first, end, model, penalty.threshold, penalty.ridge);
      first = end;
      if (meter.full(cost)) yield 'slice';
    }
    counts.columnTouches += length + changed;
    if (changed === 0) continue;
    for (let i = 0, e = c * m; i < m; i++, e++) row[i] = (Y[e] - row[i]) * Q[e];
    loops.spreadClass(c, P, row, Y);
    if (meter.full(Y.length)) yield 'slice';
  }
  return largest[0];
}

function listAll(list: Int32Array): number {
  for (let j = 0; j < list.length; j++) list[j] = j;
  return list.length;
}

function listSupport(w: Float64Array, list: Int32Array): number {
  let length = 0;
  for (let j = 0; j < w.length; j++) if (w[j] !== 0) list[length++] = j;
  return length;
}

/**
 * Shifts the coefficients of each column along the direction that changes no probability, to where their penalty is
 * smallest.
 *
 * @param room - the room
 * @param threshold - weight of the sizes
 * @param ridge - weight of the ridge
 */
export function shiftColumns({ w, count, classes }: SoftmaxRoom, threshold: number, ridge: number): void {
  const row = new Float64Array(classes);
  for (let j = 0; j < count; j++) {
    let nonzeros = 0;
    for (let c = 0; c < classes; c++) {
      row[c] = w[c * count + j];
      if (row[c] !== 0) nonzeros++;
    }
    // With fewer the median, which is where the sum of sizes is smallest, is 0.
    if (nonzeros === 0 || (ridge === 0 && 2 * nonzeros < classes)) continue;
    shiftRow(row, threshold, ridge, true);
    for (let c = 0; c < classes; c++) w[c * count + j] = row[c];
  }
}

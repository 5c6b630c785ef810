import type { SliceMeter } from '../slices.js';
import { alternatingPasses } from './alternating-passes.js';
import type { GroupProblem } from './group-problem.js';
import { classBounds, classPasses, shiftColumns } from './softmax-class-passes.js';
import { columnSums, factoredCurvature, type SoftmaxLoss, solveFactored } from './softmax-loss.js';
import type { SoftmaxRoom } from './softmax-room.js';
import { rowBounds, rowPasses } from './softmax-row-passes.js';

/** Most passes on one quadratic model. */
const MOST_EPOCHS = 500;
/** The last pass is one over all columns that finds them this share as far from optimal as the first one did. */
const LAST_SHARE = 0.1;

/**
 * Minimises the quadratic model of the softmax loss at P plus the penalty by coordinate descent.
 *
 * For a step D of the coefficients with Z = A D the model is -R . Z + Z . H Z / 2, H being h (diag(p) - p p') in each row.
 * Y = H Z follows the steps. Then -R . Z = -(A'R) . D, as the intercepts are where every column of R adds up to 0, and
 * Z . H Z is the sum of Y^2 / (h p): Y is h p q with q the entries of Z less their mean by p, and p . q = 0.
 *
 * Where the sizes of single entries are added up, passes go class by class with the curvature of each coefficient; with norms
 * of rows they go row by row. Passes over the support alone come between those over all columns. Intercepts take exact steps
 * after each pass; passes are extrapolated.
 *
 * @param problem - the problem
 * @param room - the columns of the working set with the coefficients in `w` and the products A'R in `slopes`; `w` becomes
 * the minimiser, roughly, and `centreStep` that step of the intercepts
 * @param loss - the loss, just evaluated
 * @param meter - counts the work between slices
 */
export function* minimiseSoftmaxModel(
  problem: GroupProblem,
  room: SoftmaxRoom,
  loss: SoftmaxLoss,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { design, penalty, counts } = problem;
  const { outputs: k, entrywise } = penalty;
  const { Y, moving, w, slopes, P, h } = room;
  P.set(loss.probabilities);
  moving.fill(0);
  const start = w.slice();
  yield* entrywise ? classBounds(room, loss, meter) : rowBounds(room, meter);
  const value = () => {
    let sum = price(problem, w, start, 1, room.count);
    for (let e = 0; e < w.length; e++) sum -= (w[e] - start[e]) * slopes[e];
    for (let c = 0, e = 0; c < k; c++) {
      for (let i = 0; i < h.length; i++, e++) {
        if (Y[e] !== 0) sum += (Y[e] * Y[e]) / (2 * h[i] * P[e]);
      }
    }
    return sum;
  };
  const factor = design.intercept ? factoredCurvature(P, h, k) : undefined;
  function* pass(whole: boolean): Generator<'slice', number, void> {
    const distance = yield* entrywise
      ? classPasses(problem, room, whole, meter)
      : rowPasses(problem, room, whole, meter);
    if (whole && entrywise) shiftColumns(room, penalty.threshold, penalty.ridge);
    if (factor !== undefined) moveCentres(room, factor);
    if (meter.full(4 * Y.length)) yield 'slice';
    return distance;
  }
  const steepest = slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
  const passes = { pass, w, c: moving, value, share: LAST_SHARE, steepest };
  yield* alternatingPasses(passes, MOST_EPOCHS, counts, meter);
}

/** Takes the intercepts to where the model is smallest in them. */
function moveCentres({ Y, P, h, centreStep, row }: SoftmaxRoom, factor: Float64Array): void {
  const k = centreStep.length;
  const m = h.length;
  const step = new Float64Array(k);
  columnSums(Y, k, step);
  for (let c = 0; c < k; c++) step[c] = -step[c];
  solveFactored(factor, step);
  for (let c = 0; c < k; c++) centreStep[c] += step[c];
  row.fill(0);
  for (let c = 0, e = 0; c < k; c++) for (let i = 0; i < m; i++, e++) row[i] += P[e] * step[c];
  for (let c = 0, e = 0; c < k; c++) for (let i = 0; i < m; i++, e++) Y[e] += h[i] * P[e] * (step[c] - row[i]);
}

/**
 * The penalty a share of the way on.
 *
 * @param problem - the problem
 * @param next - coefficients at the end of the way, p x k, one class after the other
 * @param start - coefficients at its start
 * @param share - how far to go
 * @param count - p
 * @returns the penalty there
 */
export function price(
  { penalty }: GroupProblem,
  next: Float64Array,
  start: Float64Array,
  share: number,
  count: number,
): number {
  const { threshold, ridge, entrywise } = penalty;
  let sum = 0;
  for (let s = 0; s < count; s++) {
    let square = 0;
    let size = 0;
    for (let e = s; e < next.length; e += count) {
      const value = share === 1 ? next[e] : start[e] + share * (next[e] - start[e]);
      square += value * value;
      size += Math.abs(value);
    }
    sum += threshold * (entrywise ? size : Math.sqrt(square)) + (ridge * square) / 2;
  }
  return sum;
}

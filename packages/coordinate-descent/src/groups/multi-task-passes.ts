import { openArena } from '@lemmata/core';
import { LINALG_KERNELS } from '@lemmata/linalg';
import { fillStore, type StoreLayout, storeLayout, storeSlice } from '../kernels/column-store.js';
import { DESCENT_KERNELS } from '../kernels/descent-kernels.js';
import { outputsKernels } from '../kernels/outputs-kernels.js';
import type { SliceMeter } from '../slices.js';
import { alternatingPasses } from './alternating-passes.js';
import { centreOutputs } from './centre-outputs.js';
import type { GroupEngine } from './group-engine.js';
import type { SquaredLoss } from './squared-loss.js';

/** Most passes of one outer iteration. */
const MOST_EPOCHS = 200;
/** Share of the way to the target, by how far rows are from optimal, beyond which passes go. */
const AMBITION = 0.5;

/** The arena blocks of the passes. */
interface PassLayout extends StoreLayout {
  readonly [block: string]: readonly ['f64' | 'i32', number];
  readonly R: readonly ['f64', number];
  readonly w: readonly ['f64', number];
  readonly squares: readonly ['f64', number];
  readonly u: readonly ['f64', number];
  readonly largest: readonly ['f64', number];
  readonly ids: readonly ['i32', number];
}

/**
 * Passes over the working set that keep the residual. Those over all rows of W alternate with such over the support, and all
 * end once rows are as much nearer to optimal than in the first pass as the target is below the gap.
 *
 * @param engine - the run, its working set chosen
 * @param ids - the columns of the working set
 * @param loss - the loss, just refreshed
 * @param target - gap of the restricted problem at which to end
 * @param meter - counts the work between slices
 * @returns how many passes over all rows were made, or as much
 */
export function* multiTaskPasses(
  engine: GroupEngine,
  ids: Int32Array,
  loss: SquaredLoss,
  target: number,
  meter: SliceMeter,
): Generator<'slice', number, void> {
  const { problem, monitor } = engine;
  const { design, penalty, coefficients: W, counts, scales } = problem;
  const { outputs: k, threshold, ridge } = penalty;
  const matrix = yield* design.columns(ids, ids.length);
  const layout: PassLayout = {
    ...storeLayout(matrix),
    R: ['f64', loss.residual.length],
    w: ['f64', ids.length * k],
    squares: ['f64', ids.length],
    u: ['f64', k],
    largest: ['f64', 1],
    ids: ['i32', ids.length],
  };
  // Columns too many for WebAssembly lie on the heap, with the same bits.
  const arena = openArena(layout, design.backend === 'wasm' ? 'auto' : 'js', [LINALG_KERNELS, DESCENT_KERNELS]);
  try {
    const { data, indptr, indices, ids: list, ...model } = arena.views;
    const { R, w, squares, largest } = model;
    const columns = { rows: design.rows, data, indptr, indices };
    const kernels = outputsKernels(arena);
    yield* fillStore(columns, matrix, scales && Float64Array.from(ids, (j) => scales[j]), meter);
    R.set(loss.residual);
    ids.forEach((j, s) => {
      // Sparse columns are not centred: what their means do to the residual goes to the intercepts after a pass.
      squares[s] = squareOf(data, indptr, s, design.rows);
      if (design.squares[j] === 0) squares[s] = 0;
      w.set(W.subarray(j * k, (j + 1) * k), s * k);
    });
    const direction = design.roots ?? new Float64Array(design.rows).fill(1);
    const primal = () => {
      let value = 0;
      for (const r of R) value += (r * r) / 2;
      for (let s = 0; s < ids.length; s++) {
        let square = 0;
        for (let e = s * k; e < (s + 1) * k; e++) square += w[e] * w[e];
        value += threshold * Math.sqrt(square) + (ridge * square) / 2;
      }
      return value;
    };
    let work = 0;

    function* pass(whole: boolean): Generator<'slice', number, void> {
      let length = 0;
      for (let s = 0; s < ids.length; s++) if (whole || isRow(w, s, k)) list[length++] = s;
      largest[0] = 0;
      let changed = 0;
      for (let from = 0; from < length; ) {
        const { to, cost } = storeSlice(columns, from, length, 2 * k, list);
        changed += kernels.pass(columns, list, from, to, model, threshold, ridge);
        from = to;
        if (meter.full(cost)) yield 'slice';
      }
      // Sparse columns are not centred: the intercepts take up their means.
      if (design.intercept) centreOutputs(R, direction, k);
      if (work === 0 && changed === 0) engine.fixed = true;
      counts.columnTouches += k * (length + changed);
      work += (length + changed) / (2 * ids.length);
      return largest[0];
    }

    const share = AMBITION * (target / monitor.gap);
    const steepest = monitor.largest;
    yield* alternatingPasses({ pass, w, c: R, value: primal, share, steepest }, MOST_EPOCHS, counts, meter);
    ids.forEach((j, s) => {
      W.set(w.subarray(s * k, (s + 1) * k), j * k);
    });
    return work;
  } finally {
    arena.dispose();
  }
}

function squareOf(data: Float64Array, indptr: Int32Array, column: number, rows: number): number {
  const [from, to] = indptr.length > 0 ? [indptr[column], indptr[column + 1]] : [column * rows, (column + 1) * rows];
  let square = 0;
  for (let e = from; e < to; e++) square += data[e] * data[e];
  return square;
}

function isRow(w: Float64Array, s: number, k: number): boolean {
  for (let e = s * k; e < (s + 1) * k; e++) if (w[e] !== 0) return true;
  return false;
}

import { openArena } from '@lemmata/core';
import { type Kernels, LINALG_KERNELS, linalgKernels } from '@lemmata/linalg';
import { type ColumnStore, fillStore, type StoreLayout, storeCost, storeLayout } from '../kernels/column-store.js';
import type { SliceMeter } from '../slices.js';
import { alternatingPasses } from './alternating-passes.js';
import { blockMinimiser, curvatureOf, type GroupCurvature } from './block-step.js';
import { centreOutputs } from './centre-outputs.js';
import type { GroupEngine } from './group-engine.js';
import type { SquaredLoss } from './squared-loss.js';

/** Most passes of one outer iteration. */
const MOST_EPOCHS = 200;
/** Share of the way to the target, by how far groups are from optimal, beyond which passes go. */
const AMBITION = 0.5;

/** The arena blocks of the passes: p columns. */
interface PassLayout extends StoreLayout {
  readonly [block: string]: readonly ['f64' | 'i32', number];
  readonly R: readonly ['f64', number];
  readonly column: readonly ['f64', number];
  readonly w: readonly ['f64', number];
  readonly c: readonly ['f64', number];
  readonly step: readonly ['f64', number];
}

/**
 * Passes over the groups of a working set that keep the residual of least squares with one output, with exact steps of blocks.
 *
 * @param engine - the run, its working set chosen
 * @param ids - the columns of the working set, group by group
 * @param curvatures - those of groups seen before; added to
 * @param loss - the loss, just refreshed
 * @param target - gap of the restricted problem at which to end
 * @param meter - counts the work between slices
 * @returns how many passes over all groups were made, or as much
 */
export function* groupPasses(
  engine: GroupEngine,
  ids: Int32Array,
  curvatures: Map<number, GroupCurvature>,
  loss: SquaredLoss,
  target: number,
  meter: SliceMeter,
): Generator<'slice', number, void> {
  const { problem, monitor } = engine;
  const { design, penalty, coefficients: W, workingSet, active, counts, scales } = problem;
  const { starts } = penalty.groups;
  const { ridge, entrywise, entryLevel } = penalty;
  const matrix = yield* design.columns(ids, ids.length);
  const p = ids.length;
  const layout: PassLayout = {
    ...storeLayout(matrix),
    R: ['f64', design.rows],
    column: ['f64', design.rows],
    w: ['f64', p],
    c: ['f64', p],
    step: ['f64', p],
  };
  // Columns too many for WebAssembly lie on the heap, with the same bits.
  const arena = openArena(layout, design.backend === 'wasm' ? 'auto' : 'js', [LINALG_KERNELS]);
  try {
    const { data, indptr, indices, R, column, w, c, step } = arena.views;
    const columns = { rows: design.rows, data, indptr, indices };
    const kernels = linalgKernels(arena);
    yield* fillStore(columns, matrix, scales && Float64Array.from(ids, (j) => scales[j]), meter);
    R.set(loss.residual);
    ids.forEach((j, s) => {
      w[s] = W[j];
    });
    const direction = design.roots ?? new Float64Array(design.rows).fill(1);
    let work = 0;

    /** The curvature of the group whose columns begin at one. */
    function curvatureAt(g: number, first: number, size: number): GroupCurvature {
      const known = curvatures.get(g);
      if (known !== undefined) return known;
      const a = new Float64Array(size * size);
      for (let s = 0; s < size; s++) {
        column.fill(0);
        step[first + s] = 1;
        combine(kernels, columns, step, column, first + s, first + s + 1);
        step[first + s] = 0;
        products(kernels, columns, column, c, first, first + size);
        a.set(c.subarray(first, first + size), s * size);
      }
      counts.columnTouches += size * size;
      const curvature = curvatureOf(a, size);
      curvatures.set(g, curvature);
      return curvature;
    }

    function* pass(whole: boolean): Generator<'slice', number, void> {
      let farthest = 0;
      let [looked, changed] = [0, 0];
      for (let a = 0, first = 0; a < active; a++) {
        const g = workingSet[a];
        const size = starts[g + 1] - starts[g];
        const end = first + size;
        const own = w.subarray(first, end);
        if (!whole && own.every((value) => value === 0)) {
          first = end;
          continue;
        }
        const curvature = curvatureAt(g, first, size);
        products(kernels, columns, R, c, first, end);
        const next = step.subarray(first, end);
        const level = penalty.normLevel(g);
        blockMinimiser(curvature, c.subarray(first, end), own, level, ridge, entrywise, next, entryLevel);
        let square = 0;
        for (let s = 0; s < size; s++) {
          const change = next[s] - own[s];
          own[s] = next[s];
          // What the residual gains.
          next[s] = -change;
          square += change * change;
        }
        let cost = 0;
        for (let s = first; s < end; s++) cost += storeCost(columns, s);
        looked += size;
        if (square > 0) {
          const steepest = curvature.values.reduce((most, value) => Math.max(most, value), 0);
          farthest = Math.max(farthest, (steepest + ridge) * Math.sqrt(square));
          combine(kernels, columns, step, R, first, end);
          changed += size;
          cost *= 2;
        }
        first = end;
        if (meter.full(cost)) yield 'slice';
      }
      // Sparse columns are not centred: the intercept takes up their means.
      if (design.intercept) centreOutputs(R, direction, 1);
      if (work === 0 && changed === 0) engine.fixed = true;
      counts.columnTouches += looked + changed;
      work += (looked + changed) / (2 * p);
      return farthest;
    }

    function value(): number {
      let sum = 0;
      for (const r of R) sum += (r * r) / 2;
      for (let a = 0, s = 0; a < active; a++) {
        const g = workingSet[a];
        const end = s + starts[g + 1] - starts[g];
        let [square, size] = [0, 0];
        for (; s < end; s++) {
          square += w[s] * w[s];
          size += Math.abs(w[s]);
        }
        sum += penalty.normLevel(g) * (entrywise ? size : Math.sqrt(square)) + (ridge * square) / 2 + entryLevel * size;
      }
      return sum;
    }

    const share = AMBITION * (target / monitor.gap);
    yield* alternatingPasses({ pass, w, c: R, value, share, steepest: monitor.largest }, MOST_EPOCHS, counts, meter);
    ids.forEach((j, s) => {
      W[j] = w[s];
    });
    return work;
  } finally {
    arena.dispose();
  }
}

/** out[j] = column j . r for j in [from, to). */
function products(
  kernels: Kernels,
  { rows, data, indptr, indices }: ColumnStore,
  r: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  if (indptr.length === 0) kernels.columnProducts(rows, data, r, out, from, to);
  else kernels.sparseColumnProducts(indptr, indices, data, r, out, from, to);
}

/** y += sum of x[j] column j over j in [from, to). */
function combine(
  kernels: Kernels,
  { rows, data, indptr, indices }: ColumnStore,
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
): void {
  if (indptr.length === 0) kernels.columnCombination(rows, data, x, y, from, to);
  else kernels.sparseColumnCombination(indptr, indices, data, x, y, from, to);
}

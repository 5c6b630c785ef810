import { SliceMeter } from '../slices.js';
import { centreUniform } from './centre-uniform.js';
import type { Design } from './design.js';
import type { RunningCounts } from './lasso-problem.js';

/** The normal equations of some columns of a design: their products with one another, factorised. */
export class ColumnSystem {
  /** The Cholesky factor in rows; pivots too small are Infinity. */
  #factor: Float64Array = new Float64Array(0);

  /**
   * Multiplies the columns and factorises. Uses the residual as room.
   *
   * @param design - the design, loaded
   * @param counts - what was spent so far
   * @param ids - the columns
   * @param scales - what every column of the design is multiplied by; 1 when left out
   */
  *factorise(
    design: Design,
    counts: RunningCounts,
    ids: Int32Array,
    scales?: Float64Array,
  ): Generator<'slice', void, void> {
    const { residual: r, residualSum, innerProducts: c, selection } = design.work;
    const n = ids.length;
    const a = new Float64Array(n * n);
    const meter = new SliceMeter();
    for (let i = 0; i < n; i++) {
      r.fill(0);
      residualSum[0] = 0;
      design.addColumn(ids[i], scales?.[ids[i]] ?? 1);
      centreUniform(r, residualSum, design.roots, design.intercept);
      selection.set(ids);
      let cost = 0;
      for (let k = 0; k <= i; k++) cost += design.cost(ids[k]);
      design.selectedProducts(selection, r, c, 0, i + 1);
      counts.columnTouches += i + 1;
      for (let k = 0; k <= i; k++) a[i * n + k] = scales === undefined ? c[ids[k]] : scales[ids[k]] * c[ids[k]];
      if (meter.full(cost)) yield 'slice';
    }
    const least = 8 * n * Number.EPSILON;
    for (let i = 0; i < n; i++) {
      const square = a[i * n + i];
      for (let k = 0; k <= i; k++) {
        let value = a[i * n + k];
        for (let s = 0; s < k; s++) value -= a[i * n + s] * a[k * n + s];
        if (k < i) a[i * n + k] = a[k * n + k] === Infinity ? 0 : value / a[k * n + k];
        // A column that the ones before it span stays as it is: its product is 0 when theirs are.
        else a[i * n + i] = value > least * square ? Math.sqrt(value) : Infinity;
      }
      if (meter.full((i * i) / 2)) yield 'slice';
    }
    this.#factor = a;
  }

  /** x <- the solution of L L' x = b, where x holds b; 0 where the pivot was too small. */
  substitute(x: Float64Array): void {
    const n = x.length;
    const l = this.#factor;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) x[i] -= l[i * n + k] * x[k];
      x[i] /= l[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i] -= l[k * n + i] * x[k];
      x[i] /= l[i * n + i];
    }
  }
}

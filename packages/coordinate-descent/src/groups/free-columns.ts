import { centreUniform } from '../problem/centre-uniform.js';
import { ColumnSystem } from '../problem/column-system.js';
import type { GroupProblem } from './group-problem.js';

/** Rounds of solving: the second one takes away what rounding left of the first. */
const ROUNDS = 2;
/** Most columns that are solved for. */
const MOST = 2048;

/**
 * Solves least squares for the columns of groups without penalty, given all others, so that their products with the residual
 * are 0 to rounding: what a dual point has to fulfil for them, and what scaling cannot mend.
 */
export class FreeColumns {
  readonly #system = new ColumnSystem();
  #ids: Int32Array | undefined;

  /**
   * Gets ready. To be called before the residual is computed: it is used as room.
   *
   * @param problem - the problem, of one output
   */
  *prepare({ design, counts, penalty, scales }: GroupProblem): Generator<'slice', void, void> {
    if (this.#ids !== undefined) return;
    const ids = penalty.freeColumns.filter((j) => design.squares[j] > 0).subarray(0, MOST);
    yield* this.#system.factorise(design, counts, ids, scales);
    this.#ids = ids;
  }

  /**
   * Moves the coefficients of the columns to the minimiser; the residual of the design follows.
   *
   * @param problem - the problem, the residual of the design just computed
   */
  solve({ design, counts, coefficients: W, scales }: GroupProblem): void {
    const { residual: r, residualSum, innerProducts: c, selection } = design.work;
    const ids = this.#ids ?? new Int32Array(0);
    const n = ids.length;
    if (n === 0) return;
    for (let round = 0; round < ROUNDS; round++) {
      selection.set(ids);
      design.selectedProducts(selection, r, c, 0, n);
      counts.columnTouches += 2 * n;
      const step = Float64Array.from(ids, (j) => c[j] * (scales?.[j] ?? 1));
      this.#system.substitute(step);
      for (let k = 0; k < n; k++) {
        if (step[k] === 0) continue;
        W[ids[k]] += step[k];
        design.addColumn(ids[k], -step[k] * (scales?.[ids[k]] ?? 1));
      }
      centreUniform(r, residualSum, design.roots, design.intercept);
    }
  }
}

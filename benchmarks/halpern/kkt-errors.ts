// What the benchmarks believe about a primal-dual pair of a linear program: its errors, computed here from the data with
// compensated sums. This file imports no solver, and nothing that a solver reports enters it.
import type { SparseMatrix } from '@lemmata/linalg';
import { CompensatedSum, norm } from './compensated-sum.js';

/** A linear program: the minimum of c'x over rowLower <= A x <= rowUpper, colLower <= x <= colUpper. */
export interface ProgramInstance {
  /** Constraints, CSR, shape (m, n). */
  readonly A: SparseMatrix;
  /** Costs, length n. */
  readonly c: Float64Array;
  /** Sides of the rows, length m, infinite where there is none. */
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Bounds of x, length n, infinite where there is none. */
  readonly colLower: Float64Array;
  readonly colUpper: Float64Array;
}

/** An answer to a linear program: y_i > 0 pushes A x up from its lower side, y_i < 0 down from its upper side. */
export interface ProgramSolution {
  /** Primal point, length n. */
  readonly x: Float64Array;
  /** Dual point, length m. */
  readonly y: Float64Array;
}

/** The errors of a pair; all are 0 at a solution. */
export interface KktErrors {
  /** Norm of what A x and x lack to their sides and bounds, relative to 1 + the norm of the sides. */
  readonly primal: number;
  /** Norm of those parts of y and of c - A'y that no side and no bound pays for, relative to 1 + |c|. */
  readonly dual: number;
  /** |objective - dual objective| / (1 + |objective| + |dual objective|). */
  readonly gap: number;
  /** c'x. */
  readonly objective: number;
}

/** Distance from a number to an interval. */
function miss(value: number, lower: number, upper: number): number {
  return value < lower ? lower - value : value > upper ? value - upper : 0;
}

/** The three errors by which solvers of linear programs are judged, and the objective. */
export function kktErrors(program: ProgramInstance, { x, y }: ProgramSolution): KktErrors {
  const { A, c, rowLower, rowUpper, colLower, colUpper } = program;
  const missing: number[] = [];
  const unpaid: number[] = [];
  const sides: number[] = [];
  const objective = new CompensatedSum();
  const dualObjective = new CompensatedSum();
  const reduced = Array.from(c, (cost) => {
    const sum = new CompensatedSum();
    sum.add(cost);
    return sum;
  });

  function pay(price: number, lower: number, upper: number): void {
    if (price === 0) return;
    const side = price > 0 ? lower : upper;
    if (Number.isFinite(side)) dualObjective.add(price * side);
    else unpaid.push(price);
  }

  for (let i = 0; i < A.rows; i++) {
    const activity = new CompensatedSum();
    for (let k = A.indptr[i]; k < A.indptr[i + 1]; k++) {
      activity.add(A.data[k] * x[A.indices[k]]);
      reduced[A.indices[k]].add(-A.data[k] * y[i]);
    }
    missing.push(miss(activity.value, rowLower[i], rowUpper[i]));
    pay(y[i], rowLower[i], rowUpper[i]);
    if (Number.isFinite(rowUpper[i])) sides.push(rowUpper[i]);
    if (Number.isFinite(rowLower[i]) && rowLower[i] !== rowUpper[i]) sides.push(rowLower[i]);
  }
  for (let j = 0; j < A.cols; j++) {
    objective.add(c[j] * x[j]);
    missing.push(miss(x[j], colLower[j], colUpper[j]));
    pay(reduced[j].value, colLower[j], colUpper[j]);
  }
  const [primalValue, dualValue] = [objective.value, dualObjective.value];
  return {
    primal: norm(missing) / (1 + norm(sides)),
    dual: norm(unpaid) / (1 + norm(c)),
    gap: Math.abs(primalValue - dualValue) / (1 + Math.abs(primalValue) + Math.abs(dualValue)),
    objective: primalValue,
  };
}

/** Throws when a vector has another length than expected or entries that are no finite numbers. */
export function requireFinite(name: string, vector: Float64Array, length: number): void {
  if (vector.length !== length) throw new RangeError(`${name}: expected length ${length}, got ${vector.length}`);
  const wrong = vector.findIndex((entry) => !Number.isFinite(entry));
  if (wrong >= 0) throw new RangeError(`${name}[${wrong}]: expected a finite number, got ${vector[wrong]}`);
}

import { norm2, type SparseMatrix } from '@lemmata/linalg';
import { clamp } from './kkt.js';
import type { CheckedProgram } from './linear-program.js';

/** Rounds of equilibration before the last one. */
const RUIZ_ROUNDS = 10;

/** A program in the units in which it is solved: A_ij / (R_i C_j), sides and bounds times a number, costs times another. */
export interface ScaledProgram {
  readonly c: Float64Array;
  /** A by columns. */
  readonly A: SparseMatrix;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly colLower: Float64Array;
  readonly colUpper: Float64Array;
  /** |A|_2 after scaling, an estimate from below; 1 when A is 0 or empty. */
  readonly norm: number;
  /** x of the caller's in units of this program. */
  fromX(x: Float64Array): Float64Array;
  /** y of the caller's in units of this program. */
  fromY(y: Float64Array): Float64Array;
  /** x in the caller's units, within its bounds. */
  toX(x: Float64Array): Float64Array;
  /** y in the caller's units. */
  toY(y: Float64Array): Float64Array;
}

/** Divides the entries by R_i C_j of one round and multiplies these into the totals. */
function scaleOnce(
  work: Float64Array,
  rowOf: Int32Array,
  A: SparseMatrix,
  R: Float64Array,
  C: Float64Array,
  sums: boolean,
) {
  const rows = new Float64Array(R.length);
  const cols = new Float64Array(C.length);
  for (let k = 0; k < work.length; k++) {
    const [i, j, size] = [rowOf[k], A.indices[k], Math.abs(work[k])];
    rows[i] = sums ? rows[i] + size : Math.max(rows[i], size);
    cols[j] = sums ? cols[j] + size : Math.max(cols[j], size);
  }
  for (let i = 0; i < rows.length; i++) rows[i] = rows[i] > 0 ? Math.sqrt(rows[i]) : 1;
  for (let j = 0; j < cols.length; j++) cols[j] = cols[j] > 0 ? Math.sqrt(cols[j]) : 1;
  for (let k = 0; k < work.length; k++) work[k] /= rows[rowOf[k]] * cols[A.indices[k]];
  for (let i = 0; i < rows.length; i++) R[i] *= rows[i];
  for (let j = 0; j < cols.length; j++) C[j] *= cols[j];
}

/**
 * Equilibrates a program: ten rounds by the square roots of the largest entries, one by those of the sums, and then sides
 * and costs to norms below 1.
 *
 * @param program - the program
 * @returns the scaled program and the way back
 */
export function scaleProgram(program: CheckedProgram): ScaledProgram {
  const { byRow, byCol } = program;
  const [m, n] = [byRow.rows, byRow.cols];
  const R = new Float64Array(m).fill(1);
  const C = new Float64Array(n).fill(1);
  const work = byRow.data.slice();
  const rowOf = new Int32Array(work.length);
  for (let i = 0; i < m; i++) rowOf.fill(i, byRow.indptr[i], byRow.indptr[i + 1]);
  for (let round = 0; round < RUIZ_ROUNDS; round++) scaleOnce(work, rowOf, byRow, R, C, false);
  scaleOnce(work, rowOf, byRow, R, C, true);

  for (let k = 0; k < work.length; k++) work[k] = byRow.data[k] / (R[rowOf[k]] * C[byRow.indices[k]]);
  const colData = byCol.data.slice();
  for (let j = 0; j < n; j++) {
    for (let k = byCol.indptr[j]; k < byCol.indptr[j + 1]; k++) colData[k] /= R[byCol.indices[k]] * C[j];
  }

  const c = program.c.map((cost, j) => cost / C[j]);
  const rowLower = program.rowLower.map((side, i) => side / R[i]);
  const rowUpper = program.rowUpper.map((side, i) => side / R[i]);
  let sides = 0;
  for (let i = 0; i < m; i++) {
    if (Number.isFinite(rowLower[i]) && rowLower[i] !== rowUpper[i]) sides += rowLower[i] * rowLower[i];
    if (Number.isFinite(rowUpper[i])) sides += rowUpper[i] * rowUpper[i];
  }
  let costs = 0;
  for (let j = 0; j < n; j++) costs += c[j] * c[j];
  const bound = 1 / (1 + Math.sqrt(sides));
  const cost = 1 / (1 + Math.sqrt(costs));
  const empty = m === 0 || n === 0 || work.every((value) => value === 0);
  return {
    c: c.map((value) => value * cost),
    A: { ...byCol, data: colData },
    rowLower: rowLower.map((side) => side * bound),
    rowUpper: rowUpper.map((side) => side * bound),
    colLower: program.colLower.map((side, j) => side * C[j] * bound),
    colUpper: program.colUpper.map((side, j) => side * C[j] * bound),
    norm: empty ? 1 : norm2({ ...byRow, data: work }, { tolerance: 1e-4 }).value,
    fromX: (x) => x.map((value, j) => value * C[j] * bound),
    fromY: (y) => y.map((value, i) => value * R[i] * cost),
    toX: (x) => x.map((value, j) => clamp(value / C[j] / bound, program.colLower[j], program.colUpper[j])),
    toY: (y) => y.map((value, i) => value / R[i] / cost),
  };
}

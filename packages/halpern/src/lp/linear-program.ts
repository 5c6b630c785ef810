import { DimensionError, refusal, requireNumber, requireVector } from '@lemmata/core';
import { type MatrixLike, type SparseMatrix, toMatrix, toSparse } from '@lemmata/linalg';

/** A linear program: minimise c'x + offset over rowLower <= A x <= rowUpper, colLower <= x <= colUpper. */
export interface LinearProgram {
  /** Costs, length n, finite. */
  readonly c: ArrayLike<number>;
  /** Constraints, shape (m, n), dense or sparse, finite; m may be 0. */
  readonly A: MatrixLike;
  /** Lower sides of the rows, length m, -Infinity for none; default none. */
  readonly rowLower?: ArrayLike<number>;
  /** Upper sides of the rows, length m, Infinity for none; default none. */
  readonly rowUpper?: ArrayLike<number>;
  /** Lower bounds of x, length n, -Infinity for none; default 0. */
  readonly colLower?: ArrayLike<number>;
  /** Upper bounds of x, length n, Infinity for none; default none. */
  readonly colUpper?: ArrayLike<number>;
  /** Constant part of the objective; default 0. */
  readonly offset?: number;
}

/** A program after its check, with memory of its own. */
export interface CheckedProgram {
  readonly c: Float64Array;
  readonly byRow: SparseMatrix;
  readonly byCol: SparseMatrix;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly colLower: Float64Array;
  readonly colUpper: Float64Array;
  readonly offset: number;
}

function readBounds(
  argument: string,
  value: ArrayLike<number> | undefined,
  length: number,
  reason: string,
  absent: number,
): Float64Array {
  if (value === undefined) return new Float64Array(length).fill(absent);
  if (typeof value !== 'object' || value === null || typeof value.length !== 'number') {
    throw refusal(argument, 'an array of numbers', value);
  }
  if (value.length !== length) {
    throw new DimensionError(`${argument}: expected length ${length} (${reason}), got ${value.length}`, {
      argument,
      expected: length,
      actual: value.length,
    });
  }
  return Float64Array.from({ length }, (_, i) => {
    const bound = value[i];
    if (typeof bound === 'number' && !Number.isNaN(bound)) return bound;
    throw refusal(`${argument}[${i}]`, 'a number or an infinity', bound);
  });
}

function requireOrder(names: readonly [string, string], lower: Float64Array, upper: Float64Array): void {
  for (let i = 0; i < lower.length; i++) {
    if (lower[i] === Infinity) throw refusal(`${names[0]}[${i}]`, 'a number or -Infinity', lower[i]);
    if (upper[i] === -Infinity) throw refusal(`${names[1]}[${i}]`, 'a number or Infinity', upper[i]);
    if (lower[i] > upper[i])
      throw refusal(`${names[1]}[${i}]`, `a number >= ${names[0]}[${i}] = ${lower[i]}`, upper[i]);
  }
}

/**
 * Checks a linear program and copies it.
 *
 * @param program - what the caller gave
 * @returns the program with every bound
 * @throws DimensionError when lengths do not fit A
 * @throws InvalidInputError for entries that are not finite, NaN, and a lower bound above its upper one
 */
export function checkProgram(program: LinearProgram): CheckedProgram {
  if (typeof program !== 'object' || program === null) throw refusal('program', 'a linear program', program);
  const matrix = toMatrix('program.A', program.A);
  const { rows, cols } = matrix;
  const c = requireVector('program.c', program.c, cols, 'columns of A');
  const rowLower = readBounds('program.rowLower', program.rowLower, rows, 'rows of A', -Infinity);
  const rowUpper = readBounds('program.rowUpper', program.rowUpper, rows, 'rows of A', Infinity);
  const colLower = readBounds('program.colLower', program.colLower, cols, 'columns of A', 0);
  const colUpper = readBounds('program.colUpper', program.colUpper, cols, 'columns of A', Infinity);
  requireOrder(['program.rowLower', 'program.rowUpper'], rowLower, rowUpper);
  requireOrder(['program.colLower', 'program.colUpper'], colLower, colUpper);
  const offset = requireNumber('program.offset', program.offset ?? 0);
  const byRow = toSparse(matrix, 'csr');
  return { c, byRow, byCol: toSparse(matrix, 'csc'), rowLower, rowUpper, colLower, colUpper, offset };
}

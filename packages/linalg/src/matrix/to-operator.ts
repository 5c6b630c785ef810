import { DimensionError, refusal } from '@lemmata/core';
import { linearOperator } from './operator.js';
import type { LinearOperator, MatrixLike } from './types.js';

/** The part of an operator that methods for symmetric ones use: A x alone. */
export type SquareOperator = Pick<LinearOperator, 'rows' | 'cols' | 'apply'>;

/** A square operator, and whether it is a function of the caller's. */
export interface CheckedOperator {
  /** The operator. */
  readonly operator: SquareOperator;
  /** Its order n. */
  readonly n: number;
  /** Whether `apply` is the caller's own. */
  readonly own: boolean;
}

/**
 * Requires a square matrix or operator.
 *
 * @param argument - name for the messages
 * @param value - a matrix, checked as `toMatrix` does, or an operator
 * @returns the operator
 * @throws DimensionError when it is not square; InvalidInputError when it is neither
 */
export function toSquareOperator(argument: string, value: MatrixLike | SquareOperator): CheckedOperator {
  if (typeof value !== 'object' || value === null)
    throw refusal(argument, 'a matrix or an operator', value, 'ERR_INPUT');
  const own = 'apply' in value && typeof value.apply === 'function';
  const operator = own ? (value as SquareOperator) : linearOperator(value as MatrixLike);
  const { rows, cols } = operator;
  if (rows !== cols || !Number.isInteger(rows) || rows < 0) {
    throw new DimensionError(`${argument}: expected a square matrix or operator, got ${rows} x ${cols}`, {
      argument,
      expected: rows,
      actual: cols,
    });
  }
  return { operator, n: rows, own };
}

// What the inner solvers of least squares cost, in multiply-adds of a pass over dense columns. Each is chosen by these
// counts alone, so an answer's bits depend on no clock.
import { COLUMN_OVERHEAD } from '../slices.js';

/** A multiply-add of products computed in blocks or of a factorisation, where registers are used again. */
export const BLOCKED = 0.65;
/** Copying an entry in pieces of a column. */
export const COPIED = 2;
/** An entry of a row of products that is subtracted: it is read once, where a column is read twice, and from farther away. */
export const ROW_OF_PRODUCTS = 1.6;
/** Turning a pair of entries of a factor by a plane rotation. */
export const TURNED = 4;

/**
 * A pass that keeps the residual: a product a column, an update a change.
 *
 * @param columns - multiply-adds of one product with each of the columns
 * @param changes - share of the columns whose coefficient changes
 * @returns multiply-adds
 */
export function residualPass(columns: number, changes: number): number {
  return columns * (1 + changes);
}

/**
 * A pass by products of columns: nothing but a look for a coefficient that stays, a row of the table for one that changes.
 *
 * @param columns - how many columns it goes over
 * @param changes - how many coefficients change
 * @param held - columns in the table
 * @returns multiply-adds
 */
export function productPass(columns: number, changes: number, held: number): number {
  return COLUMN_OVERHEAD * columns + changes * (ROW_OF_PRODUCTS * held + COLUMN_OVERHEAD);
}

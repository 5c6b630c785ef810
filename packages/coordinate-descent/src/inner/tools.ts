import type { Account } from './account.js';
import type { ProductTable } from './product-table.js';
import type { SupportFactor } from './support-factor.js';

/** What the inner solvers of least squares share over a run or a path. */
export interface InnerTools {
  /** Products of columns with one another. */
  readonly table: ProductTable;
  /** The factor of those of a support. */
  readonly factor: SupportFactor;
  /** What is due. */
  readonly account: Account;
}

import { solveLinearSystem } from './gaussian-elimination.js';
import { naiveProduct, naiveTranspose, type Rows } from './naive-products.js';

/** What {@link bruteForceLasso} finds. */
export interface BruteForceLasso {
  /** The minimiser, length n. */
  readonly coefficients: number[];
  /** The minimum of 1/2 |A x - b|^2 + lambda |x|_1. */
  readonly objective: number;
}

/**
 * Computes the Lasso's objective 1/2 |A x - b|^2 + lambda |x|_1 by the definition.
 *
 * @param rows - the design A, shape (m, n)
 * @param b - targets, length m
 * @param lambda - weight of the penalty, >= 0, not divided by m
 * @param x - coefficients, length n
 * @returns the objective
 * Complexity: O(m n).
 *
 * @example
 * ```ts
 * import { lassoObjective } from '@lemmata/testing';
 *
 * console.log(lassoObjective([[1], [1]], [1, 3], 2, [1])); // 0 + 2 + 2 = 4
 * ```
 */
export function lassoObjective(rows: Rows, b: ArrayLike<number>, lambda: number, x: ArrayLike<number>): number {
  let squares = 0;
  naiveProduct(rows, x).forEach((fitted, i) => {
    squares += (fitted - b[i]) * (fitted - b[i]);
  });
  let absolute = 0;
  for (let j = 0; j < x.length; j++) absolute += Math.abs(x[j]);
  return squares / 2 + lambda * absolute;
}

/**
 * Minimises 1/2 |A x - b|^2 + lambda |x|_1 by trying every pattern of signs.
 *
 * Some minimiser has linearly independent columns where it is not 0, and there solves the normal equations
 * A_S' A_S x_S = A_S' b - lambda s, s its signs. Each of the 3^n patterns that has a solution gives a point; all are
 * feasible, so the one with the least objective is a minimiser, up to the rounding of the equations.
 *
 * @param rows - the design A, shape (m, n), n <= 10 or the wait is long
 * @param b - targets, length m
 * @param lambda - weight of the penalty, >= 0, not divided by m
 * @returns minimiser and minimum
 * Complexity: O(3^n (m n + n^3)).
 *
 * @example
 * ```ts
 * import { bruteForceLasso } from '@lemmata/testing';
 *
 * console.log(bruteForceLasso([[1, 0], [0, 1]], [3, -0.5], 1)); // coefficients 2 and 0
 * ```
 */
export function bruteForceLasso(rows: Rows, b: ArrayLike<number>, lambda: number): BruteForceLasso {
  const n = rows[0]?.length ?? 0;
  const columns = naiveTranspose(rows, n);
  const gram = columns.map((column) => naiveProduct(columns, column));
  const products = naiveProduct(columns, b);
  let best: BruteForceLasso = {
    coefficients: new Array<number>(n).fill(0),
    objective: lassoObjective(rows, b, lambda, new Array<number>(n).fill(0)),
  };
  for (const signs of signPatterns(n)) {
    const support = signs.flatMap((sign, j) => (sign === 0 ? [] : [j]));
    const solution = solveLinearSystem(
      support.map((i) => support.map((j) => gram[i][j])),
      support.map((j) => products[j] - lambda * signs[j]),
    );
    if (solution === undefined) continue;
    const coefficients = new Array<number>(n).fill(0);
    support.forEach((j, k) => {
      coefficients[j] = solution[k];
    });
    const objective = lassoObjective(rows, b, lambda, coefficients);
    if (objective < best.objective) best = { coefficients, objective };
  }
  return best;
}

/** All lists of n signs -1, 0, 1, counted in base three. */
function* signPatterns(n: number): Generator<number[]> {
  const signs = new Array<number>(n).fill(-1);
  for (;;) {
    yield [...signs];
    let j = 0;
    while (j < n && signs[j] === 1) signs[j++] = -1;
    if (j === n) return;
    signs[j]++;
  }
}

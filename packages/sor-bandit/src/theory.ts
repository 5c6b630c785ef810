import { requireNumber } from '@lemmata/core';
import { requireOpen } from './relaxation-options.js';

/**
 * Gives the relaxation factor at which SOR converges fastest, by Young's theory.
 *
 * omega* = 1 + (beta / (1 + sqrt(1 - beta^2)))^2 for consistently ordered symmetric positive definite A, beta the spectral
 * radius of I - D^-1 A. A factor a little above omega* costs much less than one below.
 *
 * @param beta - spectral radius of the Jacobi iteration matrix, in [0, 1)
 * @returns omega*, in [1, 2)
 * @throws InvalidInputError when beta is out of its range
 * Complexity: O(1).
 *
 * @example
 * ```ts
 * import { youngOmega } from '@lemmata/sor-bandit';
 *
 * console.log(youngOmega(0.95949297)); // 1.56038...
 * ```
 * @see D. M. Young, "Iterative Solution of Large Linear Systems", Academic Press, 1971
 */
export function youngOmega(beta: number): number {
  requireJacobi(beta);
  const ratio = beta / (1 + Math.sqrt(1 - beta * beta));
  return 1 + ratio * ratio;
}

/**
 * Gives the spectral radius of the SOR iteration matrix, by Young's theory.
 *
 * (omega beta + sqrt(omega^2 beta^2 - 4 (omega - 1)))^2 / 4 below omega*, omega - 1 from there on, for consistently
 * ordered symmetric positive definite A. At omega* itself the iteration matrix is defective: what is computed there
 * from a matrix is accurate to the square root of rounding only.
 *
 * @param omega - relaxation factor, in (0, 2)
 * @param beta - spectral radius of I - D^-1 A, in [0, 1)
 * @returns the spectral radius, in [0, 1)
 * @throws InvalidInputError when a number is out of its range
 * Complexity: O(1).
 *
 * @example
 * ```ts
 * import { sorSpectralRadius } from '@lemmata/sor-bandit';
 *
 * console.log(sorSpectralRadius(1.8, 0.9)); // 0.8
 * ```
 * @see D. M. Young, "Iterative Solution of Large Linear Systems", Academic Press, 1971
 */
export function sorSpectralRadius(omega: number, beta: number): number {
  requireOpen('omega', omega, 2);
  requireJacobi(beta);
  const root = omega * omega * beta * beta - 4 * (omega - 1);
  if (root <= 0) return omega - 1;
  const sum = omega * beta + Math.sqrt(root);
  return (sum * sum) / 4;
}

function requireJacobi(beta: number): void {
  if (beta !== 0) requireOpen('beta', requireNumber('beta', beta), 1);
}

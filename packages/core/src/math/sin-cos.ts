import { lowPart, quotient, withLowPart } from './double-double.js';
import { reduceByHalfPi, reducedArgument } from './trig-reduction.js';

/**
 * Computes the sine on the reduced range as an unevaluated sum.
 *
 * sin r = r - r^3/6 + r^5 S(r^2), S of degree 5 with |r^5 (S - exact)| < 2^-68 |r| (minimax). The cubic term is the one
 * whose rounding would show: 1/6 = 5/32 + 1/96, and with r cut to 16 bits 5/32 top^3 is exact, as is r - 5/32 top^3.
 * What is left is at most 0.0027, where six roundings cost less than 2^-57.5.
 *
 * @param r - |r| <= 0.7854
 * @param rLow - correction of r, |rLow| < 2^-52
 * @returns hi; lo by `lowPart`, |lo| <= |hi| / 16; the sum is within 2^-57 relative
 * Complexity: O(1), about 45 operations.
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapter 3
 */
function sinParts(r: number, rLow: number): number {
  const c = r * 137438953473; // 2^37 + 1: leaves 16 bits
  const top = c - (c - r);
  const cubic = 0.15625 * top * top * top;
  const hi = r - cubic;
  const err = r - hi - cubic;
  const z = r * r;
  const z2 = z * z;
  const p0 = 0.00833333333333333 - z * 0.0001984126984126168 + z2 * (2.75573192171451e-6 - z * 2.5052105590562596e-8);
  const p1 = 1.6058444302403408e-10 - z * 7.582202755211543e-13;
  const p = z * (p0 + z2 * z2 * p1) - 0.010416666666666666; // 1/96
  const cubicRest = 0.15625 * (r - top) * (z + top * (r + top));
  return withLowPart(hi, err + (z * r * p - cubicRest + rLow * (1 - 0.5 * z)));
}

/**
 * Computes the cosine on the reduced range as an unevaluated sum.
 *
 * cos r = 1 - r^2/2 + r^4 C(r^2), C of degree 5 with |r^4 (C - exact)| < 2^-64.1 (minimax). With r cut to 26 bits,
 * top^2/2 is exact and so is 1 - top^2/2. The rest is at most 0.0156 with five roundings of relative size 2^-53
 * (three in r^4, polynomial, product) and two additions of 2^-60: less than 2^-56.3.
 *
 * @param r - |r| <= 0.7854
 * @param rLow - correction of r, |rLow| < 2^-52
 * @returns hi; lo by `lowPart`, |lo| <= hi / 16; the sum is within 2^-56.3 of the true value
 * Complexity: O(1), about 40 operations.
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapter 3
 */
function cosParts(r: number, rLow: number): number {
  const c = r * 134217729; // 2^27 + 1: leaves 26 bits
  const top = c - (c - r);
  const half = 0.5 * top * top;
  const hi = 1 - half;
  const err = 1 - hi - half;
  const z = r * r;
  const z2 = z * z;
  const p0 = 0.0416666666666666 - z * 0.001388888888887447 + z2 * (2.480158728966691e-5 - z * 2.7557314399271016e-7);
  const p1 = 2.087572899585064e-9 - z * 1.1359917457714421e-11;
  const halfRest = 0.5 * (r - top) * (r + top);
  return withLowPart(hi, err + (z2 * (p0 + z2 * z2 * p1) - halfRest - rLow * (r - z * r * 0.16666666666666666)));
}

/**
 * Computes the sine of an angle in radians, the same bits in every engine.
 *
 * x = n pi/2 + r, then sin r or cos r with the sign of the quadrant. Error: 0.5 ulp of the one rounding, less than 0.12
 * ulp before it, at every size of x: |computed - sin x| < 0.62 ulp.
 *
 * @param x - any double, radians
 * @returns sin x in [-1, 1]; NaN for NaN and the infinities; sin(-0) = -0
 * Complexity: O(1), about 50 operations up to pi/4, 80 up to 1.6e6, 250 beyond; no allocation.
 * @example
 * ```ts
 * import { sin } from '@lemmata/core';
 * sin(1); // 0.8414709848078965
 * ```
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapters 3 and 11
 */
export function sin(x: number): number {
  if (!(Math.abs(x) < Infinity)) {
    return NaN;
  }
  if (Math.abs(x) < 7.450580596923828e-9) {
    return x; // 2^-27: x^3/6 is below 2^-56 |x|
  }
  const quadrant = reduceByHalfPi(x);
  const r = reducedArgument();
  const hi = (quadrant & 1) === 0 ? sinParts(r, lowPart()) : cosParts(r, lowPart());
  const value = hi + lowPart();
  return quadrant < 2 ? value : -value;
}

/**
 * Computes the cosine of an angle in radians, the same bits in every engine.
 *
 * x = n pi/2 + r, then cos r or sin r with the sign of the quadrant. Error: 0.5 ulp of the one rounding, less than 0.12
 * ulp before it, at every size of x: |computed - cos x| < 0.62 ulp.
 *
 * @param x - any double, radians
 * @returns cos x in [-1, 1]; NaN for NaN and the infinities; cos(0) = cos(-0) = 1
 * Complexity: O(1), about 50 operations up to pi/4, 80 up to 1.6e6, 250 beyond; no allocation.
 * @example
 * ```ts
 * import { cos } from '@lemmata/core';
 * cos(1); // 0.5403023058681398
 * ```
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapters 3 and 11
 */
export function cos(x: number): number {
  if (!(Math.abs(x) < Infinity)) {
    return NaN;
  }
  const quadrant = reduceByHalfPi(x);
  const r = reducedArgument();
  const hi = (quadrant & 1) === 0 ? cosParts(r, lowPart()) : sinParts(r, lowPart());
  const value = hi + lowPart();
  return quadrant === 0 || quadrant === 3 ? value : -value;
}

/**
 * Computes the tangent of an angle in radians, the same bits in every engine.
 *
 * x = n pi/2 + r; sin r / cos r for even n, -cos r / sin r for odd n, from both as unevaluated sums with one rounding.
 * The relative errors of both, 2^-57 and 2^-55.8, add up to less than 0.2 ulp: |computed - tan x| < 0.7 ulp at every
 * size of x.
 *
 * @param x - any double, radians
 * @returns tan x, always finite for finite x; NaN for NaN and the infinities; tan(-0) = -0
 * Complexity: O(1), about 130 operations up to pi/4, 160 up to 1.6e6, 330 beyond; no allocation.
 * @example
 * ```ts
 * import { tan } from '@lemmata/core';
 * tan(1); // 1.5574077246549023
 * ```
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapters 3 and 11
 */
export function tan(x: number): number {
  if (!(Math.abs(x) < Infinity)) {
    return NaN;
  }
  if (Math.abs(x) < 7.450580596923828e-9) {
    return x; // 2^-27: x^3/3 is below 2^-55 |x|
  }
  const quadrant = reduceByHalfPi(x);
  const r = reducedArgument();
  const rLow = lowPart();
  const s = sinParts(r, rLow);
  const sLow = lowPart();
  const c = cosParts(r, rLow);
  const cLow = lowPart();
  return (quadrant & 1) === 0 ? quotient(s, sLow, c, cLow) : quotient(-c, -cLow, s, sLow);
}

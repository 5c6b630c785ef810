import { powerOfTwo, scaleRounded } from './bits.js';
import { lowPart, upper, withLowPart } from './double-double.js';

/** log 2 rounded down to 42 bits: a product with an integer of up to 11 bits is exact. Unitless. */
export const LN2_HIGH: number = 0.6931471805598903;

/** log 2 - LN2_HIGH to 53 bits. Unitless; the two together miss log 2 by less than 2^-96. */
export const LN2_LOW: number = 5.497923018708371e-14;

/** 1 / log 2. Unitless. */
export const INVERSE_LN2: number = Math.LOG2E;

/**
 * Computes e^(r + rLow) - 1 on the reduced range as an unevaluated sum.
 *
 * e^r - 1 = r + r^2/2 + r^3 P(r), P of degree 9 with |r^3 (P - exact)| < 2^-62.7 on the range (weighted least squares
 * at 60 Chebyshev points, coefficients rounded one after another). With r cut to 26 bits, top^2/2 is exact and so is
 * r + top^2/2 = hi + err. The rest is r^3 P <= 0.0077 with four roundings of relative size 2^-53 (r^2, r^3, P, product)
 * and three additions of 2^-61: less than 2^-57.4 together.
 *
 * @param r - |r| <= 0.34661 (log 2 / 2, a little more)
 * @param rLow - correction of r, |rLow| < 2^-40
 * @returns hi; lo by `lowPart`, |lo| <= |hi| / 16; the sum is within 2^-57.4 of the true value, and within 2^-56
 *   relative
 * Complexity: O(1), about 45 operations.
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapter 3
 */
export function expm1Reduced(r: number, rLow: number): number {
  const top = upper(r);
  const half = 0.5 * top * top;
  const hi = r + half;
  const err = half - (hi - r);
  const r2 = r * r;
  const r4 = r2 * r2;
  const p0 = 0.1666666666666667 + r * 0.04166666666666668 + r2 * (0.008333333333325345 + r * 0.0013888888888877464);
  const p1 =
    0.00019841269877599006 + r * 2.480158734054326e-5 + r2 * (2.7557252134900734e-6 + r * 2.7557259295111673e-7);
  const p = p0 + r4 * (p1 + r4 * (2.5106455859075545e-8 + r * 2.091946635385834e-9));
  const rest = 0.5 * (r - top) * (r + top) + r * r2 * p;
  return withLowPart(hi, err + rest + rLow * (1 + hi));
}

/**
 * Computes e^x - 1 as an unevaluated sum.
 *
 * x = k log 2 + r, e^x - 1 = 2^k ((1 - 2^-k) + (e^r - 1)); the difference and both sums are kept exactly.
 *
 * @param x - in [-44, 44]
 * @returns hi; lo by `lowPart`, |lo| <= |hi| / 16; the sum is within 2^-55.4 relative (worst at 0.3466: k = 1, r < 0)
 * Complexity: O(1), about 70 operations.
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapter 3
 */
export function expm1Parts(x: number): number {
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  if (k === 0) {
    return expm1Reduced(x, 0);
  }
  const partial = x - k * LN2_HIGH;
  const correction = k * LN2_LOW;
  const r = partial - correction;
  const e = expm1Reduced(r, partial - r - correction);
  const eLow = lowPart();
  const unit = powerOfTwo(-k);
  const offset = 1 - unit;
  const offsetLow = k > 0 ? 1 - offset - unit : 1 - (offset + unit);
  const hi = offset + e; // |offset| >= 0.5 > |e|, so that the next line is exact
  const err = e - (hi - offset);
  const scale = powerOfTwo(k);
  return withLowPart(hi * scale, (err + offsetLow + eLow) * scale);
}

/**
 * Computes e^x, the same bits in every engine.
 *
 * Error: 0.5 ulp of the one rounding, less than 2^-57.4 / 2^-53 = 0.05 ulp of `expm1Reduced`, so that
 * |computed - e^x| < 0.55 ulp, also for subnormal results.
 *
 * @param x - any double, unitless; above 709.782712893384 the result overflows, below -745.1332191019412 it is 0
 * @returns e^x >= 0; exp(NaN) = NaN, exp(Infinity) = Infinity, exp(-Infinity) = 0, exp(0) = exp(-0) = 1
 * Complexity: O(1), about 60 operations, no allocation.
 * @example
 * ```ts
 * import { exp } from '@lemmata/core';
 * exp(1); // 2.718281828459045
 * ```
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapters 3 and 11
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) {
    return x;
  }
  if (x > 710) {
    return Infinity;
  }
  if (x < -746) {
    return 0;
  }
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const partial = x - k * LN2_HIGH;
  const correction = k * LN2_LOW;
  const r = partial - correction;
  const e = expm1Reduced(r, partial - r - correction);
  const eLow = lowPart();
  const hi = 1 + e;
  return scaleRounded(hi, e - (hi - 1) + eLow, k);
}

/**
 * Computes e^x - 1 without cancellation near 0, the same bits in every engine.
 *
 * Error: 0.5 ulp of the one rounding, less than 0.2 ulp of `expm1Parts`: |computed - (e^x - 1)| < 0.7 ulp.
 *
 * @param x - any double, unitless; above 709.782712893384 the result overflows, below -37.5 it rounds to -1
 * @returns e^x - 1 >= -1; expm1(NaN) = NaN, expm1(Infinity) = Infinity, expm1(-Infinity) = -1, expm1(-0) = -0
 * Complexity: O(1), about 70 operations, no allocation.
 * @example
 * ```ts
 * import { expm1 } from '@lemmata/core';
 * expm1(1e-10); // 1.00000000005e-10
 * ```
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapters 3 and 11
 */
export function expm1(x: number): number {
  if (!(x <= 44)) {
    return exp(x); // e^44 > 2^63: the 1 is below 2^-10 ulp
  }
  if (x < -40) {
    return -1;
  }
  if (Math.abs(x) < 5e-17) {
    return x;
  }
  const hi = expm1Parts(x);
  return hi + lowPart();
}

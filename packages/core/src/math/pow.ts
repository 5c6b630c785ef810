import { balancedExponent, balancedSignificand, scaleRounded } from './bits.js';
import { lowPart, twoProduct, twoSum, withLowPart } from './double-double.js';
import { expm1Reduced, INVERSE_LN2, LN2_HIGH, LN2_LOW } from './exp.js';

/** 1/3 - fl(1/3). Unitless. */
const THIRD_LOW = 1.850371707708594e-17;

/** 1/5 - fl(1/5). Unitless. */
const FIFTH_LOW = -1.1102230246251566e-17;

/**
 * Computes log x as an unevaluated sum of relative error below 2^-68.
 *
 * x = 2^k m, f = m - 1, s = f / (2 + f), z = s^2 <= 0.02945: log m = 2 s (1 + z (1/3 + z (1/5 + z T(z)))), T of
 * degree 6 with z^3 |T - exact| < 2^-72.8 relative to 1 (minimax). Everything down to 1/5 is carried in double-double;
 * z T is below 2^-7.8 and a plain double: its rounding enters with z^2 2^-60 < 2^-70.
 *
 * @param x - positive and finite
 * @returns hi; lo by `lowPart`
 * Complexity: O(1), about 200 operations.
 * @see J.-M. Muller et al., Handbook of Floating-Point Arithmetic, 2nd ed., 2018, chapter 14
 */
function logParts(x: number): number {
  const subnormal = x < 2.2250738585072014e-308;
  const y = subnormal ? x * 18014398509481984 : x; // 2^54
  const k = balancedExponent(y) - (subnormal ? 54 : 0);
  const m = balancedSignificand(y);
  const f = m - 1;
  const d = 1 + m;
  const dLow = m - (d - 1);
  const s = f / d;
  const product = twoProduct(s, d);
  const sLow = (f - product - lowPart() - s * dLow) / d;
  const z = twoProduct(s, s);
  const zLow = lowPart() + 2 * s * sLow;
  const z2 = z * z;
  const t0 = 0.1428571428571658 + z * 0.11111111110006294 + z2 * (0.09090909302709792 + z * 0.07692286449906825);
  const t1 = 0.06667881564513832 + z * 0.058425201759210246 + z2 * 0.059554987269348617;
  const zT = z * (t0 + z2 * z2 * t1);
  const q = 0.2 + zT;
  const qLow = zT - (q - 0.2) + FIFTH_LOW;
  const w = twoProduct(z, q);
  const wLow = lowPart() + (z * qLow + zLow * q);
  const v = 0.3333333333333333 + w;
  const vLow = w - (v - 0.3333333333333333) + (wLow + THIRD_LOW);
  const u = twoProduct(z, v);
  const uLow = lowPart() + (z * vLow + zLow * v);
  const t = twoProduct(s, u);
  const tLow = lowPart() + (s * uLow + sLow * u);
  const half = s + t;
  const halfLow = t - (half - s) + (tLow + sLow);
  // k LN2_HIGH is 0 or larger than |2 half|: the error of the sum is exact.
  const base = k * LN2_HIGH;
  const hi = base + 2 * half;
  const lo = 2 * half - (hi - base) + (2 * halfLow + k * LN2_LOW);
  const sum = hi + lo;
  return withLowPart(sum, lo - (sum - hi));
}

/**
 * Computes pow for x > 0, x not 1, both finite and y not 0.
 *
 * y log x is an exact product plus low part, within 2^-68 relative, hence 2^-58.5 absolute where the result is finite;
 * e to that power adds 2^-57.4 of `expm1Reduced`.
 *
 * @param x - positive, finite
 * @param y - finite, not 0
 * @returns x^y, error below 0.58 ulp
 * Complexity: O(1), about 290 operations.
 * @see J.-M. Muller et al., Handbook of Floating-Point Arithmetic, 2nd ed., 2018, chapter 14
 */
function powPositive(x: number, y: number): number {
  // |log x| is in [2^-53.01, 745.2]: beyond these sizes of y the result is 1, or over- or underflows.
  if (Math.abs(y) < 2.710505431213761e-20) {
    return 1; // 2^-65
  }
  if (Math.abs(y) > 1.8446744073709552e19) {
    return x > 1 === y > 0 ? Infinity : 0; // 2^64
  }
  const l = logParts(x);
  const lLow = lowPart();
  const p = twoProduct(y, l);
  const pLow = lowPart() + y * lLow;
  if (p > 710) {
    return Infinity;
  }
  if (p < -746) {
    return 0;
  }
  const k = Math.floor(p * INVERSE_LN2 + 0.5);
  const r = twoSum(p - k * LN2_HIGH, pLow - k * LN2_LOW);
  const e = expm1Reduced(r, lowPart());
  const eLow = lowPart();
  const hi = 1 + e;
  return scaleRounded(hi, e - (hi - 1) + eLow, k);
}

/**
 * Raises x to the power y, the same bits in every engine.
 *
 * Error: 0.5 ulp of the one rounding, less than 0.08 ulp before it: |computed - x^y| < 0.58 ulp, also for subnormal
 * results. Since less than half an ulp is lost before the rounding, every representable result (integer powers, roots
 * that come out even) is exact.
 *
 * @param x - base, any double, unitless
 * @param y - exponent, any double, unitless
 * @returns x^y with the special cases of ECMAScript: pow(x, 0) = 1 for every x, NaN included; pow(1, +-Infinity) and
 *   pow(-1, +-Infinity) are NaN; x < 0 with y not an integer is NaN; an odd integer y keeps the sign of x, of zeros and
 *   infinities too
 * Complexity: O(1), about 300 operations, no allocation.
 * @example
 * ```ts
 * import { pow } from '@lemmata/core';
 * pow(2, 0.5); // 1.4142135623730951
 * ```
 * @see ECMA-262, Number::exponentiate
 * @see J.-M. Muller et al., Handbook of Floating-Point Arithmetic, 2nd ed., 2018, chapter 14
 */
export function pow(x: number, y: number): number {
  if (y === 0) {
    return 1;
  }
  if (Number.isNaN(x) || Number.isNaN(y)) {
    return NaN;
  }
  const size = Math.abs(x);
  if (Math.abs(y) === Infinity) {
    if (size === 1) {
      return NaN;
    }
    return size > 1 === y > 0 ? Infinity : 0;
  }
  const integer = Math.floor(y) === y;
  const odd = integer && Math.floor(y * 0.5) !== y * 0.5;
  // 1 / x tells -0 from 0.
  const negative = x < 0 || (x === 0 && 1 / x < 0);
  let result = 1;
  if (size === 0 || size === Infinity) {
    result = (size === 0) === y > 0 ? 0 : Infinity;
  } else if (x < 0 && !integer) {
    return NaN;
  } else if (size !== 1) {
    result = powPositive(size, y);
  }
  return negative && odd ? -result : result;
}

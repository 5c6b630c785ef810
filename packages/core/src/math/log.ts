import { balancedExponent, balancedSignificand } from './bits.js';
import { lowPart, twoSum, upper } from './double-double.js';
import { LN2_HIGH, LN2_LOW } from './exp.js';

/**
 * Adds up k log 2 + log(1 + f) + correction with one rounding that matters.
 *
 * With s = f / (2 + f): log(1 + f) = 2 artanh s = f - f^2/2 + s (f^2/2 + s^2 Q(s^2)), Q of degree 6 with
 * |s^2 Q - exact| < 2^-58.4 on the range (minimax, coefficients rounded one after another). k LN2_HIGH, the square of
 * the 26 leading bits of f and the sums of the three large terms are exact. The largest inexact term, s (f^2/2 + ...),
 * is at most 0.0154, near f = 0.4142 where an ulp of the result is 2^-54; five roundings of relative size 2^-53 (two in
 * s, f^2, sum, product) are 0.16 ulp, the additions after it 0.06 ulp, Q 0.01 ulp.
 *
 * @param k - integer in [-1075, 1024]
 * @param f - in [-0.29290, 0.41422], at least 2^-54 in size if k = 0 and f is not 0
 * @param correction - |correction| < 2^-50
 * @returns the sum, error below 0.75 ulp
 * Complexity: O(1), about 50 operations.
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapter 11
 */
function logReduced(k: number, f: number, correction: number): number {
  const top = upper(f);
  const topHalf = 0.5 * top * top;
  const restHalf = 0.5 * (f - top) * (f + top);
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const q0 = 0.6666666666666734 + z * 0.3999999999941653 + z2 * (0.28571428742069555 + z * 0.22222198599417342);
  const q1 = 0.18183563206944614 + z * 0.1531407430545658 + z2 * 0.14795751917970573;
  const rest = s * (half + z * (q0 + z2 * z2 * q1)) - restHalf + (k * LN2_LOW + correction);
  // k LN2_HIGH is 0 or larger than |f|, and the sum is larger than f^2/2: both errors are exact.
  const base = k * LN2_HIGH;
  const sum = base + f;
  const hi = sum - topHalf;
  return hi + (f - (sum - base) + (sum - hi - topHalf) + rest);
}

/**
 * Computes the natural logarithm, the same bits in every engine.
 *
 * x = 2^k m with m between sqrt(1/2) and sqrt(2), up to 2^-20; m - 1 is exact. Error: 0.5 ulp of the
 * one rounding, less than 0.25 ulp of `logReduced`: |computed - log x| < 0.75 ulp.
 *
 * @param x - any double, unitless; subnormal x keeps the bound
 * @returns log x; NaN for x < 0 and NaN, -Infinity for 0 and -0, Infinity for Infinity, 0 for 1
 * Complexity: O(1), about 60 operations, no allocation.
 * @example
 * ```ts
 * import { log } from '@lemmata/core';
 * log(10); // 2.302585092994046
 * ```
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapter 11
 */
export function log(x: number): number {
  if (!(x > 0)) {
    return x === 0 ? -Infinity : NaN;
  }
  if (x === Infinity) {
    return x;
  }
  const subnormal = x < 2.2250738585072014e-308;
  const y = subnormal ? x * 18014398509481984 : x; // 2^54
  const k = balancedExponent(y) - (subnormal ? 54 : 0);
  return logReduced(k, balancedSignificand(y) - 1, 0);
}

/**
 * Computes log(1 + x) without cancellation near 0, the same bits in every engine.
 *
 * Where 1 + x lies in [sqrt(1/2), sqrt(2)], x itself is the reduced argument. Elsewhere u = fl(1 + x) and its rounding
 * error c enter as log u + c / u, which leaves out c^2 / (2 u^2) < 2^-107. Error: |computed - log(1 + x)| < 0.75 ulp.
 *
 * @param x - any double, unitless
 * @returns log(1 + x); NaN for x < -1 and NaN, -Infinity for -1, Infinity for Infinity, log1p(-0) = -0
 * Complexity: O(1), about 70 operations, no allocation.
 * @example
 * ```ts
 * import { log1p } from '@lemmata/core';
 * log1p(1e-10); // 9.999999999500001e-11
 * ```
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapter 11
 */
export function log1p(x: number): number {
  if (!(x > -1)) {
    return x === -1 ? -Infinity : NaN;
  }
  if (x === Infinity || Math.abs(x) < 5e-17) {
    return x;
  }
  if (x >= -0.2928 && x <= 0.4142) {
    return logReduced(0, x, 0);
  }
  const u = twoSum(1, x);
  const c = lowPart();
  return logReduced(balancedExponent(u), balancedSignificand(u) - 1, c / u);
}

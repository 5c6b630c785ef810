// Twin of src/math/log.ts: the same operations in the same order, explained there. Change both or neither.
import { balancedExponent, balancedSignificand } from './bits';
import { lowPart, twoSum, upper } from './double-double';
import { LN2_HIGH, LN2_LOW } from './exp';

/** Adds up k log 2 + log(1 + f) + correction with one rounding that matters. */
function logReduced(k: f64, f: f64, correction: f64): f64 {
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

/** Computes the natural logarithm. */
export function log(x: f64): f64 {
  if (!(x > 0)) {
    return x == 0 ? -Infinity : NaN;
  }
  if (x == Infinity) {
    return x;
  }
  const subnormal = x < 2.2250738585072014e-308;
  const y = subnormal ? x * 18014398509481984.0 : x; // 2^54
  const k = balancedExponent(y) - (subnormal ? 54 : 0);
  return logReduced(k, balancedSignificand(y) - 1, 0);
}

/** Computes log(1 + x) without cancellation near 0. */
export function log1p(x: f64): f64 {
  if (!(x > -1)) {
    return x == -1 ? -Infinity : NaN;
  }
  if (x == Infinity || abs<f64>(x) < 5e-17) {
    return x;
  }
  if (x >= -0.2928 && x <= 0.4142) {
    return logReduced(0, x, 0);
  }
  const u = twoSum(1, x);
  const c = lowPart();
  return logReduced(balancedExponent(u), balancedSignificand(u) - 1, c / u);
}

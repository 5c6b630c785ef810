// Twin of src/math/tanh.ts: the same operations in the same order, explained there. Change both or neither.
import { lowPart, quotient, twoSum } from './double-double';
import { expm1Parts } from './exp';

/** Computes the hyperbolic tangent. */
export function tanh(x: f64): f64 {
  const size = abs<f64>(x);
  if (isNaN<f64>(x) || size < 3.725290298461914e-9) {
    return x; // 2^-28: x^3/3 is below 2^-57 |x|
  }
  if (size > 20) {
    return x > 0 ? 1 : -1; // 2 e^-40 < 2^-56
  }
  const e = expm1Parts(2 * size);
  const eLow = lowPart();
  const d = twoSum(e, 2);
  const value = quotient(e, eLow, d, lowPart() + eLow);
  return x > 0 ? value : -value;
}

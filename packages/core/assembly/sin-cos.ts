// Twin of src/math/sin-cos.ts: the same operations in the same order, explained there. Change both or neither.
import { lowPart, quotient, withLowPart } from './double-double';
import { reduceByHalfPi, reducedArgument } from './trig-reduction';

/** Computes the sine on the reduced range as an unevaluated sum. */
function sinParts(r: f64, rLow: f64): f64 {
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

/** Computes the cosine on the reduced range as an unevaluated sum. */
function cosParts(r: f64, rLow: f64): f64 {
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

/** Computes the sine of an angle in radians. */
export function sin(x: f64): f64 {
  if (!(abs<f64>(x) < Infinity)) {
    return NaN;
  }
  if (abs<f64>(x) < 7.450580596923828e-9) {
    return x; // 2^-27: x^3/6 is below 2^-56 |x|
  }
  const quadrant = reduceByHalfPi(x);
  const r = reducedArgument();
  const hi = (quadrant & 1) == 0 ? sinParts(r, lowPart()) : cosParts(r, lowPart());
  const value = hi + lowPart();
  return quadrant < 2 ? value : -value;
}

/** Computes the cosine of an angle in radians. */
export function cos(x: f64): f64 {
  if (!(abs<f64>(x) < Infinity)) {
    return NaN;
  }
  const quadrant = reduceByHalfPi(x);
  const r = reducedArgument();
  const hi = (quadrant & 1) == 0 ? cosParts(r, lowPart()) : sinParts(r, lowPart());
  const value = hi + lowPart();
  return quadrant == 0 || quadrant == 3 ? value : -value;
}

/** Computes the tangent of an angle in radians. */
export function tan(x: f64): f64 {
  if (!(abs<f64>(x) < Infinity)) {
    return NaN;
  }
  if (abs<f64>(x) < 7.450580596923828e-9) {
    return x; // 2^-27: x^3/3 is below 2^-55 |x|
  }
  const quadrant = reduceByHalfPi(x);
  const r = reducedArgument();
  const rLow = lowPart();
  const s = sinParts(r, rLow);
  const sLow = lowPart();
  const c = cosParts(r, rLow);
  const cLow = lowPart();
  return (quadrant & 1) == 0 ? quotient(s, sLow, c, cLow) : quotient(-c, -cLow, s, sLow);
}

// Twin of src/math/exp.ts: the same operations in the same order, explained there. Change both or neither.
import { powerOfTwo, scaleRounded } from './bits';
import { lowPart, upper, withLowPart } from './double-double';

/** log 2 rounded down to 42 bits: a product with an integer of up to 11 bits is exact. Unitless. */
export const LN2_HIGH: f64 = 0.6931471805598903;

/** log 2 - LN2_HIGH to 53 bits. Unitless; the two together miss log 2 by less than 2^-96. */
export const LN2_LOW: f64 = 5.497923018708371e-14;

/** 1 / log 2. Unitless. */
export const INVERSE_LN2: f64 = 1.4426950408889634;

/** Computes e^(r + rLow) - 1 on the reduced range as an unevaluated sum. */
export function expm1Reduced(r: f64, rLow: f64): f64 {
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

/** Computes e^x - 1 as an unevaluated sum. */
export function expm1Parts(x: f64): f64 {
  const k = floor<f64>(x * INVERSE_LN2 + 0.5);
  if (k == 0) {
    return expm1Reduced(x, 0);
  }
  const partial = x - k * LN2_HIGH;
  const correction = k * LN2_LOW;
  const r = partial - correction;
  const e = expm1Reduced(r, partial - r - correction);
  const eLow = lowPart();
  const unit = powerOfTwo(i32(-k));
  const offset = 1 - unit;
  const offsetLow = k > 0 ? 1 - offset - unit : 1 - (offset + unit);
  const hi = offset + e; // |offset| >= 0.5 > |e|, so that the next line is exact
  const err = e - (hi - offset);
  const scale = powerOfTwo(i32(k));
  return withLowPart(hi * scale, (err + offsetLow + eLow) * scale);
}

/** Computes e^x. */
export function exp(x: f64): f64 {
  if (isNaN<f64>(x)) {
    return x;
  }
  if (x > 710) {
    return Infinity;
  }
  if (x < -746) {
    return 0;
  }
  const k = floor<f64>(x * INVERSE_LN2 + 0.5);
  const partial = x - k * LN2_HIGH;
  const correction = k * LN2_LOW;
  const r = partial - correction;
  const e = expm1Reduced(r, partial - r - correction);
  const eLow = lowPart();
  const hi = 1 + e;
  return scaleRounded(hi, e - (hi - 1) + eLow, i32(k));
}

/** Computes e^x - 1 without cancellation near 0. */
export function expm1(x: f64): f64 {
  if (!(x <= 44)) {
    return exp(x); // e^44 > 2^63: the 1 is below 2^-10 ulp
  }
  if (x < -40) {
    return -1;
  }
  if (abs<f64>(x) < 5e-17) {
    return x;
  }
  const hi = expm1Parts(x);
  return hi + lowPart();
}

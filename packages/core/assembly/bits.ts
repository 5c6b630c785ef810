// Twin of src/math/bits.ts: the same operations in the same order, explained there. Change both or neither.
/** Upper 32 bits of sqrt(1/2). */
const SQRT_HALF_WORD: i32 = 0x3fe6a09e;

/** Reads the exponent field of a double. */
export function exponent(x: f64): i32 {
  return (i32(reinterpret<u64>(x) >> 52) & 0x7ff) - 1023;
}

/** Finds k such that 2^-k x lies around 1. */
export function balancedExponent(x: f64): i32 {
  return (i32(reinterpret<u64>(x) >> 32) - SQRT_HALF_WORD) >> 20;
}

/** Computes 2^-k x for the k of `balancedExponent`, exactly. */
export function balancedSignificand(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  const step = (i32(bits >> 32) - SQRT_HALF_WORD) & -0x100000;
  return reinterpret<f64>(bits - (u64(step) << 32));
}

/** Builds 2^k. */
export function powerOfTwo(k: i32): f64 {
  return reinterpret<f64>(u64(k + 1023) << 52);
}

/** Computes (hi + lo) 2^k with one rounding, also where the result is subnormal. */
export function scaleRounded(hi: f64, lo: f64, k: i32): f64 {
  const y = hi + lo;
  if (k >= -1021) {
    return k <= 1023 ? y * powerOfTwo(k) : y * 2 * powerOfTwo(1023);
  }
  if (k == -1022 && y >= 1) {
    return y * powerOfTwo(-1022);
  }
  const anchor = powerOfTwo(-1022 - k);
  const sum = anchor + hi;
  const rounded = sum + (hi - (sum - anchor) + lo);
  return (rounded - anchor) * powerOfTwo(k + 1000) * powerOfTwo(-1000);
}

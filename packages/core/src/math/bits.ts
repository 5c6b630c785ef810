const view: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** powers[k + 1024] = 2^k once filled. */
const powers: Float64Array = /* @__PURE__ */ new Float64Array(2048);

/** Upper 32 bits of sqrt(1/2). */
const SQRT_HALF_WORD = 0x3fe6a09e;

/**
 * Reads the exponent field of a double: e with 2^e <= |x| < 2^(e+1) for normal x.
 *
 * Byte order is named in every access, so the answer does not depend on the platform's.
 *
 * @param x - any double
 * @returns an integer in [-1023, 1024]; -1023 for zeros and subnormals, 1024 for infinities and NaN
 * Complexity: O(1).
 * @see IEEE Std 754-2019, 3.4 (binary64)
 */
export function exponent(x: number): number {
  view.setFloat64(0, x, true);
  return ((view.getInt32(4, true) >>> 20) & 0x7ff) - 1023;
}

/**
 * Finds k such that 2^-k x lies around 1: in [0.70710659, 1.41421319), which is sqrt(1/2) to sqrt(2) cut to the 20 bits
 * of the upper word. No branch depends on the value.
 *
 * @param x - positive and normal
 * @returns k, an integer in [-1022, 1024]
 * Complexity: O(1).
 * @see IEEE Std 754-2019, 3.4 (binary64)
 */
export function balancedExponent(x: number): number {
  view.setFloat64(0, x, true);
  return (view.getInt32(4, true) - SQRT_HALF_WORD) >> 20;
}

/**
 * Computes 2^-k x for the k of {@link balancedExponent}, exactly.
 *
 * @param x - positive and normal
 * @returns m in [0.70710659, 1.41421319)
 * Complexity: O(1).
 * @see IEEE Std 754-2019, 3.4 (binary64)
 */
export function balancedSignificand(x: number): number {
  return x * powerOfTwo(-balancedExponent(x));
}

function fillPowers(): void {
  let power = 5.562684646268003e-309; // 2^-1024
  for (let i = 0; i < 2048; i++) {
    powers[i] = power;
    power *= 2;
  }
}

/**
 * Looks up 2^k.
 *
 * A double put together from two 32-bit stores has to wait for both to leave the processor's store buffer before it can
 * be read, which costs exp and log half their speed; so the powers are kept, and made at the first call.
 *
 * @param k - integer in [-1024, 1023]; anything else is the caller's mistake and is not looked for
 * @returns 2^k, exactly
 * Complexity: O(1); 2048 multiplications at the first call, 16 KiB of memory.
 * @see IEEE Std 754-2019, 3.4 (binary64)
 */
export function powerOfTwo(k: number): number {
  if (powers[0] === 0) {
    fillPowers();
  }
  return powers[k + 1024];
}

/**
 * Computes (hi + lo) 2^k with one rounding, also where the result is subnormal.
 *
 * For a normal result the sum is rounded to 53 bits and the scaling is exact. A subnormal result keeps fewer bits, and
 * to round to 53 first and to fewer afterwards could cost up to 3/4 ulp. So 2^(-1022-k) is added before and taken off
 * after: in [2^(-1022-k), 2^(-1021-k)) doubles are spaced by 2^(-1074-k), which is the last bit of the result.
 *
 * @param hi - leading part; in [0.5, 2) when k is outside [-900, 900]
 * @param lo - correction, |lo| <= |hi| / 16
 * @param k - integer in [-1100, 1024]
 * @returns the double nearest to (hi + lo) 2^k, up to the error of hi + lo; infinity on overflow
 * Complexity: O(1).
 * @see IEEE Std 754-2019, 4.3 (rounding) and 7.5 (underflow)
 */
export function scaleRounded(hi: number, lo: number, k: number): number {
  const y = hi + lo;
  if (k >= -1021) {
    return k <= 1023 ? y * powerOfTwo(k) : y * 2 * powerOfTwo(1023);
  }
  if (k === -1022 && y >= 1) {
    return y * powerOfTwo(-1022);
  }
  const anchor = powerOfTwo(-1022 - k);
  const sum = anchor + hi;
  const rounded = sum + (hi - (sum - anchor) + lo);
  return (rounded - anchor) * powerOfTwo(k + 1000) * powerOfTwo(-1000);
}

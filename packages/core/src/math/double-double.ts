const tail: Float64Array = /* @__PURE__ */ new Float64Array(1);

/**
 * Reads the low part that the last function with two results left behind.
 *
 * Functions of this folder that compute an unevaluated sum hi + lo return hi and keep lo here, so that no pair is
 * allocated. Read it before the next such call.
 *
 * @returns lo
 * Complexity: O(1).
 * @see T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18, 1971
 */
export function lowPart(): number {
  return tail[0];
}

/**
 * Leaves the low part of a result for {@link lowPart} and hands the high part through.
 *
 * @param hi - leading part
 * @param lo - low part
 * @returns hi
 * Complexity: O(1).
 * @see T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18, 1971
 */
export function withLowPart(hi: number, lo: number): number {
  tail[0] = lo;
  return hi;
}

/**
 * Cuts a double to its 26 leading bits: a = upper(a) + rest with both parts short enough for exact products.
 *
 * @param a - |a| < 2^996, else the intermediate product overflows
 * @returns a rounded to 26 significant bits; a - upper(a) is exact and has at most 26 bits
 * Complexity: O(1), 4 operations.
 * @see T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18, 1971
 */
export function upper(a: number): number {
  const c = a * 134217729; // 2^27 + 1
  return c - (c - a);
}

/**
 * Adds two doubles without loss: a + b = hi + lo, hi the rounded sum.
 *
 * @param a - finite
 * @param b - finite; no order of magnitude between a and b is needed
 * @returns hi; lo by {@link lowPart}
 * Complexity: O(1), 6 operations.
 * @see D. E. Knuth, The Art of Computer Programming, vol. 2, 4.2.2, Theorem B
 */
export function twoSum(a: number, b: number): number {
  const hi = a + b;
  const bPart = hi - a;
  tail[0] = a - (hi - bPart) + (b - bPart);
  return hi;
}

/**
 * Multiplies two doubles without loss: a b = hi + lo, hi the rounded product.
 *
 * @param a - |a| < 2^996
 * @param b - |b| < 2^996; exact while |a b| is in [2^-960, 2^1020] or zero
 * @returns hi; lo by {@link lowPart}
 * Complexity: O(1), 17 operations.
 * @see T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18, 1971
 */
export function twoProduct(a: number, b: number): number {
  const hi = a * b;
  const aTop = upper(a);
  const aRest = a - aTop;
  const bTop = upper(b);
  const bRest = b - bTop;
  tail[0] = aTop * bTop - hi + aTop * bRest + aRest * bTop + aRest * bRest;
  return hi;
}

/**
 * Divides one unevaluated sum by another and rounds the quotient once: (aHi + aLo) / (bHi + bLo).
 *
 * Both sums are first renormalised, so lo may be as large as hi / 16. With q = fl(a / b) the remainder a - q b is
 * computed from an exact product; adding its quotient leaves an error of about 2^-104 |a / b| before the last rounding.
 *
 * @param aHi - leading part of the dividend
 * @param aLo - low part of the dividend, |aLo| <= |aHi|
 * @param bHi - leading part of the divisor, not 0
 * @param bLo - low part of the divisor, |bLo| <= |bHi| / 16
 * @returns the quotient, error below 0.5 ulp + 2^-100 relative to the sums given
 * Complexity: O(1), 35 operations.
 * @see T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18, 1971
 */
export function quotient(aHi: number, aLo: number, bHi: number, bLo: number): number {
  const a = aHi + aLo;
  const b = bHi + bLo;
  const aRest = aLo - (a - aHi);
  const bRest = bLo - (b - bHi);
  const q = a / b;
  const product = twoProduct(q, b);
  const remainder = a - product - tail[0] + aRest - q * bRest;
  return q + remainder / b;
}

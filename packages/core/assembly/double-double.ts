// Twin of src/math/double-double.ts: the same operations in the same order, explained there. Change both or neither.
let tail: f64 = 0;

/** Reads the low part that the last function with two results left behind. */
export function lowPart(): f64 {
  return tail;
}

/** Leaves the low part of a result for `lowPart` and hands the high part through. */
export function withLowPart(hi: f64, lo: f64): f64 {
  tail = lo;
  return hi;
}

/** Cuts a double to its 26 leading bits: a = upper(a) + rest with both parts short enough for exact products. */
export function upper(a: f64): f64 {
  const c = a * 134217729; // 2^27 + 1
  return c - (c - a);
}

/** Adds two doubles without loss: a + b = hi + lo, hi the rounded sum. */
export function twoSum(a: f64, b: f64): f64 {
  const hi = a + b;
  const bPart = hi - a;
  tail = a - (hi - bPart) + (b - bPart);
  return hi;
}

/** Multiplies two doubles without loss: a b = hi + lo, hi the rounded product. */
export function twoProduct(a: f64, b: f64): f64 {
  const hi = a * b;
  const aTop = upper(a);
  const aRest = a - aTop;
  const bTop = upper(b);
  const bRest = b - bTop;
  tail = aTop * bTop - hi + aTop * bRest + aRest * bTop + aRest * bRest;
  return hi;
}

/** Divides one unevaluated sum by another and rounds the quotient once: (aHi + aLo) / (bHi + bLo). */
export function quotient(aHi: f64, aLo: f64, bHi: f64, bLo: f64): f64 {
  const a = aHi + aLo;
  const b = bHi + bLo;
  const aRest = aLo - (a - aHi);
  const bRest = bLo - (b - bHi);
  const q = a / b;
  const product = twoProduct(q, b);
  const remainder = a - product - tail + aRest - q * bRest;
  return q + remainder / b;
}

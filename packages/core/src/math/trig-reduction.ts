import { exponent, powerOfTwo } from './bits.js';
import { lowPart, twoProduct, twoSum, withLowPart } from './double-double.js';
import { twoOverPiWord } from './two-over-pi.js';

const reduced: Float64Array = /* @__PURE__ */ new Float64Array(1);

/**
 * Reads the reduced argument r that the last {@link reduceByHalfPi} left behind; its low part is in `lowPart`.
 *
 * @returns r, |r| <= pi/4 (1 + 2^-40)
 * Complexity: O(1).
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapter 11
 */
export function reducedArgument(): number {
  return reduced[0];
}

/**
 * Reduces a medium argument by three exact products (Cody and Waite).
 *
 * pi/2 = A + B + C + D with 33 bits in A, B and C each: n A, n B and n C are exact for |n| <= 2^20, and so is x - n A.
 * What is left out is below 2^20 2^-158 = 2^-138; no double below 2^21 is nearer to a multiple of pi/2 than 2^-62.
 *
 * @param x - |x| <= 1647099
 * @returns quadrant, 0 to 3; r by {@link reducedArgument}, its low part by `lowPart`
 * Complexity: O(1), about 30 operations.
 * @see W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980
 */
function reduceMedium(x: number): number {
  const n = Math.floor(x * 0.6366197723675814 + 0.5);
  const a = x - n * 1.5707963267341256;
  const b = twoSum(a, -(n * 6.077100506303966e-11));
  const bLow = lowPart();
  const c = twoSum(b, -(n * 2.0222662487111665e-21));
  const low = lowPart() + bLow - n * 8.4784276603689e-32;
  const r = c + low;
  reduced[0] = withLowPart(r, low - (r - c));
  return n & 3;
}

/**
 * Reduces a large argument by the bits of 2/pi that matter (Payne and Hanek).
 *
 * |x| = M 2^(24 q) with M an integer of at most 76 bits, cut into four limbs of 24 bits. In the product with the words
 * of 2/pi, column c has weight 2^(-24 c): columns before 0 are multiples of 2^24 quarter turns and not computed, column
 * 0 gives the quadrant, columns 1 to 7 the fraction. Each column is an integer below 2^50 + 2^27, exact in a double.
 * Columns from 8 on, left out, are below 2^-141; no double is nearer to a multiple of pi/2 than 2^-62.
 *
 * @param x - finite, |x| > 1647099
 * @returns quadrant, 0 to 3; r by {@link reducedArgument}, its low part by `lowPart`
 * Complexity: O(1), about 200 operations.
 * @see M. H. Payne and R. N. Hanek, "Radian reduction for trigonometric functions", SIGNUM Newsletter 18, 1983
 */
function reduceLarge(x: number): number {
  // x = M 2^(e - 52); q = floor((e - 52) / 24), and adding two periods keeps the dividend of the truncation positive.
  const q = (((exponent(x) - 52 + 48) / 24) | 0) - 2;
  let rest = Math.abs(x) * powerOfTwo(-24 * q);
  const m3 = Math.floor(rest * 2.117582368135751e-22); // 2^-72
  rest -= m3 * 4.722366482869645e21; // 2^72
  const m2 = Math.floor(rest * 3.552713678800501e-15); // 2^-48
  rest -= m2 * 281474976710656; // 2^48
  const m1 = Math.floor(rest * 5.9604644775390625e-8); // 2^-24
  const m0 = rest - m1 * 16777216; // 2^24

  // Columns 7 down to 0. Column c takes words q + c - 1 (times m0) to q + c + 2 (times m3).
  let w0 = twoOverPiWord(q + 6);
  let w1 = twoOverPiWord(q + 7);
  let w2 = twoOverPiWord(q + 8);
  let w3 = twoOverPiWord(q + 9);
  let carry = 0;
  let weight = 2.6727647100921956e-51; // 2^-168
  let top = 0;
  let middle = 0;
  let low = 0;
  for (let c = 7; c >= 1; c--) {
    const column = m0 * w0 + m1 * w1 + m2 * w2 + m3 * w3 + carry;
    carry = Math.floor(column * 5.9604644775390625e-8);
    const part = (column - carry * 16777216) * weight;
    if (c >= 5) {
      low += part;
    } else if (c >= 3) {
      middle += part;
    } else {
      top += part;
    }
    weight *= 16777216;
    w3 = w2;
    w2 = w1;
    w1 = w0;
    w0 = twoOverPiWord(q + c - 2);
  }
  let turns = m0 * w0 + m1 * w1 + m2 * w2 + m3 * w3 + carry;
  if (top >= 0.5) {
    top -= 1;
    turns += 1;
  }
  // top and middle have 48 bits each, so that the first sum loses nothing even where top cancels down to one bit.
  const upperSum = twoSum(top, middle);
  const upperLow = lowPart();
  const fraction = twoSum(upperSum, low);
  const fractionLow = lowPart() + upperLow;
  const product = twoProduct(fraction, 1.5707963267948966);
  const productLow = lowPart() + (fraction * 6.123233995736766e-17 + fractionLow * 1.5707963267948966);
  const r = product + productLow;
  const rLow = productLow - (r - product);
  const quadrant = turns - Math.floor(turns * 0.25) * 4;
  if (x < 0) {
    reduced[0] = withLowPart(-r, -rLow);
    return (4 - quadrant) & 3;
  }
  reduced[0] = withLowPart(r, rLow);
  return quadrant;
}

/**
 * Writes x as n pi/2 + r + rLow and returns n mod 4.
 *
 * @param x - finite
 * @returns quadrant n mod 4, 0 to 3; r by {@link reducedArgument} with |r| <= pi/4 (1 + 2^-40), rLow by `lowPart`; the
 *   sum is within 2^-68 relative of the true remainder, whatever the size of x
 * Complexity: O(1): 1 operation up to pi/4, about 30 up to 1.6e6, about 200 beyond.
 * @see J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed., 2016, chapter 11
 */
export function reduceByHalfPi(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.7853981633974483) {
    reduced[0] = withLowPart(x, 0);
    return 0;
  }
  return size <= 1647099 ? reduceMedium(x) : reduceLarge(x);
}

// Twin of src/math/trig-reduction.ts: the same operations in the same order, explained there. Change both or neither.
import { exponent, powerOfTwo } from './bits';
import { lowPart, twoProduct, twoSum, withLowPart } from './double-double';
import { twoOverPiWord } from './two-over-pi';

let reduced: f64 = 0;

/** Reads the reduced argument r that the last `reduceByHalfPi` left behind; its low part is in `lowPart`. */
export function reducedArgument(): f64 {
  return reduced;
}

/** Reduces a medium argument by three exact products (Cody and Waite). */
function reduceMedium(x: f64): i32 {
  const n = floor<f64>(x * 0.6366197723675814 + 0.5);
  const a = x - n * 1.5707963267341256;
  const b = twoSum(a, -(n * 6.077100506303966e-11));
  const bLow = lowPart();
  const c = twoSum(b, -(n * 2.0222662487111665e-21));
  const low = lowPart() + bLow - n * 8.4784276603689e-32;
  const r = c + low;
  reduced = withLowPart(r, low - (r - c));
  return i32(n) & 3;
}

/** Reduces a large argument by the bits of 2/pi that matter (Payne and Hanek). */
function reduceLarge(x: f64): i32 {
  // x = M 2^(e - 52); q = floor((e - 52) / 24), and adding two periods keeps the dividend of the truncation positive.
  const q = (exponent(x) - 52 + 48) / 24 - 2;
  let rest = abs<f64>(x) * powerOfTwo(-24 * q);
  const m3 = floor<f64>(rest * 2.117582368135751e-22); // 2^-72
  rest -= m3 * 4.722366482869645e21; // 2^72
  const m2 = floor<f64>(rest * 3.552713678800501e-15); // 2^-48
  rest -= m2 * 281474976710656.0; // 2^48
  const m1 = floor<f64>(rest * 5.9604644775390625e-8); // 2^-24
  const m0 = rest - m1 * 16777216; // 2^24

  // Columns 7 down to 0. Column c takes words q + c - 1 (times m0) to q + c + 2 (times m3).
  let w0 = twoOverPiWord(q + 6);
  let w1 = twoOverPiWord(q + 7);
  let w2 = twoOverPiWord(q + 8);
  let w3 = twoOverPiWord(q + 9);
  let carry: f64 = 0;
  let weight = 2.6727647100921956e-51; // 2^-168
  let top: f64 = 0;
  let middle: f64 = 0;
  let low: f64 = 0;
  for (let c = 7; c >= 1; c--) {
    const column = m0 * w0 + m1 * w1 + m2 * w2 + m3 * w3 + carry;
    carry = floor<f64>(column * 5.9604644775390625e-8);
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
  const quadrant = i32(turns - floor<f64>(turns * 0.25) * 4);
  if (x < 0) {
    reduced = withLowPart(-r, -rLow);
    return (4 - quadrant) & 3;
  }
  reduced = withLowPart(r, rLow);
  return quadrant;
}

/** Writes x as n pi/2 + r + rLow and returns n mod 4. */
export function reduceByHalfPi(x: f64): i32 {
  const size = abs<f64>(x);
  if (size <= 0.7853981633974483) {
    reduced = withLowPart(x, 0);
    return 0;
  }
  return size <= 1647099 ? reduceMedium(x) : reduceLarge(x);
}

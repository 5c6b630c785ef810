import { describe, expect, it } from 'vitest';
import { balancedExponent, balancedSignificand, exponent, powerOfTwo, scaleRounded } from '../src/math/bits.js';
import { lowPart, quotient, twoProduct, twoSum, upper } from '../src/math/double-double.js';
import { fromBits, mix, toBits } from './fixtures/math/arguments.js';

/** A double as an integer multiple of 2^-1200: exact for |x| >= 2^-1147. */
function exact(x: number): bigint {
  const bits = toBits(Math.abs(x));
  const field = Number(bits >> 52n);
  const whole = (bits & ((1n << 52n) - 1n)) | (field === 0 ? 0n : 1n << 52n);
  const size = whole << BigInt(Math.max(field, 1) - 1075 + 1200);
  return x < 0 ? -size : size;
}

/** A double of random sign and bits with exponent in [from, to]. */
function draw(n: number, from: number, to: number): number {
  const word = mix(BigInt(n));
  const e = from + Number((word >> 53n) % BigInt(to - from + 1));
  const x = fromBits((BigInt(e + 1023) << 52n) | (word & ((1n << 52n) - 1n)));
  return (word >> 52n) & 1n ? -x : x;
}

describe('exact arithmetic on pairs', () => {
  it('twoSum loses nothing', () => {
    for (let i = 0; i < 5000; i++) {
      const a = draw(2 * i, -40, 40);
      const b = draw(2 * i + 1, -40, 40);
      const hi = twoSum(a, b);
      const lo = lowPart();
      expect(hi).toBe(a + b);
      expect(exact(hi) + exact(lo)).toBe(exact(a) + exact(b));
    }
  });

  it('twoProduct loses nothing', () => {
    for (let i = 0; i < 5000; i++) {
      const a = draw(2 * i, -200, 200);
      const b = draw(2 * i + 1, -200, 200);
      const hi = twoProduct(a, b);
      const lo = lowPart();
      expect(hi).toBe(a * b);
      expect((exact(hi) + exact(lo)) << 1200n).toBe(exact(a) * exact(b));
    }
  });

  it('upper leaves 26 bits and an exact rest', () => {
    for (let i = 0; i < 2000; i++) {
      const a = draw(i, -500, 500);
      const top = upper(a);
      expect(toBits(top) & ((1n << 27n) - 1n)).toBe(0n);
      expect(exact(top) + exact(a - top)).toBe(exact(a));
    }
  });

  it('quotient is within 0.5 ulp, up to 2^-40 ulp, of the exact quotient of the sums', () => {
    for (let i = 0; i < 5000; i++) {
      const aHi = draw(4 * i, -20, 20);
      const bHi = draw(4 * i + 1, -20, 20);
      const aLo = (aHi * draw(4 * i + 2, -8, -1)) / 16;
      const bLo = (bHi * draw(4 * i + 3, -8, -1)) / 16;
      const q = quotient(aHi, aLo, bHi, bLo);
      const a = exact(aHi) + exact(aLo);
      const b = exact(bHi) + exact(bLo);
      // |q b - a| <= (0.5 + 2^-40) ulp(q) |b|, all times 2^41; the spacing below a power of two is half of that above.
      const difference = exact(q) * b - (a << 1200n);
      const ulp = exact(powerOfTwo(exponent(q) - 52));
      const size = (n: bigint): bigint => (n < 0n ? -n : n);
      expect(size(difference) << 41n <= ((1n << 40n) + 2n) * ulp * size(b)).toBe(true);
    }
  });
});

describe('bits', () => {
  it('takes every normal double apart and powers of two together', () => {
    for (let k = -1022; k <= 1023; k++) {
      const x = draw(k + 2000, k, k);
      expect(exponent(x)).toBe(k);
      const size = Math.abs(x);
      const m = balancedSignificand(size);
      const steps = balancedExponent(size);
      expect(m).toBeGreaterThan(Math.SQRT1_2 - 2 ** -20);
      expect(m).toBeLessThan(Math.SQRT2);
      expect(steps === 1024 ? m * 2 * powerOfTwo(1023) : m * powerOfTwo(steps)).toBe(size);
      expect(powerOfTwo(k)).toBe(fromBits(BigInt(k + 1023) << 52n));
    }
    expect(exponent(0)).toBe(-1023);
    expect(exponent(5e-324)).toBe(-1023);
    expect(exponent(-Infinity)).toBe(1024);
  });

  it('scaleRounded rounds once, to nearest', () => {
    for (let i = 0; i < 6000; i++) {
      const k = -1076 + (i % 60);
      const hi = Math.abs(draw(2 * i, -1, 0));
      const lo = draw(2 * i + 1, -60, -5);
      const result = scaleRounded(hi, lo, k);
      // In units of 2^(k - 1200) 2^-...: result 2^-k and hi + lo as multiples of 2^-1200.
      const target = exact(hi) + exact(lo);
      const spacing = 1n << BigInt(Math.max(-1074, exponent(hi + lo) + k - 52) - k + 1200);
      const got = toBits(result) * (1n << BigInt(-1074 - k + 1200));
      const difference = got > target ? got - target : target - got;
      if (result < 2.2250738585072014e-308) {
        // The correction e + lo carries one rounding of 2^-58 at most before the last one: 2^-5 of half a spacing.
        expect(64n * difference <= 33n * spacing, `${hi} + ${lo}, 2^${k}`).toBe(true);
      } else {
        expect(result).toBe((hi + lo) * powerOfTwo(k));
      }
    }
  });

  it('scaleRounded overflows to infinity only beyond the largest double', () => {
    expect(scaleRounded(1.9999999999999998, 0, 1023)).toBe(1.7976931348623157e308);
    expect(scaleRounded(0.9999999999999999, 0, 1024)).toBe(1.7976931348623157e308);
    expect(scaleRounded(1, 0, 1024)).toBe(Infinity);
    expect(scaleRounded(1, 0, -1075)).toBe(0);
    expect(scaleRounded(1.0000000000000002, 0, -1075)).toBe(5e-324);
  });
});

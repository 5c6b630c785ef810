import { describe, expect, it } from 'vitest';
import { cos, exp, expm1, log, log1p, pow, sin, tan, tanh } from '../src/math/index.js';
import { fromBits, toBits } from './fixtures/math/arguments.js';
import { SPECIAL_VALUES } from './fixtures/math/special-values.js';

const UNARY = { exp, expm1, log, log1p, sin, cos, tan, tanh };
const NAMES = Object.keys(UNARY) as (keyof typeof UNARY)[];

/** Results that the standard fixes or that hold no rounding. */
function isFixed(value: number): boolean {
  return Number.isNaN(value) || value === 0 || Math.abs(value) === Infinity || Math.abs(value) === 1;
}

describe.each(NAMES)('%s', (name) => {
  it('has the engine’s result wherever that is NaN, a zero, an infinity or one', () => {
    let compared = 0;
    for (const x of SPECIAL_VALUES) {
      const expected = Math[name](x);
      if (isFixed(expected)) {
        expect(UNARY[name](x), `${name}(${x})`).toBe(expected);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(5);
  });
});

describe('special cases written out', () => {
  it.each([
    ['exp', NaN, NaN],
    ['exp', -0, 1],
    ['exp', -Infinity, 0],
    ['exp', Infinity, Infinity],
    ['expm1', -0, -0],
    ['expm1', -Infinity, -1],
    ['expm1', 5e-324, 5e-324],
    ['log', -0, -Infinity],
    ['log', 0, -Infinity],
    ['log', -1, NaN],
    ['log', 1, 0],
    ['log', Infinity, Infinity],
    ['log1p', -1, -Infinity],
    ['log1p', -1.0000000000000002, NaN],
    ['log1p', -0, -0],
    ['sin', -0, -0],
    ['sin', Infinity, NaN],
    ['cos', -0, 1],
    ['cos', -Infinity, NaN],
    ['tan', -0, -0],
    ['tan', Infinity, NaN],
    ['tanh', -0, -0],
    ['tanh', Infinity, 1],
    ['tanh', -Infinity, -1],
    ['tanh', NaN, NaN],
  ] as const)('%s(%d) = %d', (name, x, expected) => {
    expect(UNARY[name](x)).toBe(expected);
  });

  it('sin, tan, expm1, log1p and tanh are odd to first order down to the smallest subnormal', () => {
    for (const f of [sin, tan, expm1, log1p, tanh]) {
      for (const x of [5e-324, -5e-324, 2.2250738585072014e-308, -1e-200, 1e-30]) {
        expect(f(x)).toBe(x);
      }
    }
  });
});

describe('ends of the range', () => {
  // log(2^1024 - 2^970) = 709.78271289338397..., log 2^-1075 = -745.13321910194122...: neighbours on either side.
  it('exp overflows, underflows and goes through the subnormals where it should', () => {
    expect(exp(709.782712893384)).toBe(1.7976931348622732e308);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(5e-324);
    expect(exp(-745.1332191019412)).toBe(0);
    expect(exp(1.7976931348623157e308)).toBe(Infinity);
    expect(exp(-1.7976931348623157e308)).toBe(0);
  });

  it('tanh reaches 1 at 19.0615 and log ends at its extremes', () => {
    expect(tanh(19.0616)).toBe(1);
    expect(tanh(19.06)).toBe(1 - 2 ** -53);
    expect(log(5e-324)).toBe(-744.4400719213812);
    expect(log(1.7976931348623157e308)).toBe(709.782712893384);
  });
});

describe('published values', () => {
  it('sin, cos and tan of 10^22', () => {
    expect(sin(1e22)).toBe(-0.8522008497671888);
    expect(cos(1e22)).toBe(0.523214785395139);
    expect(tan(1e22)).toBe(-1.6287782256068988);
  });

  it('the double nearest to a multiple of pi/2, 6381956970095103 2^797', () => {
    expect(cos(6381956970095103 * 2 ** 797)).toBe(-4.687165924254628e-19);
  });

  it('the values of the docstrings', () => {
    expect(exp(1)).toBe(Math.E);
    expect(expm1(1e-10)).toBe(1.00000000005e-10);
    expect(log(10)).toBe(Math.LN10);
    expect(log1p(1e-10)).toBe(9.999999999500001e-11);
    expect(pow(2, 0.5)).toBe(Math.SQRT2);
    expect(sin(1)).toBe(0.8414709848078965);
    expect(cos(1)).toBe(0.5403023058681398);
    expect(tan(1)).toBe(1.5574077246549023);
    expect(tanh(0.5)).toBe(0.46211715726000974);
  });
});

describe('pow', () => {
  it('has the engine’s result wherever that is NaN, a zero, an infinity or one', () => {
    let compared = 0;
    for (const x of SPECIAL_VALUES) {
      for (const y of SPECIAL_VALUES) {
        // biome-ignore lint/style/useExponentiationOperator: the function is what is compared with.
        const expected = Math.pow(x, y);
        if (isFixed(expected)) {
          expect(pow(x, y), `pow(${x}, ${y})`).toBe(expected);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(1000);
  });

  it.each([
    [NaN, 0, 1],
    [NaN, -0, 1],
    [1, NaN, NaN],
    [1, Infinity, NaN],
    [-1, -Infinity, NaN],
    [0.5, Infinity, 0],
    [0.5, -Infinity, Infinity],
    [-2, Infinity, Infinity],
    [-2, -Infinity, 0],
    [Infinity, -1, 0],
    [-Infinity, 3, -Infinity],
    [-Infinity, 2, Infinity],
    [-Infinity, -3, -0],
    [-Infinity, -2, 0],
    [-Infinity, 0.5, Infinity],
    [0, 2, 0],
    [0, -2, Infinity],
    [-0, 3, -0],
    [-0, 2, 0],
    [-0, -3, -Infinity],
    [-0, -2, Infinity],
    [-0, 0.5, 0],
    [-0, -0.5, Infinity],
    [-8, 1 / 3, NaN],
    [-1, 9007199254740991, -1],
    [-1, 9007199254740992, 1],
    [-2, 3, -8],
    [-2, -1075, -0],
    [-2, 1025, -Infinity],
  ])('pow(%d, %d) = %d', (x, y, expected) => {
    expect(pow(x, y)).toBe(expected);
  });

  it('gives every power of two exactly, subnormal ones too', () => {
    for (let k = -1074; k <= 1023; k++) {
      const expected = k >= -1022 ? fromBits(BigInt(k + 1023) << 52n) : fromBits(1n << BigInt(k + 1074));
      expect(pow(2, k)).toBe(expected);
      expect(pow(0.5, -k)).toBe(expected);
    }
    expect(pow(2, -1075)).toBe(0); // halfway to the smallest subnormal, tie to even
    expect(pow(2, 1024)).toBe(Infinity);
  });

  it('gives every integer power below 2^53 exactly, signs included', () => {
    for (let base = 2n; base <= 1000n; base++) {
      for (let k = 1; base ** BigInt(k) <= 1n << 53n; k++) {
        const expected = Number(base ** BigInt(k));
        expect(pow(Number(base), k)).toBe(expected);
        expect(pow(-Number(base), k)).toBe(k % 2 === 0 ? expected : -expected);
      }
    }
  });

  it('gives exact roots exactly', () => {
    for (let n = 1; n <= 3000; n++) {
      expect(pow(n * n, 0.5)).toBe(n);
      expect(pow(n * n * n * n, 0.25)).toBe(n);
      expect(pow(n * n, 1.5)).toBe(n * n * n);
    }
  });

  it('is the identity at y = 1 and within one neighbour of the reciprocal at y = -1', () => {
    for (let i = 1; i <= 2000; i++) {
      const x = fromBits(toBits(1e-300) + BigInt(i) * 4_400_000_000_000_000n);
      expect(pow(x, 1)).toBe(x);
      // Both round the same true value, pow after an error of less than 0.08 ulp: at most neighbours.
      const apart = toBits(pow(x, -1)) - toBits(1 / x);
      expect(apart >= -1n && apart <= 1n).toBe(true);
    }
  });
});

describe('monotonicity where an algorithm changes over', () => {
  const log2Half = 0.34657359027997264;
  it.each([
    ['exp', exp, [log2Half, -log2Half, 3 * log2Half, -3 * log2Half, 709, -708.396], 1],
    ['expm1', expm1, [log2Half, -log2Half, 3 * log2Half, 44, -36, 5e-17, -5e-17], 1],
    ['log', log, [Math.SQRT1_2, Math.SQRT2, 2.2250738585072014e-308, 1, 4 * Math.SQRT2], 1],
    ['log1p', log1p, [-0.2928, 0.4142, 1, 5e-17, -5e-17, Math.SQRT2], 1],
    ['sin', sin, [Math.PI / 4, -Math.PI / 4, 7.450580596923828e-9], 1],
    ['cos', cos, [Math.PI / 4, 3 * (Math.PI / 4)], -1],
    ['tan', tan, [Math.PI / 4, -Math.PI / 4, 3 * (Math.PI / 4), 7.450580596923828e-9], 1],
    ['tanh', tanh, [log2Half / 2, -log2Half / 2, 20, 3.725290298461914e-9], 1],
  ] as const)('%s', (_name, f, thresholds, direction) => {
    for (const threshold of thresholds) {
      const middle = toBits(Math.abs(threshold));
      const sign = threshold < 0 ? -1 : 1;
      for (let step = -200n; step < 200n; step++) {
        const a = sign * fromBits(middle + step);
        const b = sign * fromBits(middle + step + 1n);
        const rise = (f(b) - f(a)) * sign * direction;
        expect(rise, `${_name} between ${a} and ${b}`).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

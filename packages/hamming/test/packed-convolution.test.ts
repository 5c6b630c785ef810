import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { addProduct, extensionField, reduce, rootPowers } from '../src/las-vegas/extension-field.js';
import { convolvePacked } from '../src/las-vegas/packed-convolution.js';
import { packingFor, primeFactors } from '../src/las-vegas/packing.js';

/** The product of polynomials, reduced by y^degree = constant, in integers of any size. */
function product(a: readonly number[], b: readonly number[], p: number, constant: number): number[] {
  const degree = a.length;
  const sums: bigint[] = new Array(degree).fill(0n);
  a.forEach((u, s) => {
    b.forEach((v, t) => {
      const factor = s + t < degree ? 1n : BigInt(constant);
      sums[(s + t) % degree] += factor * BigInt(u) * BigInt(v);
    });
  });
  return sums.map((sum) => Number(sum % BigInt(p)));
}

const FIELDS: [p: number, degree: number][] = [
  [3, 2],
  [5, 4],
  [7, 6],
  [17, 8],
  [65537, 4],
  [262147, 2],
];

describe.each(FIELDS)('the field of %i^%i elements', (p, degree) => {
  const field = extensionField(p, degree);
  const stream = randomStream(`field ${p} ${degree}`);
  const draw = () => Array.from({ length: degree }, () => (stream.uniform() < 0.3 ? p - 1 : stream.integer(p)));

  it('multiplies as polynomials do', () => {
    for (let run = 0; run < 30; run++) {
      const [a, b] = [draw(), draw()];
      const sum = new Float64Array(2 * degree - 1);
      addProduct(degree, Int32Array.from(a), 0, Int32Array.from(b), 0, sum);
      const out = new Int32Array(degree + 1);
      reduce(field, sum, out, 1);
      expect(Array.from(out.subarray(1))).toEqual(product(a, b, p, field.constant));
      expect(sum.every((entry) => entry === 0)).toBe(true);
    }
  });

  it('has no divisors of zero: every element but 0 has an order that divides p^degree - 1', () => {
    // a^(p^degree - 1) = 1 for units; in a ring that is no field, some element fails.
    const units = BigInt(p) ** BigInt(degree) - 1n;
    for (let run = 0; run < 8; run++) {
      let square = draw();
      if (square.every((residue) => residue === 0)) continue;
      let result: number[] = square.map((_, s) => (s === 0 ? 1 : 0));
      for (let e = units; e > 0n; e /= 2n) {
        if (e % 2n === 1n) result = product(result, square, p, field.constant);
        square = product(square, square, p, field.constant);
      }
      expect(result).toEqual(result.map((_, s) => (s === 0 ? 1 : 0)));
    }
  });

  it('has roots of unity of each order', () => {
    const units = p ** degree - 1;
    for (const order of [1, 2, 4, 6, 24].filter((divisor) => units % divisor === 0)) {
      const powers = rootPowers(field, order);
      const rows = Array.from({ length: order }, (_, k) => powers.subarray(k * degree, (k + 1) * degree).join());
      expect(new Set(rows).size).toBe(order);
      const last = Array.from(powers.subarray((order - 1) * degree));
      const root = Array.from(powers.subarray((1 % order) * degree, (1 % order) * degree + degree));
      expect(product(last, root, p, field.constant)).toEqual(root.map((_, s) => (s === 0 ? 1 : 0)));
    }
  });
});

it.each([
  [16, 1, 1],
  [16, 1, 300],
  [16, 257, 256],
  [40, 500, 500],
  [300, 700, 90],
  [70000, 100, 100],
])('convolves modulo a prime >= %i, lengths %i and %i', (least, left, right) => {
  const stream = randomStream(`packed ${least} ${left}`);
  const draw = (length: number) => Float64Array.from({ length }, () => stream.integer(3 * least));
  const [x, y] = [draw(left), draw(right)];
  const slices = convolvePacked(x, y, least);
  let step = slices.next();
  while (step.done !== true) step = slices.next();
  const { p, sums, operations } = step.value;
  expect(p).toBeGreaterThanOrEqual(least);
  const expected = new Array(left + right - 1).fill(0n);
  x.forEach((a, i) => {
    y.forEach((b, j) => {
      expected[i + j] += BigInt(a) * BigInt(b);
    });
  });
  expect(Array.from(sums)).toEqual(expected.map((sum) => Number(sum % BigInt(p))));
  const { length, radices } = packingFor(least, left, right);
  expect(operations).toBe(length * (3 * radices.reduce((sum, r) => sum + r, 0) + 1));
});

it('packs residues into elements of at most 3 log2 U bits', () => {
  for (const [least, length, digits] of [
    [16, 1024, 3],
    [16, 65536, 3],
    [256, 65536, 2],
    [1296, 65536, 2],
    [20000, 65536, 1],
  ]) {
    const { p, radices, ...packing } = packingFor(least, length, length);
    expect([packing.digits, packing.degree]).toEqual([digits, 2 * digits]);
    expect(digits === 1 || packing.degree * Math.log2(p) <= 3 * Math.log2(length)).toBe(true);
    expect(radices.reduce((product, r) => product * r, 1)).toBe(packing.length);
    // The length is enough, near that, and a divisor of the number of units.
    const needed = 2 * Math.ceil(length / digits) - 1;
    expect(packing.length).toBeGreaterThanOrEqual(needed);
    expect(packing.length).toBeLessThan(2 * needed);
    expect((BigInt(p) ** BigInt(packing.degree) - 1n) % BigInt(packing.length)).toBe(0n);
  }
});

it('lists prime factors', () => {
  expect([1, 2, 12, 49, 97, 210].map(primeFactors)).toEqual([[], [2], [2, 3], [7], [97], [2, 3, 5, 7]]);
});

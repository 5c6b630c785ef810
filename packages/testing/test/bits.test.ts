import { expect, test } from 'vitest';
import { bitsOf, firstDifference } from '../src/index.js';

test('bits are those of IEEE 754, with one NaN and two zeros', () => {
  expect(bitsOf([1, -2, 0, -0, Number.NaN, -Number.NaN, Infinity, 5e-324])).toEqual([
    '3ff0000000000000',
    'c000000000000000',
    '0000000000000000',
    '8000000000000000',
    '7ff8000000000000',
    '7ff8000000000000',
    '7ff0000000000000',
    '0000000000000001',
  ]);
});

test('the first difference is the first one', () => {
  expect(firstDifference([1, Number.NaN, 3], Float64Array.of(1, Number.NaN, 3))).toBe(-1);
  expect(firstDifference([1, 0, 3], [1, -0, 4])).toBe(1);
  expect(firstDifference([1, 2], [1, 2, 3])).toBe(2);
  expect(firstDifference([], [])).toBe(-1);
  expect(firstDifference([1], [1 + Number.EPSILON])).toBe(0);
});

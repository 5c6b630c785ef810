const view: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/**
 * Writes the bits of doubles as hexadecimal digits, so that a failed comparison shows where and by how much.
 *
 * @param values - any numbers
 * @returns 16 digits for each; every NaN gives the same digits, the two zeros different ones
 * Complexity: O(n).
 *
 * @example
 * ```ts
 * import { bitsOf } from '@lemmata/testing';
 *
 * console.log(bitsOf([1, -0])); // 3ff0000000000000, 8000000000000000
 * ```
 */
export function bitsOf(values: ArrayLike<number>): string[] {
  return Array.from(values, (value) => {
    view.setFloat64(0, value);
    return Number.isNaN(value) ? '7ff8000000000000' : view.getBigUint64(0).toString(16).padStart(16, '0');
  });
}

/**
 * Finds where two arrays of numbers first differ in a bit.
 *
 * @param a - any numbers
 * @param b - any numbers
 * @returns the first index with different bits (all NaN count as equal, the two zeros do not), the shorter length when
 * one array begins the other, -1 when they are the same
 * Complexity: O(n), no allocation.
 *
 * @example
 * ```ts
 * import { firstDifference } from '@lemmata/testing';
 *
 * console.log(firstDifference([1, 0], [1, -0])); // 1
 * ```
 */
export function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    if (!Object.is(a[i], b[i])) return i;
  }
  return a.length === b.length ? -1 : shorter;
}

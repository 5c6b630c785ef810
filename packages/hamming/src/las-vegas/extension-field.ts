import { primeFactors } from './packing.js';

/** The field of polynomials in y modulo p and y^degree - constant; an element is a row of residues, lowest power first. */
export interface ExtensionField {
  readonly p: number;
  readonly degree: number;
  readonly constant: number;
}

function power(base: number, exponent: number, p: number): number {
  let [result, square] = [1, base % p];
  for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}

/**
 * Makes a field.
 *
 * y^degree - a is irreducible when a is no r-th power for any prime r that divides the degree, and -1 is a square where 4
 * divides it (Lidl and Niederreiter, Theorem 3.75).
 *
 * @param p - an odd prime below 2^20, with r | p - 1 for every prime r | degree, and 4 | p - 1 if 4 | degree
 * @param degree - an integer >= 1
 * @returns the field with the smallest such a
 */
export function extensionField(p: number, degree: number): ExtensionField {
  const factors = primeFactors(degree);
  let constant = 2;
  while (factors.some((r) => power(constant, (p - 1) / r, p) === 1)) constant++;
  return { p, degree, constant };
}

/**
 * Adds the product of two elements to a sum of products that is not reduced yet.
 *
 * @param degree - of the field
 * @param x - holds the one element
 * @param i - where it begins
 * @param y - holds the other
 * @param j - where it begins
 * @param sum - 2 degree - 1 integers, kept below 2^53 by the caller
 */
export function addProduct(
  degree: number,
  x: Int32Array,
  i: number,
  y: Int32Array,
  j: number,
  sum: Float64Array,
): void {
  for (let s = 0; s < degree; s++) {
    const factor = x[i + s];
    if (factor === 0) continue;
    for (let t = 0; t < degree; t++) sum[s + t] += factor * y[j + t];
  }
}

/**
 * Reduces a sum of products to an element.
 *
 * @param field - the field
 * @param sum - 2 degree - 1 integers in [0, 2^53); set to 0
 * @param out - receives the element
 * @param k - where it begins
 */
export function reduce({ p, degree, constant }: ExtensionField, sum: Float64Array, out: Int32Array, k: number): void {
  for (let s = 0; s < degree; s++) {
    const wrapped = s + degree < sum.length ? constant * (sum[s + degree] % p) : 0;
    out[k + s] = ((sum[s] % p) + wrapped) % p;
  }
  sum.fill(0);
}

function multiply(field: ExtensionField, a: Int32Array, b: Int32Array): Int32Array {
  const sum = new Float64Array(2 * field.degree - 1);
  addProduct(field.degree, a, 0, b, 0, sum);
  const product = new Int32Array(field.degree);
  reduce(field, sum, product, 0);
  return product;
}

function powerOf(field: ExtensionField, base: Int32Array, exponent: number): Int32Array {
  let result = new Int32Array(field.degree);
  result[0] = 1;
  let square = base;
  for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = multiply(field, result, square) as typeof result;
    square = multiply(field, square, square);
  }
  return result;
}

const isOne = (element: Int32Array): boolean => element.every((residue, s) => residue === (s === 0 ? 1 : 0));

/** The element whose digits in base p are those of a number. */
function elementOf({ p, degree }: ExtensionField, number: number): Int32Array {
  const element = new Int32Array(degree);
  for (let s = 0, rest = number; s < degree; s++, rest = Math.floor(rest / p)) element[s] = rest % p;
  return element;
}

/**
 * Lists the powers of a root of unity.
 *
 * For each prime r that divides the order, an element that is no r-th power gives a root of the order's power of r.
 *
 * @param field - the field, of fewer than 2^53 elements
 * @param order - a divisor of p^degree - 1
 * @returns the powers 0, ..., order - 1 of an element of that order, one after the other
 */
export function rootPowers(field: ExtensionField, order: number): Int32Array {
  const { degree } = field;
  let units = -1;
  for (let s = 0, size = field.p; s < degree; s++, size *= field.p) units = size - 1;
  let root = elementOf(field, 1);
  for (const r of primeFactors(order)) {
    let whole = r;
    while (order % (whole * r) === 0) whole *= r;
    // Beginning behind the prime field, whose elements are r-th powers more often than others.
    let number = field.p;
    while (isOne(powerOf(field, elementOf(field, number), units / r))) number++;
    root = multiply(field, root, powerOf(field, elementOf(field, number), units / whole));
  }
  const powers = new Int32Array(order * degree);
  powers[0] = 1;
  const sum = new Float64Array(2 * degree - 1);
  for (let k = 1; k < order; k++) {
    addProduct(degree, powers, (k - 1) * degree, root, 0, sum);
    reduce(field, sum, powers, k * degree);
  }
  return powers;
}

import type { Slices } from '../one-shot.js';
import { addProduct, type ExtensionField, extensionField, reduce, rootPowers } from './extension-field.js';
import { type Packing, packingFor } from './packing.js';

/** Products of residues of a slice: some ms. */
const SLICE_PRODUCTS = 2_000_000;

/** Residues, several to an element: residue i is the power i mod digits of element i / digits. */
function pack(values: Float64Array, { p, digits, degree, length }: Packing): Int32Array {
  const packed = new Int32Array(length * degree);
  for (let i = 0; i < values.length; i++) packed[Math.floor(i / digits) * degree + (i % digits)] = values[i] % p;
  return packed;
}

/** Transforms by the steps of Cooley and Tukey in the order of Stockham; `sign` -1 goes back, up to the length. */
function* transform(
  values: Int32Array,
  { length, radices }: Packing,
  field: ExtensionField,
  powers: Int32Array,
  sign: 1 | -1,
): Slices<Int32Array> {
  const { degree } = field;
  const sum = new Float64Array(2 * degree - 1);
  let [from, to]: [Int32Array, Int32Array] = [values, new Int32Array(values.length)];
  let products = 0;
  let size = length;
  for (const r of radices) {
    const [part, stride] = [size / r, length / size];
    for (let i = 0; i < part; i++) {
      for (let k = 0; k < r; k++) {
        for (let t = 0; t < stride; t++) {
          for (let j = 0; j < r; j++) {
            const turn = ((i + part * j) * k * stride) % length;
            const root = sign === 1 || turn === 0 ? turn : length - turn;
            addProduct(degree, from, (t + stride * (i + part * j)) * degree, powers, root * degree, sum);
          }
          reduce(field, sum, to, (t + stride * (r * i + k)) * degree);
        }
      }
      products += r * r * stride * degree * degree;
      if (products < SLICE_PRODUCTS) continue;
      products = 0;
      yield 'slice';
    }
    [from, to] = [to, from];
    size = part;
  }
  return from;
}

/** What a convolution of packed residues gives. */
export interface PackedSums {
  /** The prime. */
  readonly p: number;
  /** Sums modulo it. */
  readonly sums: Float64Array;
  /** Multiplications in the field, each with an addition. */
  readonly operations: number;
}

/**
 * Convolves modulo a prime, several residues at a time.
 *
 * With d residues to an element of a field with p^(2 d) elements, transforms have about 2 U / d elements for vectors of
 * length U. Elements of at most 3 log2(U) bits hold d = O(log U / log p) residues, which makes O(U log p) operations on such
 * numbers instead of O(U log U).
 *
 * @param x - integers in [0, 2^53), at least one
 * @param y - likewise
 * @param leastPrime - the prime is at least this; below 2^19
 * @returns the prime and x.length + y.length - 1 sums modulo it
 */
export function* convolvePacked(x: Float64Array, y: Float64Array, leastPrime: number): Slices<PackedSums> {
  const packing = packingFor(leastPrime, x.length, y.length);
  const { p, digits, degree, length, radices } = packing;
  const field = extensionField(p, degree);
  const powers = rootPowers(field, length);
  const a = yield* transform(pack(x, packing), packing, field, powers, 1);
  const b = yield* transform(pack(y, packing), packing, field, powers, 1);
  const sum = new Float64Array(2 * degree - 1);
  for (let k = 0; k < length; k++) {
    addProduct(degree, a, k * degree, b, k * degree, sum);
    reduce(field, sum, a, k * degree);
  }
  const products = yield* transform(a, packing, field, powers, -1);
  const scale = inverseModulo(length % p, p);
  const sums = new Float64Array(x.length + y.length - 1);
  for (let t = 0; t < length; t++) {
    // Products of d residues have 2 d - 1 powers, the upper ones of which belong to the next element.
    for (let s = 0; s < degree; s++) {
      const z = t * digits + s;
      if (z < sums.length) sums[z] = (sums[z] + scale * products[t * degree + s]) % p;
    }
  }
  const steps = radices.reduce((total, r) => total + r, 0);
  return { p, sums, operations: 3 * length * steps + length };
}

/** The number whose product with a is 1 modulo p, by Euclid's algorithm. */
function inverseModulo(a: number, p: number): number {
  let [r, s, u, v] = [p, a, 0, 1];
  while (s !== 0) {
    const quotient = Math.floor(r / s);
    [r, s, u, v] = [s, r - quotient * s, v, u - quotient * v];
  }
  return u < 0 ? u + p : u;
}

/** Primes p = c 2^e + 1 below 2^30 with e >= 23; 3 generates the multiplicative group of each. */
export const PRIMES = [998244353, 469762049, 167772161] as const;

/** Longest transform: 2^23 divides p - 1 for every prime of the list. */
export const LARGEST_TRANSFORM = 8388608;

/**
 * Multiplies modulo a prime.
 *
 * The quotient taken from floating point numbers is off by at most 1, so that the remainder, computed modulo 2^32, lies in
 * [-p, 2 p) and one step corrects it.
 *
 * @param a - an integer in [0, p)
 * @param b - an integer in [0, p)
 * @param p - a prime below 2^30
 * @param inverse - 1 / p
 * @returns a b mod p in [0, p)
 */
export function multiplyModulo(a: number, b: number, p: number, inverse: number): number {
  const quotient = Math.floor(a * b * inverse);
  const rest = (Math.imul(a, b) - Math.imul(quotient, p)) | 0;
  return rest < 0 ? rest + p : rest >= p ? rest - p : rest;
}

/**
 * Raises to a power modulo a prime.
 *
 * @param base - an integer in [0, p)
 * @param exponent - an integer >= 0
 * @param p - a prime below 2^30
 * @returns base^exponent mod p
 */
export function powerModulo(base: number, exponent: number, p: number): number {
  let result = 1;
  let square = base;
  for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = multiplyModulo(result, square, p, 1 / p);
    square = multiplyModulo(square, square, p, 1 / p);
  }
  return result;
}

/** Powers of a primitive root of unity of order `size`: the first half. */
function rootsOfUnity(size: number, p: number, backward: boolean): Int32Array {
  const exponent = (p - 1) / size;
  const root = powerModulo(3, backward ? p - 1 - exponent : exponent, p);
  const roots = new Int32Array(Math.max(1, size / 2));
  roots[0] = 1;
  for (let k = 1; k < roots.length; k++) roots[k] = multiplyModulo(roots[k - 1], root, p, 1 / p);
  return roots;
}

/** Decimation in frequency: natural order in, bit-reversed order out. */
function forward(x: Int32Array, roots: Int32Array, p: number): void {
  const inverse = 1 / p;
  for (let half = x.length / 2, stride = 1; half >= 1; half /= 2, stride *= 2) {
    for (let start = 0; start < x.length; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const a = x[start + k];
        const b = x[start + k + half];
        const sum = a + b;
        x[start + k] = sum >= p ? sum - p : sum;
        x[start + k + half] = multiplyModulo(a >= b ? a - b : a - b + p, roots[k * stride], p, inverse);
      }
    }
  }
}

/** Decimation in time: bit-reversed order in, natural order out, not divided by the length. */
function backward(x: Int32Array, roots: Int32Array, p: number): void {
  const inverse = 1 / p;
  for (let half = 1, stride = x.length / 2; half < x.length; half *= 2, stride /= 2) {
    for (let start = 0; start < x.length; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const a = x[start + k];
        const b = multiplyModulo(x[start + k + half], roots[k * stride], p, inverse);
        x[start + k] = a + b >= p ? a + b - p : a + b;
        x[start + k + half] = a >= b ? a - b : a - b + p;
      }
    }
  }
}

/**
 * Convolves cyclically modulo a prime by number-theoretic transforms.
 *
 * result[k] = sum over i + j = k modulo the length of x[i] y[j], modulo p.
 *
 * @param x - integers in [0, p), a power of 2 of them, at most 2^23; overwritten by the result
 * @param y - as many integers in [0, p); overwritten
 * @param p - a prime of {@link PRIMES}
 * Complexity: O(s log s) for length s, three transforms.
 *
 * @see J. M. Pollard, "The Fast Fourier Transform in a Finite Field", Mathematics of Computation 25(114), 1971
 */
export function convolveModulo(x: Int32Array, y: Int32Array, p: number): void {
  const size = x.length;
  const roots = rootsOfUnity(size, p, false);
  forward(x, roots, p);
  forward(y, roots, p);
  const scale = powerModulo(size % p, p - 2, p);
  const inverse = 1 / p;
  for (let k = 0; k < size; k++) {
    x[k] = multiplyModulo(multiplyModulo(x[k], y[k], p, inverse), scale, p, inverse);
  }
  backward(x, rootsOfUnity(size, p, true), p);
}

/**
 * Reads an integer of either sign modulo a prime.
 *
 * @param value - a safe integer
 * @param p - a prime
 * @returns value mod p in [0, p)
 */
export function residueOf(value: number, p: number): number {
  const rest = value % p;
  return rest < 0 ? rest + p : rest + 0;
}

/**
 * Joins two residues (Chinese remainders).
 *
 * @param r - residue modulo p
 * @param s - residue modulo q
 * @param p - a prime of {@link PRIMES}
 * @param q - another one
 * @returns the integer of least absolute value with these residues; exact when that is below 2^53
 */
export function joinResidues(r: number, s: number, p: number, q: number): number {
  const difference = residueOf(s - r, q);
  let multiple = multiplyModulo(difference, powerModulo(p % q, q - 2, q), q, 1 / q);
  if (multiple > q / 2) multiple -= q;
  // Both terms have the sign of the sum, so that neither is larger than it.
  return multiple < 0 ? r - p + p * (multiple + 1) : r + p * multiple;
}

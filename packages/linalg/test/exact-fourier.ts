/** Fixed point with this many binary places. */
const PLACES = 120n;
const ONE = 1n << PLACES;

/** arctan(1 / x) in fixed point, by its series. */
function arctanOfInverse(x: bigint): bigint {
  let power = ONE / x;
  let sum = power;
  for (let k = 3n, sign = -1n; power !== 0n; k += 2n, sign = -sign) {
    power /= x * x;
    sum += (sign * power) / k;
  }
  return sum;
}

/** pi by Machin's formula. */
const PI = 4n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n));

/** (cos, sin) of an angle in fixed point, by their series. */
function cosSin(angle: bigint): readonly [bigint, bigint] {
  const sums: [bigint, bigint] = [0n, 0n];
  let term = ONE;
  for (let k = 0n; term !== 0n; k++) {
    sums[Number(k % 2n)] += k % 4n < 2n ? term : -term;
    term = (term * angle) / ((k + 1n) * ONE);
  }
  return sums;
}

/**
 * The discrete Fourier transform by definition, in fixed point with 120 binary places and rounded once.
 *
 * @param z - pairs (re, im) of multiples of 2^-10, length 2 n
 * @returns X_k = sum of z_j exp(-2 pi i j k / n) as pairs
 */
export function exactFourier(z: ArrayLike<number>): Float64Array {
  const n = z.length / 2;
  const roots = Array.from({ length: n }, (_, k) => cosSin((2n * PI * BigInt(k)) / BigInt(n)));
  const parts = Array.from(z, (value) => BigInt(value * 1024));
  const result = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    let re = 0n;
    let im = 0n;
    for (let j = 0; j < n; j++) {
      const [c, s] = roots[(j * k) % n];
      re += parts[2 * j] * c + parts[2 * j + 1] * s;
      im += parts[2 * j + 1] * c - parts[2 * j] * s;
    }
    result[2 * k] = Number(re) / Number(ONE) / 1024;
    result[2 * k + 1] = Number(im) / Number(ONE) / 1024;
  }
  return result;
}

import { nextPrime } from '../sums/primes.js';

/** How residues modulo a prime are packed into elements of a field with p^degree elements. */
export interface Packing {
  /** The prime. */
  readonly p: number;
  /** Residues of one element. */
  readonly digits: number;
  /** Degree of the field, twice as many: products of elements do not wrap around. */
  readonly degree: number;
  /** Length of the transforms, a divisor of p^degree - 1. */
  readonly length: number;
  /** Its prime factors, rising: the steps of a transform. */
  readonly radices: readonly number[];
}

/** Factors that lengths may have: a step costs as many operations an element as its factor says. */
const RADICES = [2, 3, 5, 7, 11, 13];
/** Powers of a factor that are looked at. */
const LARGEST_POWER = 16777216;
/** Primes that are compared. */
const PRIMES = 64;

/** Fields are smaller than this, so that the number of their units is a safe integer. */
const LARGEST_FIELD = 1125899906842624;

/** The most residues of an element whose field has at most length^3 elements; at least one. */
function mostDigits(p: number, length: number): number {
  const size = Math.min(LARGEST_FIELD, length * length * length);
  let digits = 1;
  for (let field = p * p * p * p; field <= size; field *= p * p) digits++;
  return digits;
}

/** Whether y^degree - a is irreducible modulo p for some a. */
function hasBinomial(p: number, degree: number): boolean {
  if (degree % 4 === 0 && p % 4 !== 1) return false;
  return primeFactors(degree).every((r) => (p - 1) % r === 0);
}

/**
 * Lists prime factors.
 *
 * @param number - an integer >= 1
 * @returns its different prime factors, rising
 */
export function primeFactors(number: number): number[] {
  const factors: number[] = [];
  let rest = number;
  for (let r = 2; r * r <= rest; r++) {
    if (rest % r !== 0) continue;
    factors.push(r);
    while (rest % r === 0) rest /= r;
  }
  return rest > 1 ? [...factors, rest] : factors;
}

/** How often r divides p^degree - 1. */
function multiplicity(r: number, p: number, degree: number): number {
  let exponent = 0;
  for (let power = r; power <= LARGEST_POWER; power *= r) {
    let residue = 1;
    for (let k = 0; k < degree; k++) residue = (residue * (p % power)) % power;
    if (residue !== 1) break;
    exponent++;
  }
  return exponent;
}

/** The divisor of p^degree - 1, at least `least`, by which a transform costs least; undefined when none is near. */
function cheapestLength(p: number, degree: number, least: number): readonly number[] | undefined {
  let best: readonly number[] | undefined;
  let lowest = Infinity;
  const extend = (kind: number, length: number, steps: number, radices: readonly number[]): void => {
    if (length >= least) {
      if (length * steps < lowest) {
        lowest = length * steps;
        best = radices;
      }
      return;
    }
    if (kind === RADICES.length) return;
    const r = RADICES[kind];
    const taken: number[] = [...radices];
    for (let used = 0, product = length; used <= most[kind] && (used === 0 || product < r * least); used++) {
      extend(kind + 1, product, steps + used * r, [...taken]);
      taken.push(r);
      product *= r;
    }
  };
  const most = RADICES.map((r) => multiplicity(r, p, degree));
  extend(0, 1, 0, []);
  return best;
}

/**
 * Chooses a prime, and the field and the length by which residues are convolved with the fewest operations.
 *
 * @param leastPrime - the prime is at least this
 * @param left - length of the one vector, >= 1
 * @param right - length of the other
 * @returns the best of the first primes whose fields are made by y^degree - a and have roots of unity of such an order
 */
export function packingFor(leastPrime: number, left: number, right: number): Packing {
  let best: Packing | undefined;
  let lowest = Infinity;
  let tried = 0;
  for (let p = nextPrime(leastPrime); tried < PRIMES || best === undefined; p = nextPrime(p + 2)) {
    tried++;
    for (let digits = mostDigits(p, Math.max(left, right)); digits >= 1; digits--) {
      const degree = 2 * digits;
      if (!hasBinomial(p, degree)) continue;
      const radices = cheapestLength(p, degree, Math.ceil(left / digits) + Math.ceil(right / digits) - 1);
      if (radices === undefined) continue;
      const length = radices.reduce((product, r) => product * r, 1);
      const cost = length * radices.reduce((sum, r) => sum + r, 0);
      if (cost >= lowest) continue;
      lowest = cost;
      best = { p, digits, degree, length, radices };
    }
  }
  return best as Packing;
}

import { columnCombination, columnProducts, dot } from '../kernels/dense.js';
import { SLICE } from '../matrix/to-operator.js';
import { largestEntry, scaleToOne, vectorNorm } from './norms.js';
import type { CountedOperator } from './spectrum-options.js';
import { tridiagonalEigen } from './tridiagonal.js';

/** An eigenvalue of the projected matrix and the norm of its residual. */
export interface RitzValue {
  /** Position among the eigenvalues. */
  readonly index: number;
  /** The value. */
  readonly value: number;
  /** Its residual as the recurrence has it. */
  readonly residual: number;
}

/**
 * The orthonormal basis v_0, v_1, ... of a Krylov space and the matrix that A is on it: diagonal alpha, off it beta.
 */
export class LanczosBasis {
  readonly #operator: CountedOperator;
  readonly #alpha: number[] = [];
  readonly #beta: number[] = [];
  #vectors: Float64Array;
  readonly #next: Float64Array;
  readonly #products: Float64Array;

  constructor(operator: CountedOperator, start: Float64Array, steps: number) {
    this.#operator = operator;
    this.#vectors = new Float64Array(operator.n * Math.min(steps, 16));
    this.#next = start.slice();
    this.#products = new Float64Array(steps);
  }

  /** Number of vectors. */
  get size(): number {
    return this.#alpha.length;
  }

  /**
   * Adds a vector to the basis and one row to the projected matrix.
   *
   * A v is orthogonalised against all vectors, twice: once is not enough (Parlett, section 6.9).
   *
   * @returns the norm of what is left of A v, which the next vector will have the direction of; NaN when A v overflows,
   * and then nothing is added
   */
  *extend(): Generator<'slice', number, void> {
    const { n } = this.#operator;
    const k = this.size;
    this.#reserve(k + 1);
    const vectors = this.#vectors;
    const rest = this.#next;
    vectors.set(rest, k * n);
    const v = vectors.subarray(k * n, (k + 1) * n);
    yield* this.#operator.apply(v, rest);
    const before = vectorNorm(rest);
    if (!Number.isFinite(before)) return Number.NaN;
    this.#alpha.push(dot(v, rest));
    const together = Math.max(1, Math.floor(SLICE / n));
    for (let pass = 0; pass < 2; pass++) {
      for (let from = 0; from <= k; from += together) {
        columnProducts(n, vectors, rest, this.#products, from, Math.min(from + together, k + 1));
        if (from + together <= k) yield 'slice';
      }
      for (let j = 0; j <= k; j++) this.#products[j] = -this.#products[j];
      for (let from = 0; from <= k; from += together) {
        columnCombination(n, vectors, this.#products, rest, from, Math.min(from + together, k + 1));
        if (from + together <= k) yield 'slice';
      }
    }
    const norm = vectorNorm(rest);
    // What is left below the rounding of A v is noise: the space is invariant.
    const beta = norm <= 4 * Number.EPSILON * before * Math.sqrt(k + 1) ? 0 : norm;
    this.#beta.push(beta);
    if (beta !== 0) for (let i = 0; i < n; i++) rest[i] /= beta;
    return beta;
  }

  /** The smallest and the largest Ritz value with their residuals, beta |last entry of the eigenvector|. */
  extremes(): readonly [RitzValue, RitzValue] {
    const k = this.size;
    const last = new Float64Array(k);
    last[k - 1] = 1;
    const values = this.#eigen(last);
    let low = 0;
    let high = 0;
    for (let i = 1; i < k; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    const ritz = (index: number): RitzValue => ({
      index,
      value: values[index],
      residual: this.#beta[k - 1] * Math.abs(last[index]),
    });
    return [ritz(low), ritz(high)];
  }

  /** The Ritz vectors of two Ritz values, of norm 1. */
  vectors(pair: readonly [RitzValue, RitzValue]): readonly [Float64Array, Float64Array] {
    const k = this.size;
    const { n } = this.#operator;
    const rotations = new Float64Array(k * k);
    for (let i = 0; i < k; i++) rotations[i * (k + 1)] = 1;
    this.#eigen(rotations);
    const vector = ({ index }: RitzValue): Float64Array => {
      const weights = Float64Array.from({ length: k }, (_, i) => rotations[i * k + index]);
      const out = new Float64Array(n);
      columnCombination(n, this.#vectors, weights, out, 0, k);
      const norm = vectorNorm(out);
      for (let i = 0; i < n; i++) out[i] /= norm;
      return out;
    };
    return [vector(pair[0]), vector(pair[1])];
  }

  /** The eigenvalues of the projected matrix; the rotations go to `rows` too. */
  #eigen(rows: Float64Array): Float64Array {
    const d = Float64Array.from(this.#alpha);
    const e = Float64Array.from(this.#beta);
    const scale = scaleToOne(Math.max(largestEntry(d), largestEntry(e)));
    for (let i = 0; i < d.length; i++) {
      d[i] *= scale;
      e[i] *= scale;
    }
    if (!tridiagonalEigen(d, e, rows)) d.fill(Number.NaN);
    for (let i = 0; i < d.length; i++) d[i] /= scale;
    return d;
  }

  /** Makes room for so many vectors. */
  #reserve(count: number): void {
    const { n } = this.#operator;
    if (this.#vectors.length >= count * n) return;
    const wider = new Float64Array(n * Math.min(2 * count, this.#products.length));
    wider.set(this.#vectors);
    this.#vectors = wider;
  }
}

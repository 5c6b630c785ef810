// What the benchmarks believe about a solution of a sequence of linear systems: residuals computed here from the parts of
// the systems. This file imports no solver.
import type { SparseMatrix } from '@lemmata/linalg';

/**
 * Symmetric positive definite systems A_t x_t = b_t, one after the other: A_t = diag(m_t) + f_t K, and b_t = s_t, or, when
 * each system is a step of Crank and Nicolson, b_t = m_t x_{t-1} - f_t K x_{t-1} + s_t. A flat tree: numbers and arrays.
 */
export interface SystemSequence {
  /** Order of the systems. */
  readonly n: number;
  /** Number of systems. */
  readonly steps: number;
  /** 1 when the right-hand side contains the solution of the system before, 0 otherwise. */
  readonly coupled: number;
  /** Rows of K in CSR, length n + 1; every diagonal entry is stored. */
  readonly indptr: Int32Array;
  /** Columns of K, rising within a row. */
  readonly indices: Int32Array;
  /** Entries of K. */
  readonly data: Float64Array;
  /** f_t, length `steps`. */
  readonly factors: Float64Array;
  /** Diagonals one after the other, each of length n. */
  readonly masses: Float64Array;
  /** Which of them is m_t, length `steps`. */
  readonly massOf: Int32Array;
  /** Sources one after the other, each of length n. */
  readonly sources: Float64Array;
  /** Which of them is s_t, length `steps`. */
  readonly sourceOf: Int32Array;
  /** x before the first system, and where it starts, length n. */
  readonly initial: Float64Array;
  /** A number that describes each system, length `steps`. */
  readonly contexts: Float64Array;
}

/** The solutions of all systems, one after the other. */
export interface SequenceSolution {
  /** x_t at t n to (t + 1) n. */
  readonly x: Float64Array;
}

/** out = K v. */
export function multiplyStiffness(
  { n, indptr, indices, data }: SystemSequence,
  v: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = indptr[i]; k < indptr[i + 1]; k++) sum += data[k] * v[indices[k]];
    out[i] = sum;
  }
}

/** The t-th part of length n. */
function part(all: Float64Array, n: number, t: number): Float64Array {
  return all.subarray(t * n, (t + 1) * n);
}

/** b_t, given the solution of the system before. */
export function rightHandSide(sequence: SystemSequence, t: number, before: Float64Array): Float64Array {
  const { n, coupled, factors, masses, massOf, sources, sourceOf } = sequence;
  const b = part(sources, n, sourceOf[t]).slice();
  if (coupled === 0) return b;
  const mass = part(masses, n, massOf[t]);
  const product = new Float64Array(n);
  multiplyStiffness(sequence, before, product);
  for (let i = 0; i < n; i++) b[i] += mass[i] * before[i] - factors[t] * product[i];
  return b;
}

/** A_t over the pattern of K, in an array of its own. */
export function systemMatrix(
  { n, indptr, indices, data, factors, masses, massOf }: SystemSequence,
  t: number,
): SparseMatrix {
  const entries = new Float64Array(data.length);
  const factor = factors[t];
  const offset = massOf[t] * n;
  for (let i = 0; i < n; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      entries[k] = factor * data[k] + (indices[k] === i ? masses[offset + i] : 0);
    }
  }
  return { layout: 'csr', rows: n, cols: n, indptr, indices, data: entries };
}

/** |b_t - A_t x_t| / |b_t| for every t, b_t from the solution's own x_{t-1}; 0 / 0 counts as 0. */
export function relativeResiduals(sequence: SystemSequence, { x }: SequenceSolution): Float64Array {
  const { n, steps, factors, masses, massOf, initial } = sequence;
  const product = new Float64Array(n);
  return Float64Array.from({ length: steps }, (_, t) => {
    const b = rightHandSide(sequence, t, t === 0 ? initial : part(x, n, t - 1));
    const now = part(x, n, t);
    const mass = part(masses, n, massOf[t]);
    multiplyStiffness(sequence, now, product);
    let above = 0;
    let below = 0;
    for (let i = 0; i < n; i++) {
      const r = b[i] - mass[i] * now[i] - factors[t] * product[i];
      above += r * r;
      below += b[i] * b[i];
    }
    return above === 0 ? 0 : Math.sqrt(above / below);
  });
}

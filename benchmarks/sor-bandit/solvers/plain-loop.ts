// The baseline that anyone would write: the textbook's conjugate gradients in plain loops, with no preconditioner or with
// SSOR, which reads the matrix twice an iteration. It stops by the residual of the recurrence.
import { type Params, type Probe, readParams, type Solver } from '@lemmata/bench';
import type { SparseMatrix } from '@lemmata/linalg';
import { rightHandSide, type SequenceSolution, type SystemSequence, systemMatrix } from '../systems.js';

/** What a textbook solve cost. */
export interface PlainSolve {
  readonly x: Float64Array;
  readonly iterations: number;
  /** How often all entries off the diagonal were read. */
  readonly matrixPasses: number;
}

function dot(v: Float64Array, w: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i] * w[i];
  return sum;
}

/** out = A v. */
function multiply({ rows, indptr, indices, data }: SparseMatrix, v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = indptr[i]; k < indptr[i + 1]; k++) sum += data[k] * v[indices[k]];
    out[i] = sum;
  }
}

/** out = (D / omega + U)^-1 D (D / omega + L)^-1 r: SSOR without its constant, which conjugate gradients do not see. */
function precondition(A: SparseMatrix, omega: number, r: Float64Array, out: Float64Array): void {
  const { rows, indptr, indices, data } = A;
  const diagonal = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = r[i];
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      const j = indices[k];
      if (j < i) sum -= data[k] * out[j];
      else if (j === i) diagonal[i] = data[k];
    }
    out[i] = (omega * sum) / diagonal[i];
  }
  for (let i = rows - 1; i >= 0; i--) {
    let sum = diagonal[i] * out[i];
    for (let k = indptr[i]; k < indptr[i + 1]; k++) if (indices[k] > i) sum -= data[k] * out[indices[k]];
    out[i] = (omega * sum) / diagonal[i];
  }
}

/** Conjugate gradients from `initial` until the residual of the recurrence is at most `tolerance` |b|. */
export function plainConjugateGradients(
  A: SparseMatrix,
  b: Float64Array,
  initial: Float64Array,
  tolerance: number,
  omega: number | undefined,
): PlainSolve {
  const x = initial.slice();
  const q = new Float64Array(b.length);
  const z = new Float64Array(b.length);
  multiply(A, x, q);
  const r = b.map((value, i) => value - q[i]);
  const target = tolerance * Math.sqrt(dot(b, b));
  let p = new Float64Array(b.length);
  let rho = 1;
  let iterations = 0;
  let matrixPasses = 1;
  for (; Math.sqrt(dot(r, r)) > target; iterations++) {
    if (omega === undefined) z.set(r);
    else precondition(A, omega, r, z);
    const next = dot(r, z);
    const beta = iterations === 0 ? 0 : next / rho;
    p = p.map((value, i) => z[i] + beta * value);
    rho = next;
    multiply(A, p, q);
    matrixPasses += omega === undefined ? 1 : 2;
    const step = rho / dot(p, q);
    for (let i = 0; i < x.length; i++) {
      x[i] += step * p[i];
      r[i] -= step * q[i];
    }
  }
  return { x, iterations, matrixPasses };
}

/** Textbook conjugate gradients on every system; with omega 0 without a preconditioner. */
export function solver(given: Params): Solver<SystemSequence, SequenceSolution> {
  const params = readParams('solver plain-loop', given, { omega: { default: 0, min: 0, max: 2 } });
  let instance: SystemSequence;
  let x = new Float64Array(0);
  let counts: Readonly<Record<string, number>>;

  function run(probe: Probe): void {
    const { n, steps } = instance;
    const omega = params.omega === 0 ? undefined : params.omega;
    x = new Float64Array(n * steps);
    let before = instance.initial;
    let iterations = 0;
    let matrixPasses = 0;
    for (let t = 0; t < steps; t++) {
      const b = rightHandSide(instance, t, before);
      const solve = plainConjugateGradients(systemMatrix(instance, t), b, before, probe.tolerance ?? 1e-8, omega);
      x.set(solve.x, t * n);
      before = solve.x;
      iterations += solve.iterations;
      matrixPasses += solve.matrixPasses;
    }
    counts = { iterations, matrixPasses };
  }

  return {
    name: 'plain-loop',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'rerun',
    determinism: 'R3',
    supports: () => true,
    setup: (given) => {
      instance = given;
    },
    run,
    solution: () => ({ x }),
    counts: () => counts,
  };
}

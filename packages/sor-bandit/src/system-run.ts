import { type Algorithm, requireVector, type SliceEnd, type Status } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import { addWhenFinite, inner, residual } from './kernels/sweeps.js';
import { type SplitMatrix, splitMatrix } from './problem/split-matrix.js';
import type { RelaxationResult, RelaxationSettings, RelaxationState } from './relaxation-options.js';

/** A run of any of the three methods, for the driver. */
export type RelaxationAlgorithm = Algorithm<RelaxationState, 'residualNorm' | 'relativeResidual', RelaxationAnswer>;

/** A result without what the driver adds. */
export type RelaxationAnswer = Omit<RelaxationResult, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

/** The recurrence is not trusted beyond this reduction of the last true residual, 2^-40. */
const DRIFT = 9.094947017729282e-13;
/** A residual this much larger than the first has diverged. */
const BLOW_UP = 1e8;

/**
 * What the three methods share: the checked system, the iterate, the residual and the rules of ending.
 *
 * b and the start are scaled by a power of 2, which is exact, so that squares neither overflow nor vanish because of the
 * unit of b.
 */
export class SystemRun {
  /** The matrix. */
  readonly A: SplitMatrix;
  /** The scaled iterate. */
  readonly x: Float64Array;
  /** The scaled residual, as the recurrence has it. */
  readonly r: Float64Array;
  /** The live state. */
  readonly state: RelaxationState = { iteration: 0, residualNorm: 0, relativeResidual: 0 };
  /** What the run has cost. */
  readonly counts: { matrixPasses: number; matvecs: number } = { matrixPasses: 0, matvecs: 0 };
  /** Why the run broke down. */
  readonly warnings: string[] = [];
  /** The scaled right-hand side. */
  readonly #right: Float64Array;
  readonly #settings: RelaxationSettings;
  readonly #scale: number;
  readonly #size: number;
  #first = 0;
  #attained = 0;
  #target = 0;

  /**
   * @param A - the matrix as the caller gave it
   * @param b - the right-hand side
   * @param settings - options, checked
   */
  constructor(A: MatrixLike, b: ArrayLike<number>, settings: RelaxationSettings) {
    this.A = splitMatrix(A);
    const { n } = this.A;
    this.#right = requireVector('b', b, n, 'rows of A');
    this.x =
      settings.initial === undefined
        ? new Float64Array(n)
        : requireVector('options.initial', settings.initial, n, 'columns of A');
    this.r = new Float64Array(n);
    this.#settings = settings;
    this.#scale = scaleFor(this.#right, this.x);
    for (let i = 0; i < n; i++) {
      this.#right[i] *= this.#scale;
      this.x[i] *= this.#scale;
    }
    this.#size = Math.sqrt(inner(this.#right, this.#right));
  }

  /** Computes the first residual and the target; a status ends the run. */
  *begin(): Generator<SliceEnd, Status | undefined, void> {
    const norm = yield* this.#trueResidual(this.r);
    const { tolerance, toleranceReference } = this.#settings;
    const reference = { rhs: this.#size, initial: norm, absolute: this.#scale }[toleranceReference];
    this.#target = tolerance * reference;
    this.#first = norm;
    this.#attained = norm;
    this.report(0, norm);
    if (norm <= this.#target) return 'converged';
    return Number.isFinite(norm) ? undefined : 'diverged';
  }

  /** Brings the state up to date. */
  report(iteration: number, norm: number): void {
    this.state.iteration = iteration;
    this.state.residualNorm = norm / this.#scale;
    this.state.relativeResidual = this.#relative(norm);
  }

  /** Whether a residual is too large, or no number. */
  blownUp(norm: number): boolean {
    return !(norm <= BLOW_UP * this.#first);
  }

  /** x += factor v; false when x would leave the finite numbers. */
  move(factor: number, v: Float64Array): boolean {
    return addWhenFinite(this.x, factor, v);
  }

  /**
   * Looks at the norm of the recurrence and, where that is small enough, at the true residual, which then replaces it.
   *
   * @returns a status that ends the run, `'restart'` after a replacement, undefined to go on
   */
  *judge(iteration: number, norm: number): Generator<SliceEnd, Status | 'restart' | undefined, void> {
    this.report(iteration, norm);
    if (norm > this.#target && norm > DRIFT * this.#attained) return undefined;
    const truth = yield* this.#trueResidual(this.r);
    this.report(iteration, truth);
    if (truth <= this.#target) return 'converged';
    // Far from the recurrence and not much better than the last time: rounding is what is left.
    if (truth > 2 * norm && !(truth <= this.#attained / 2)) return 'stalled';
    this.#attained = truth;
    return 'restart';
  }

  /** The best answer so far. */
  answer(): RelaxationAnswer {
    const { n } = this.A;
    const r = new Float64Array(n);
    residual(this.A, this.#right, this.x, r, 0, n);
    this.counts.matvecs++;
    this.counts.matrixPasses++;
    const norm = Math.sqrt(inner(r, r));
    return {
      x: this.x.map((value) => value / this.#scale),
      omega: this.#settings.omega,
      certificate: { kind: 'residual', gap: norm / this.#scale, relativeGap: this.#relative(norm) },
      counts: { ...this.counts },
      warnings: [...this.warnings],
    };
  }

  /** Wraps a method for the driver. */
  algorithm(slices: () => Generator<SliceEnd, Status, void>): RelaxationAlgorithm {
    return {
      state: this.state,
      columns: ['residualNorm', 'relativeResidual'],
      slices,
      answer: () => this.answer(),
      dispose: () => {},
    };
  }

  /** Lets a kernel work through the rows from the first to the last, a slice at a time. */
  *ascending(passes: number, kernel: (from: number, to: number) => void): Generator<SliceEnd, void, void> {
    const { n, sliceRows } = this.A;
    for (let from = 0; from < n; from += sliceRows) {
      if (from > 0) yield 'slice';
      kernel(from, Math.min(from + sliceRows, n));
    }
    this.counts.matrixPasses += passes;
  }

  /** Lets a kernel work through the rows from the last to the first, a slice at a time. */
  *descending(passes: number, kernel: (from: number, to: number) => void): Generator<SliceEnd, void, void> {
    const { n, sliceRows } = this.A;
    for (let to = n; to > 0; to -= sliceRows) {
      if (to < n) yield 'slice';
      kernel(Math.max(0, to - sliceRows), to);
    }
    this.counts.matrixPasses += passes;
  }

  /** out = b - A x, and its norm. */
  *#trueResidual(out: Float64Array): Generator<SliceEnd, number, void> {
    yield* this.ascending(1, (from, to) => residual(this.A, this.#right, this.x, out, from, to));
    this.counts.matvecs++;
    return Math.sqrt(inner(out, out));
  }

  #relative(norm: number): number {
    if (this.#size === 0) return norm === 0 ? 0 : Infinity;
    return norm / this.#size;
  }
}

/** A power of 2 that brings the largest entry of both vectors into [1, 2), as far as 2^1000 can; 1 for zeros. */
function scaleFor(b: Float64Array, x: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < b.length; i++) largest = Math.max(largest, Math.abs(b[i]), Math.abs(x[i]));
  let scale = 1;
  if (largest === 0) return scale;
  while (largest * scale >= 2) scale /= 2;
  while (largest * scale < 1 && scale < 1e300) scale *= 2;
  return scale;
}

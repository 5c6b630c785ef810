import {
  type Algorithm,
  DimensionError,
  NumericalError,
  requireVector,
  type SliceEnd,
  type Status,
} from '@lemmata/core';
import type {
  ConjugateGradientResult,
  ConjugateGradientSettings,
  ConjugateGradientState,
} from './conjugate-gradient-options.js';
import { axpy, dot } from './kernels/dense.js';
import { runSlices, type SquareOperator, toSquareOperator } from './matrix/to-operator.js';
import type { MatrixLike } from './matrix/types.js';
import { largestEntry, scaleToOne, vectorNorm } from './spectra/norms.js';

type Answer = Omit<ConjugateGradientResult, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

/**
 * The recurrence is not trusted beyond this reduction of the last true residual: 2^-40, well above its rounding errors.
 */
const DRIFT = 9.094947017729282e-13;

/**
 * Checks the system and makes the run.
 *
 * The right-hand side is scaled by a power of 2 to entries of at most 2, which is exact, so that no product of
 * residuals overflows because of the unit of b.
 *
 * Letters: r = b - A x, z = M^-1 r, p the direction, q = A p.
 */
export function conjugateGradientAlgorithm(
  A: MatrixLike | SquareOperator,
  b: ArrayLike<number>,
  settings: ConjugateGradientSettings,
): Algorithm<ConjugateGradientState, 'residualNorm' | 'relativeResidual', Answer> {
  const { n, own, apply } = toSquareOperator('A', A);
  const right = requireVector('b', b, n, 'rows of A');
  const x =
    settings.initial === undefined
      ? new Float64Array(n)
      : requireVector('options.initial', settings.initial, n, 'columns of A');
  const { preconditioner } = settings;
  if (preconditioner !== undefined && (preconditioner.rows !== n || preconditioner.cols !== n)) {
    throw new DimensionError(
      `options.preconditioner: expected ${n} x ${n} (order of A), got ${preconditioner.rows} x ${preconditioner.cols}`,
      { argument: 'options.preconditioner', expected: n, actual: preconditioner.rows },
    );
  }
  const scale = scaleToOne(largestEntry(right));
  for (let i = 0; i < n; i++) {
    right[i] *= scale;
    x[i] *= scale;
  }
  const size = vectorNorm(right);
  const target = settings.tolerance * size;
  const [r, z, p, q] = [0, 1, 2, 3].map(() => new Float64Array(n));
  const warnings: string[] = [];
  const counts = { matvecs: 0, preconditionerApplications: 0 };
  const state: ConjugateGradientState = { iteration: 0, residualNorm: 0, relativeResidual: 0 };

  function* multiply(input: Float64Array, out: Float64Array): Generator<'slice', void, void> {
    yield* apply(input, out);
    counts.matvecs++;
    if (own) requireNumbers('A.apply', out, state.iteration);
  }
  const precondition = (): number => {
    if (preconditioner === undefined) z.set(r);
    else {
      preconditioner.apply(r, z);
      counts.preconditionerApplications++;
      requireNumbers('preconditioner.apply', z, state.iteration);
    }
    return dot(r, z);
  };
  /** out = b - A x. */
  function* trueResidual(out: Float64Array): Generator<'slice', number, void> {
    yield* multiply(x, out);
    for (let i = 0; i < n; i++) out[i] = right[i] - out[i];
    return vectorNorm(out);
  }
  const report = (iteration: number, norm: number): void => {
    state.iteration = iteration;
    state.residualNorm = norm / scale;
    state.relativeResidual = size === 0 ? (norm === 0 ? 0 : Infinity) : norm / size;
  };
  const broken = (sentence: string): Status => {
    warnings.push(sentence);
    return 'breakdown';
  };

  function* slices(): Generator<SliceEnd, Status, void> {
    let norm = yield* trueResidual(r);
    report(0, norm);
    if (norm <= target) return 'converged';
    if (!Number.isFinite(norm)) return 'diverged';
    let attained = norm;
    let rho = precondition();
    p.set(z);
    for (let iteration = 1; ; iteration++) {
      yield 'iteration';
      // A step that is not taken counts: the state that is reported with the ending must be a new one.
      report(iteration, norm);
      if (!(rho > 0)) return broken(`r . M^-1 r = ${rho}: the preconditioner is not positive definite`);
      yield* multiply(p, q);
      const curvature = dot(p, q);
      if (!Number.isFinite(curvature)) return 'diverged';
      if (!(curvature > 0)) return broken(`p . A p = ${curvature}: the matrix is not positive definite`);
      const step = rho / curvature;
      // An overflow here would spoil x, which is finite so far.
      if (!Number.isFinite(step * largestEntry(p)) || !Number.isFinite(step * largestEntry(q))) return 'diverged';
      axpy(step, p, x);
      axpy(-step, q, r);
      norm = vectorNorm(r);
      let restart = false;
      if (norm <= target || norm <= DRIFT * attained) {
        norm = yield* trueResidual(r);
        report(iteration, norm);
        if (norm <= target) return 'converged';
        // The recurrence may have drifted away: go on from the true residual, as long as that falls by half each time.
        if (!(norm <= attained / 2)) return 'stalled';
        attained = norm;
        restart = true;
      }
      report(iteration, norm);
      const last = rho;
      rho = precondition();
      const beta = restart ? 0 : rho / last;
      for (let i = 0; i < n; i++) p[i] = z[i] + beta * p[i];
    }
  }

  return {
    state,
    columns: ['residualNorm', 'relativeResidual'],
    slices,
    answer: () => {
      const gap = runSlices(trueResidual(q));
      const relativeGap = size === 0 ? (gap === 0 ? 0 : Infinity) : gap / size;
      return {
        x: x.map((value) => value / scale),
        certificate: { kind: 'residual', gap: gap / scale, relativeGap },
        counts: { ...counts },
        warnings: [...warnings],
      };
    },
    dispose: () => {},
  };
}

/** Requires that a function of the caller's returned no NaN. */
function requireNumbers(name: string, out: Float64Array, iteration: number): void {
  const index = out.findIndex(Number.isNaN);
  if (index < 0) return;
  throw new NumericalError(`${name}: expected numbers, got NaN at ${index} in iteration ${iteration}`, {
    argument: name,
    index,
    iteration,
  });
}

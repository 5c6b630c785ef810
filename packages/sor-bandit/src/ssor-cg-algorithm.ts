import { InvalidInputError, type SliceEnd, type Status } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import { backwardSolve, forwardSolve, inner, ssorCgProducts, ssorCgStep, ssorCgTurn } from './kernels/sweeps.js';
import type { RelaxationSettings } from './relaxation-options.js';
import { type RelaxationAlgorithm, SystemRun } from './system-run.js';

/**
 * Checks the system and makes the run.
 *
 * Letters: s = P^-1 r, p the direction, h = P' p, q = A p, t with P^-1 A p = p + t, rho = r . W^-1 r = sum of c d s^2.
 */
export function ssorCgAlgorithm(
  A: MatrixLike,
  b: ArrayLike<number>,
  settings: RelaxationSettings,
): RelaxationAlgorithm {
  const system = new SystemRun(A, b, settings);
  const { A: split, r } = system;
  if (!split.symmetric) {
    throw new InvalidInputError(
      'A: expected a symmetric matrix (to the last bit), got unequal triangles',
      'ERR_INPUT',
      {
        argument: 'A',
        expected: 'symmetric',
        actual: 'unsymmetric',
      },
    );
  }
  const { omega } = settings;
  const { n } = split;
  const scaled = split.diagonal.map((value) => ((2 - omega) / omega) * value);
  const [s, h, p, q, t] = [0, 1, 2, 3, 4].map(() => new Float64Array(n));

  const broken = (sentence: string): Status => {
    system.warnings.push(sentence);
    return 'breakdown';
  };
  function* slices(): Generator<SliceEnd, Status, void> {
    const first = yield* system.begin();
    if (first !== undefined) return first;
    let norm = Math.sqrt(inner(r, r));
    let fresh = true;
    let rho = 0;
    for (let iteration = 1; ; iteration++) {
      yield 'iteration';
      system.report(iteration, norm);
      if (fresh) yield* system.ascending(0.5, (from, to) => forwardSolve(split, r, s, omega, from, to));
      rho = ssorCgTurn(scaled, s, h, fresh ? undefined : rho);
      if (!(rho > 0)) return broken(`r . W^-1 r = ${rho}: the preconditioner is not positive definite`);
      yield* system.descending(0.5, (from, to) => backwardSolve(split, h, p, omega, from, to));
      yield* system.ascending(0.5, (from, to) => ssorCgProducts(split, h, p, t, q, omega, from, to));
      const curvature = inner(p, q);
      if (!Number.isFinite(curvature)) return 'diverged';
      if (!(curvature > 0)) return broken(`p . A p = ${curvature}: the matrix is not positive definite`);
      const step = rho / curvature;
      if (!system.move(step, p)) return 'diverged';
      norm = Math.sqrt(ssorCgStep(step, p, q, t, r, s));
      if (system.blownUp(norm)) {
        system.report(iteration, norm);
        return 'diverged';
      }
      const end = yield* system.judge(iteration, norm);
      if (end !== undefined && end !== 'restart') return end;
      fresh = end === 'restart';
    }
  }

  return system.algorithm(slices);
}

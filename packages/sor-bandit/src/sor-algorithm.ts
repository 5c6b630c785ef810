import type { SliceEnd, Status } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import { forwardSolve, inner, sorResidual, sorSymmetric } from './kernels/sweeps.js';
import type { RelaxationSettings } from './relaxation-options.js';
import { type RelaxationAlgorithm, SystemRun } from './system-run.js';

/** Checks the system and makes the run. */
export function sorAlgorithm(A: MatrixLike, b: ArrayLike<number>, settings: RelaxationSettings): RelaxationAlgorithm {
  const system = new SystemRun(A, b, settings);
  const { A: split, r } = system;
  const { omega } = settings;
  const delta = new Float64Array(split.n);

  function* sweep(): Generator<SliceEnd, void, void> {
    if (split.symmetric) {
      yield* system.ascending(0.5, (from, to) => sorSymmetric(split, r, delta, omega, from, to));
      return;
    }
    yield* system.ascending(0.5, (from, to) => forwardSolve(split, r, delta, omega, from, to));
    yield* system.ascending(0.5, (from, to) => sorResidual(split, delta, r, omega, from, to));
  }

  function* slices(): Generator<SliceEnd, Status, void> {
    const first = yield* system.begin();
    if (first !== undefined) return first;
    let last = Math.sqrt(inner(r, r));
    for (let iteration = 1; ; iteration++) {
      yield 'iteration';
      yield* sweep();
      const norm = Math.sqrt(inner(r, r));
      if (system.blownUp(norm) || !system.move(1, delta)) {
        system.report(iteration, last);
        return 'diverged';
      }
      const end = yield* system.judge(iteration, norm);
      if (end !== undefined && end !== 'restart') return end;
      last = norm;
    }
  }

  return system.algorithm(slices);
}

import type { SliceEnd, Status } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import { forwardSolve, inner, ssorBackward, ssorForward } from './kernels/sweeps.js';
import type { RelaxationSettings } from './relaxation-options.js';
import { type RelaxationAlgorithm, SystemRun } from './system-run.js';

/**
 * Checks the system and makes the run.
 *
 * Letters: P z = r, y = c D z, Q delta = y; z of the next iteration is found with the residual of this one.
 */
export function ssorAlgorithm(A: MatrixLike, b: ArrayLike<number>, settings: RelaxationSettings): RelaxationAlgorithm {
  const system = new SystemRun(A, b, settings);
  const { A: split, r } = system;
  const { omega } = settings;
  const [y, delta, z] = [0, 1, 2].map(() => new Float64Array(split.n));

  function* slices(): Generator<SliceEnd, Status, void> {
    const first = yield* system.begin();
    if (first !== undefined) return first;
    let last = Math.sqrt(inner(r, r));
    let fresh = true;
    for (let iteration = 1; ; iteration++) {
      yield 'iteration';
      if (fresh) yield* system.ascending(0.5, (from, to) => forwardSolve(split, r, z, omega, from, to));
      yield* system.descending(0.5, (from, to) => ssorBackward(split, z, y, delta, omega, from, to));
      yield* system.ascending(0.5, (from, to) => ssorForward(split, r, y, delta, z, omega, from, to));
      const norm = Math.sqrt(inner(r, r));
      if (system.blownUp(norm) || !system.move(1, delta)) {
        system.report(iteration, last);
        return 'diverged';
      }
      const end = yield* system.judge(iteration, norm);
      if (end !== undefined && end !== 'restart') return end;
      fresh = end === 'restart';
      last = norm;
    }
  }

  return system.algorithm(slices);
}

import { solveLinearSystem } from '@lemmata/testing';
import { expect, it } from 'vitest';
import { InclusionEngine, residualNorm } from '../src/inclusion-engine.js';
import { SnapshotSteps } from '../src/methods/vr-forb.js';
import { INCLUSION_DEFAULTS } from '../src/solve-inclusion-options.js';
import { affineProblem, distance } from './problems.js';

it('the inner residual bounds the distance to the resolvent, which elimination finds', () => {
  for (let seed = 0; seed < 10; seed++) {
    const { inclusion, matrix, offset } = affineProblem(`inner ${seed}`, { n: 16, d: 4, mu: 0, skew: 1 });
    const engine = new InclusionEngine(inclusion, { ...INCLUSION_DEFAULTS, seed }, residualNorm);
    const lipschitz = inclusion.operator.averageLipschitz as number;
    const step = 4 / lipschitz;
    const centre = Float64Array.of(1, -1, 2, seed);
    // J(u) solves z - u + step (M z - q) = 0.
    const rows = matrix.map((row, i) => row.map((value, j) => step * value + (i === j ? 1 : 0)));
    const right = offset.map((value, i) => step * value + centre[i]);
    const resolvent = solveLinearSystem(rows, right) as number[];
    const inner = new SnapshotSteps(engine, { scale: step, shift: 1, centre }, 1 + step * lipschitz);
    inner.snapshot.set(centre);
    engine.oracle.full(centre, inner.value);
    inner.reset();
    const first = distance(centre, resolvent);
    for (let k = 0; k < 30; k++) {
      for (const end of inner.untilSnapshot()) expect(end).toBe('slice');
      const residual = Math.hypot(
        ...inner.snapshot.map((w, j) => w - centre[j] + step * (inner.value[j] + inner.element[j])),
      );
      // Elimination in 4 dimensions with numbers below 10.
      expect(distance(inner.snapshot, resolvent)).toBeLessThanOrEqual(residual + 1e-13);
    }
    expect(distance(inner.snapshot, resolvent)).toBeLessThan(first);
  }
});

import type { SliceEnd, Status } from '@lemmata/core';
import type { InclusionEngine } from '../inclusion-engine.js';
import { RestartRule, restartFactorOf } from './restart-rule.js';
import { SnapshotSteps } from './vr-forb.js';

/**
 * Algorithm 2: u+ = u0 / (k + 2) + (k + 1) / (k + 2) v, with v near the resolvent J(u) of eta (F + G).
 *
 * The inner problem 0 in z - u + eta F(z) + eta G(z) is strongly monotone with constant 1, so a snapshot w is at most
 * r = |w - u + eta (F(w) + g)| away from J(u); the inner steps end at the first one with r <= |u - w| / (k + 2)^a. They
 * begin at the last snapshot, where F is known. Every snapshot is also a certified candidate for the answer.
 *
 * @param engine - the run
 * @returns the run in slices
 */
export function inexactHalpern(engine: InclusionEngine): () => Generator<SliceEnd, Status, void> {
  const { oracle, settings, state } = engine;
  oracle.requireComponents('inexact-halpern');
  const lipschitz = engine.averageLipschitz('inexact-halpern');
  const step = settings.stepSize ?? Math.sqrt(oracle.fullCost) / lipschitz;
  const u = new Float64Array(oracle.dimension);
  const inner = new SnapshotSteps(engine, { scale: step, shift: 1, centre: u }, 1 + step * lipschitz);

  /** r at the snapshot, relative to |u - w|. */
  function relativeError(): number {
    const { snapshot, value, element } = inner;
    let error = 0;
    let distance = 0;
    for (let j = 0; j < u.length; j++) {
      const move = snapshot[j] - u[j];
      const rest = move + step * (value[j] + element[j]);
      error += rest * rest;
      distance += move * move;
    }
    return Math.sqrt(error / distance);
  }

  const rule = new RestartRule(restartFactorOf(settings));

  return function* slices() {
    const anchor = new Float64Array(oracle.dimension);
    const { snapshot, value, element } = inner;
    let end = engine.start(step, snapshot, value, element);
    anchor.set(snapshot);
    u.set(snapshot);
    rule.anchored(state.residual);
    for (let k = 0; end === undefined; k++) {
      yield 'iteration';
      let bound = 1;
      for (let a = 0; a < settings.innerExponent; a++) bound /= k + 2;
      inner.reset();
      do {
        yield* inner.untilSnapshot();
        // An inner snapshot may be the answer: the outer iteration then ends with it.
        if (engine.verdict(engine.value(snapshot, value, element)) !== undefined) break;
      } while (!(relativeError() <= bound));
      end = engine.certify(snapshot, value, element);
      if (rule.due(state.residual)) {
        anchor.set(snapshot);
        k = -1;
        engine.restarted();
        rule.anchored(state.residual);
      }
      // After a restart both points are the snapshot.
      const weight = 1 / (k + 2);
      for (let j = 0; j < u.length; j++) u[j] = weight * anchor[j] + (1 - weight) * snapshot[j];
    }
    return end;
  };
}

import type { SliceEnd, Status } from '@lemmata/core';
import type { InclusionEngine } from '../inclusion-engine.js';
import { buffers } from './extragradient.js';
import { RestartRule, restartFactorOf } from './restart-rule.js';

/**
 * The anchored extragradient method with one resolvent a step, for F monotone and Lipschitz.
 *
 * With b = 1 / (k + 1), anchor z0 and c in G(z): z' = z + b (z0 - z) - eta (F(z) + c), w = z + b (z0 - z) - eta F(z'),
 * z+ = J(w), c+ = (w - z+) / eta; eta = 0.99 / (sqrt 3 L_F). Here z' need not lie in the domain of G.
 *
 * @param engine - the run
 * @returns the run in slices
 */
export function anchoredGradient(engine: InclusionEngine): () => Generator<SliceEnd, Status, void> {
  const { oracle, settings, state } = engine;
  const step =
    settings.stepSize ?? 0.99 / (Math.sqrt(3) * engine.constant('anchored-gradient', 'lipschitz', 'averageLipschitz'));
  const rule = new RestartRule(restartFactorOf(settings));
  return function* slices() {
    const [z, half, value, element, w, anchor] = buffers(oracle.dimension, 6);
    let end = engine.start(step, z, value, element);
    anchor.set(z);
    rule.anchored(state.residual);
    for (let k = 0; end === undefined; k++) {
      yield 'iteration';
      const weight = 1 / (k + 1);
      for (let j = 0; j < w.length; j++) {
        w[j] = z[j] + weight * (anchor[j] - z[j]);
        half[j] = w[j] - step * (value[j] + element[j]);
      }
      oracle.full(half, value);
      for (let j = 0; j < w.length; j++) w[j] -= step * value[j];
      oracle.resolve(w, step, z, element);
      oracle.full(z, value);
      oracle.counts.steps++;
      end = engine.certify(z, value, element);
      if (rule.due(state.residual)) {
        anchor.set(z);
        k = -1;
        engine.restarted();
        rule.anchored(state.residual);
      }
    }
    return end;
  };
}

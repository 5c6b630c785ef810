import type { SliceEnd, Status } from '@lemmata/core';
import type { InclusionEngine } from '../inclusion-engine.js';

/**
 * The extragradient method: z' = J(z - eta F(z)), z+ = J(z - eta F(z')), with eta = 0.99 / L_F.
 *
 * @param engine - the run
 * @returns the run in slices
 */
export function extragradient(engine: InclusionEngine): () => Generator<SliceEnd, Status, void> {
  const { oracle, settings } = engine;
  const step = settings.stepSize ?? 0.99 / engine.constant('extragradient', 'lipschitz', 'averageLipschitz');
  return function* slices() {
    const [z, half, value, element, w] = buffers(oracle.dimension, 5);
    let end = engine.start(step, z, value, element);
    while (end === undefined) {
      yield 'iteration';
      for (let j = 0; j < w.length; j++) w[j] = z[j] - step * value[j];
      oracle.resolve(w, step, half, element);
      oracle.full(half, value);
      for (let j = 0; j < w.length; j++) w[j] = z[j] - step * value[j];
      oracle.resolve(w, step, z, element);
      oracle.full(z, value);
      oracle.counts.steps++;
      end = engine.certify(z, value, element);
    }
    return end;
  };
}

/**
 * Zero vectors.
 *
 * @param length - their length
 * @param count - how many
 * @returns the vectors, each with memory of its own
 */
export function buffers(length: number, count: number): Float64Array[] {
  return Array.from({ length: count }, () => new Float64Array(length));
}

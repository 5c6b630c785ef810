import type { RandomStream, SliceEnd, Status } from '@lemmata/core';
import type { InclusionEngine } from '../inclusion-engine.js';
import type { Oracle } from '../problem/oracle.js';
import { ComponentSampler } from '../sampling/component-sampler.js';
import type { SliceMeter } from '../slices.js';
import { buffers } from './extragradient.js';

/** The operator A(z) = scale F(z) + shift (z - centre), to which scale G is added. */
interface Regularised {
  readonly scale: number;
  readonly shift: 0 | 1;
  readonly centre: Float64Array;
}

/**
 * Forward-reflected-backward steps with variance reduction for 0 in A(z) + scale G(z).
 *
 * With p = 1 / (cost of F in full), alpha = 1 - p and a snapshot s: z+ = J(alpha z + (1 - alpha) s - tau (A(s) +
 * A_i(z) - A_i(s-))) for a drawn i and the snapshot s- of the step before; with probability p the new z becomes the
 * snapshot. tau = 0.99 sqrt(p (1 - p)) / L_A; with a single component, or one that costs as
 * much as F, p = 1 and tau = 0.49 / L_A, the method without variance.
 */
export class SnapshotSteps {
  /** The snapshot s. */
  readonly snapshot: Float64Array;
  /** F(s). */
  readonly value: Float64Array;
  /** An element of G(s). */
  readonly element: Float64Array;
  readonly tau: number;
  readonly #oracle: Oracle;
  readonly #sampler: ComponentSampler;
  readonly #coins: RandomStream;
  readonly #meter: SliceMeter;
  readonly #operator: Regularised;
  readonly #p: number;
  readonly #z: Float64Array;
  readonly #reference: Float64Array;
  readonly #w: Float64Array;
  /** F at the snapshot before. */
  readonly #past: Float64Array;

  /**
   * @param engine - the run
   * @param operator - A
   * @param lipschitz - L_A, of A on average over the components
   * @param tau - the step, when it is not to follow from L_A
   */
  constructor(engine: InclusionEngine, operator: Regularised, lipschitz: number, tau?: number) {
    const { oracle } = engine;
    this.#oracle = oracle;
    this.#meter = engine.meter;
    this.#operator = operator;
    this.#coins = engine.stream.fork('coins');
    this.#sampler = new ComponentSampler(oracle.components, oracle.probabilities, engine.stream.fork('components'));
    this.#p = oracle.components === 1 || oracle.fullCost < 2 ? 1 : 1 / oracle.fullCost;
    this.tau = tau ?? (this.#p === 1 ? 0.49 : 0.99 * Math.sqrt(this.#p * (1 - this.#p))) / lipschitz;
    [this.snapshot, this.value, this.element] = buffers(oracle.dimension, 3);
    [this.#z, this.#reference, this.#w, this.#past] = buffers(oracle.dimension, 4);
  }

  /** Begins anew at the snapshot. */
  reset(): void {
    this.#z.set(this.snapshot);
    this.#reference.set(this.snapshot);
    this.#past.set(this.value);
  }

  /** Steps until a snapshot was taken: then `snapshot`, `value` and `element` belong together. */
  *untilSnapshot(): Generator<'slice', void, void> {
    const { snapshot, value, element, tau } = this;
    const { scale } = this.#operator;
    const oracle = this.#oracle;
    const z = this.#z;
    const w = this.#w;
    const reference = this.#reference;
    for (;;) {
      this.#forward();
      if (this.#p === 1) {
        // Every step ends in a snapshot, so z is the snapshot, and F is known there and at the one before.
        for (let j = 0; j < w.length; j++) w[j] -= tau * scale * (value[j] - this.#past[j]);
      } else {
        const i = this.#sampler.draw();
        oracle.addDifference(i, z, reference, -tau * scale * this.#sampler.weight(i), w);
      }
      oracle.resolvent(w, tau * scale, z);
      oracle.counts.steps++;
      reference.set(snapshot);
      if (this.#coins.uniform() < this.#p) break;
      if (this.#meter.full(4 * w.length)) yield 'slice';
    }
    oracle.element(w, tau * scale, z, element);
    snapshot.set(z);
    this.#past.set(value);
    oracle.full(snapshot, value);
  }

  /** w = alpha z + (1 - alpha) s - tau A(s), and of A_i(z) - A_i(s-) the part that is not F. */
  #forward(): void {
    const { snapshot, value } = this;
    const { scale, shift, centre } = this.#operator;
    const w = this.#w;
    const z = this.#z;
    const reference = this.#reference;
    const alpha = 1 - this.#p;
    const step = this.tau * scale;
    for (let j = 0; j < w.length; j++) w[j] = alpha * z[j] + (1 - alpha) * snapshot[j] - step * value[j];
    if (shift === 0) return;
    for (let j = 0; j < w.length; j++) w[j] -= this.tau * (snapshot[j] - centre[j] + (z[j] - reference[j]));
  }
}

/**
 * Forward-reflected-backward steps with variance reduction on the problem itself, certified at every snapshot.
 *
 * @param engine - the run
 * @returns the run in slices
 */
export function vrForb(engine: InclusionEngine): () => Generator<SliceEnd, Status, void> {
  const { oracle, settings } = engine;
  oracle.requireComponents('vr-forb');
  const plain = { scale: 1, shift: 0 as const, centre: new Float64Array(oracle.dimension) };
  const lipschitz = settings.stepSize === undefined ? engine.averageLipschitz('vr-forb') : 1;
  const steps = new SnapshotSteps(engine, plain, lipschitz, settings.stepSize);
  return function* slices() {
    let end = engine.start(steps.tau, steps.snapshot, steps.value, steps.element);
    steps.reset();
    while (end === undefined) {
      yield 'iteration';
      yield* steps.untilSnapshot();
      end = engine.certify(steps.snapshot, steps.value, steps.element);
    }
    return end;
  };
}

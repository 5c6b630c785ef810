import type { Oracle } from '../problem/oracle.js';
import type { ComponentSampler } from './component-sampler.js';

/**
 * The PAGE estimator of F along a sequence of points: now and then F in full, otherwise the last estimate plus the
 * differences of a batch of components. Given the past, its error has the same mean after a batch as before it.
 */
export class PageEstimator {
  readonly #oracle: Oracle;
  readonly #sampler: ComponentSampler;
  readonly #batch: Int32Array;

  /**
   * @param oracle - the problem
   * @param sampler - draws the components
   * @param batchSize - components of one batch, an integer in [1, n]
   */
  constructor(oracle: Oracle, sampler: ComponentSampler, batchSize: number) {
    this.#oracle = oracle;
    this.#sampler = sampler;
    this.#batch = new Int32Array(batchSize);
  }

  /** estimate = F(z), at the cost of F in full. */
  refresh(z: Float64Array, estimate: Float64Array): void {
    this.#oracle.full(z, estimate);
  }

  /** estimate += mean over a batch of F_i(z) - F_i(previous), at the cost of 2 evaluations a component. */
  update(z: Float64Array, previous: Float64Array, estimate: Float64Array): void {
    const batch = this.#batch;
    this.#sampler.drawBatch(batch);
    for (let k = 0; k < batch.length; k++) {
      const i = batch[k];
      this.#oracle.addDifference(i, z, previous, this.#sampler.weight(i) / batch.length, estimate);
    }
  }
}

import { type RandomStream, refusal, requireVector } from '@lemmata/core';
import { AliasTable } from './alias-table.js';

/**
 * Reads the probabilities of components.
 *
 * @param value - what the caller gave
 * @param components - their number n
 * @returns a copy, or undefined when none were given
 * @throws DimensionError, InvalidInputError when they are no n numbers >= 0 of sum 1
 */
export function readProbabilities(value: ArrayLike<number> | undefined, components: number): Float64Array | undefined {
  if (value === undefined) return undefined;
  const name = 'problem.operator.probabilities';
  const probabilities = requireVector(name, value, components, 'problem.operator.components');
  let sum = 0;
  for (let i = 0; i < components; i++) {
    if (probabilities[i] < 0) throw refusal(`${name}[${i}]`, 'a number >= 0', probabilities[i]);
    sum += probabilities[i];
  }
  // A sum of n roundings of numbers that add up to 1 is off by at most about n eps.
  if (!(Math.abs(sum - 1) <= 4 * (components + 1) * Number.EPSILON)) throw refusal(name, 'numbers of sum 1', sum);
  return probabilities;
}

/** Draws components: with the given probabilities and replacement, or evenly. */
export class ComponentSampler {
  readonly #components: number;
  readonly #stream: RandomStream;
  readonly #probabilities: Float64Array | undefined;
  readonly #alias: AliasTable | undefined;
  readonly #order: Int32Array;

  /**
   * @param components - their number n
   * @param probabilities - one for each, or undefined for equal ones
   * @param stream - where draws come from
   */
  constructor(components: number, probabilities: Float64Array | undefined, stream: RandomStream) {
    this.#components = components;
    this.#stream = stream;
    this.#probabilities = probabilities;
    this.#alias = probabilities === undefined ? undefined : new AliasTable(probabilities);
    this.#order = Int32Array.from({ length: probabilities === undefined ? components : 0 }, (_, i) => i);
  }

  /** One component. */
  draw(): number {
    return this.#alias === undefined ? this.#stream.integer(this.#components) : this.#alias.draw(this.#stream);
  }

  /** 1 / (n q_i): times this, the drawn component's expectation is F. */
  weight(i: number): number {
    return this.#probabilities === undefined ? 1 : 1 / (this.#components * this.#probabilities[i]);
  }

  /** Fills `batch` with components: different ones when their probabilities are equal, else independent draws. */
  drawBatch(batch: Int32Array): void {
    if (this.#alias !== undefined) {
      for (let k = 0; k < batch.length; k++) batch[k] = this.#alias.draw(this.#stream);
      return;
    }
    const order = this.#order;
    for (let k = 0; k < batch.length; k++) {
      const other = k + this.#stream.integer(order.length - k);
      const drawn = order[other];
      order[other] = order[k];
      order[k] = drawn;
      batch[k] = drawn;
    }
  }
}

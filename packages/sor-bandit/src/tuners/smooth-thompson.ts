import { log1p, RandomStream, randomStream, requireInteger, requireNumber, resolveOptions } from '@lemmata/core';
import { cholesky, denseMatrix } from '@lemmata/linalg';
import { requireOpen } from '../relaxation-options.js';
import { priorCovariance } from './prior-covariance.js';
import type { SmoothThompsonOptions, SmoothThompsonPosterior, SmoothThompsonSnapshot } from './smooth-thompson-data.js';
import {
  type ContextRange,
  OpenQuestions,
  positionOf,
  refuseContext,
  requireFormat,
  requireGrid,
  requireRange,
  type Suggestion,
  smallest,
  type Tuner,
} from './tuner.js';

/** Added to the diagonal before a sample is drawn. */
const JITTER = 1e-10;

/** Defaults of {@link SmoothThompsonOptions}. */
const SMOOTH_THOMPSON_DEFAULTS = Object.freeze({
  parameters: undefined as ArrayLike<number> | undefined,
  context: undefined as ContextRange | undefined,
  bins: undefined as number | undefined,
  noise: undefined as number | undefined,
  seed: 0 as number | string,
});

/**
 * Chooses parameters on the belief that neighbours cost about the same: Thompson sampling from a Gaussian process.
 *
 * log(1 + cost), less that of the first cost, is a Gaussian process on the grid of parameters times bins of the context,
 * with a Matern correlation of order 3/2 along both. A question draws one function from the posterior at the context's
 * bin and proposes its minimiser. The posterior is exact; there is no guarantee against an adversary (see `TsallisInf`).
 *
 * Complexity: O(d^3) for a question and O((d bins)^2) for a cost, with d parameters; O((d bins)^2) memory.
 *
 * @example
 * ```ts
 * import { SmoothThompson } from '@lemmata/sor-bandit';
 *
 * const tuner = new SmoothThompson({ parameters: [1, 1.2, 1.4, 1.6, 1.8], seed: 1 });
 * for (let t = 0; t < 50; t++) {
 *   const { id, parameter } = tuner.ask();
 *   tuner.tell(id, 10 + 100 * Math.abs(parameter - 1.6));
 * }
 * console.log(tuner.best()); // 1.6
 * ```
 * @see N. Srinivas, A. Krause, S. Kakade, M. Seeger, "Gaussian Process Optimization in the Bandit Setting", ICML 2010
 */
export class SmoothThompson implements Tuner<SmoothThompsonSnapshot> {
  /** The parameters to choose from, rising. */
  readonly parameters: readonly number[];
  /** Whether a range of contexts was given. */
  readonly contextual: boolean;
  readonly #context: ContextRange | undefined;
  readonly #bins: number;
  readonly #noise: number;
  #origin: number | undefined;
  #mean: Float64Array;
  #covariance: Float64Array;
  #rounds = 0;
  #open: OpenQuestions<number> = new OpenQuestions<number>();
  #stream: RandomStream;

  /**
   * @param options - grid, range and bins of the contexts, noise and seed
   * @throws InvalidInputError for options out of range or unknown; DimensionError for an empty grid
   */
  constructor(options?: SmoothThompsonOptions) {
    const settings = resolveOptions('SmoothThompson', options, SMOOTH_THOMPSON_DEFAULTS);
    const { context, bins, noise } = settings;
    this.parameters = requireGrid(settings.parameters);
    if (context !== undefined) requireRange(context);
    this.contextual = context !== undefined;
    this.#context = context === undefined ? undefined : { min: context.min, max: context.max };
    this.#bins = requireInteger('options.bins', bins ?? (this.contextual ? 16 : 1), 1, this.contextual ? 64 : 1);
    this.#noise = requireOpen('options.noise', noise ?? (this.contextual ? 0.03 : 0.1), Infinity);
    this.#stream = randomStream(settings.seed).fork('smooth-thompson');
    this.#covariance = priorCovariance(this.parameters.length, this.#bins);
    this.#mean = new Float64Array(this.parameters.length * this.#bins);
  }

  /** The seed as a string. */
  get seed(): string {
    return this.#stream.seed;
  }

  /** Costs learnt from, an integer >= 0. */
  get rounds(): number {
    return this.#rounds;
  }

  /** Proposes a parameter; a context outside the range counts as the nearer end. */
  ask(context?: number): Suggestion {
    const begin = this.#begin(context);
    const arm = smallest(this.#sample(begin));
    return { id: this.#open.open(begin + arm), arm, parameter: this.parameters[arm] };
  }

  /** Learns the cost of an open question, >= 0. */
  tell(id: number, cost: number): void {
    requireNumber('cost', cost, 0);
    const cell = this.#open.close(id);
    const y = log1p(cost);
    this.#origin ??= y;
    const size = this.#mean.length;
    const C = this.#covariance;
    const line = C.slice(cell * size, (cell + 1) * size);
    const variance = line[cell] + this.#noise;
    const surprise = (y - this.#origin - this.#mean[cell]) / variance;
    for (let a = 0; a < size; a++) {
      this.#mean[a] += line[a] * surprise;
      // (line_a line_b) / variance has the same bits both ways round: C stays symmetric.
      for (let b = 0; b < size; b++) C[a * size + b] -= (line[a] * line[b]) / variance;
    }
    this.#rounds++;
  }

  /** Closes an open question without a cost. */
  withdraw(id: number): void {
    this.#open.close(id);
  }

  /** The parameter with the least expected log cost. */
  best(context?: number): number {
    const begin = this.#begin(context);
    return this.parameters[smallest(this.#mean.subarray(begin, begin + this.parameters.length))];
  }

  /** What is believed about every parameter, for a context where the tuner has them. */
  posterior(context?: number): SmoothThompsonPosterior {
    const begin = this.#begin(context);
    const d = this.parameters.length;
    const size = this.#mean.length;
    return {
      mean: this.#mean.slice(begin, begin + d),
      deviation: Float64Array.from({ length: d }, (_, i) =>
        Math.sqrt(Math.max(this.#covariance[(begin + i) * (size + 1)], 0)),
      ),
    };
  }

  /** The whole state as plain JSON-safe data: (d bins)^2 / 2 numbers. */
  snapshot(): SmoothThompsonSnapshot {
    const size = this.#mean.length;
    const covariance: number[] = [];
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) covariance.push(this.#covariance[a * size + b]);
    }
    return {
      format: 'lemmata/smooth-thompson',
      version: 1,
      parameters: [...this.parameters],
      context: this.#context === undefined ? null : { ...this.#context },
      bins: this.#bins,
      noise: this.#noise,
      origin: this.#origin ?? null,
      mean: Array.from(this.#mean),
      covariance,
      rounds: this.#rounds,
      next: this.#open.next,
      open: this.#open.list(),
      stream: this.#stream.snapshot(),
    };
  }

  /**
   * A tuner that goes on, bit for bit, where the snapshot was taken.
   *
   * @param snapshot - what {@link SmoothThompson.snapshot} gave, also after JSON
   * @throws InvalidInputError `ERR_FORMAT` when it is no such snapshot
   */
  static restore(snapshot: SmoothThompsonSnapshot): SmoothThompson {
    requireFormat(snapshot, 'lemmata/smooth-thompson');
    const { parameters, context, bins, noise } = snapshot;
    const tuner = new SmoothThompson({ parameters, bins, noise, ...(context === null ? {} : { context }) });
    tuner.#origin = snapshot.origin ?? undefined;
    tuner.#mean = Float64Array.from(snapshot.mean);
    const size = tuner.#mean.length;
    for (let a = 0, k = 0; a < size; a++) {
      for (let b = 0; b <= a; b++, k++) {
        tuner.#covariance[a * size + b] = snapshot.covariance[k];
        tuner.#covariance[b * size + a] = snapshot.covariance[k];
      }
    }
    tuner.#rounds = snapshot.rounds;
    tuner.#open = new OpenQuestions(snapshot.next, snapshot.open);
    tuner.#stream = RandomStream.restore(snapshot.stream);
    return tuner;
  }

  /** The first cell of the context's bin. */
  #begin(context: number | undefined): number {
    if (this.#context === undefined) {
      refuseContext(context);
      return 0;
    }
    const bin = Math.min(Math.floor(positionOf(this.#context, context) * this.#bins), this.#bins - 1);
    return bin * this.parameters.length;
  }

  /** mean + L z for the cells of one bin, L the Cholesky factor of their covariance. */
  #sample(begin: number): Float64Array {
    const d = this.parameters.length;
    const size = this.#mean.length;
    const block = new Float64Array(d * d);
    const z = Float64Array.from({ length: d }, () => this.#stream.normal());
    for (let jitter = JITTER; ; jitter *= 16) {
      for (let i = 0; i < d; i++) {
        for (let j = 0; j < d; j++) block[i * d + j] = this.#covariance[(begin + i) * size + begin + j];
        block[i * (d + 1)] += jitter;
      }
      const factor = cholesky(denseMatrix(d, d, block), { backend: 'js' });
      if (factor.status !== 'complete') continue;
      return z.map((_, i) => {
        let sum = this.#mean[begin + i];
        for (let j = 0; j <= i; j++) sum += factor.L.data[i * d + j] * z[j];
        return sum;
      });
    }
  }
}

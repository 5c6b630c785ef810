import { log, RandomStream, randomStream, requireInteger, requireNumber, resolveOptions } from '@lemmata/core';
import { boxLeastSquares } from './box-least-squares.js';
import type { ChebCbNote, ChebCbOptions, ChebCbSnapshot } from './cheb-cb-data.js';
import {
  type ContextRange,
  drawArm,
  OpenQuestions,
  positionOf,
  requireFormat,
  requireGrid,
  requireRange,
  type Suggestion,
  smallest,
  type Tuner,
} from './tuner.js';

/** Defaults of {@link ChebCbOptions}. */
const CHEB_CB_DEFAULTS = Object.freeze({
  context: undefined as ContextRange | undefined,
  parameters: undefined as ArrayLike<number> | undefined,
  features: 6 as number,
  seed: 0 as number | string,
});

/** An arm that nothing is known about. */
interface Arm {
  gram: number[][];
  moments: number[];
  squares: number;
  coefficients: Float64Array;
}

/**
 * Chooses parameters by a number that describes each instance: ChebCB.
 *
 * The cost of each parameter is fitted by a Chebyshev series in the context, with coefficients bounded as those of a
 * Lipschitz function are; a parameter i other than the apparently best one is drawn with probability
 * 1 / (d + eta (predicted_i - predicted_best)), eta growing with the rounds. A parameter without data predicts cost 0, so
 * all are tried soon. For m features and costs Lipschitz in the context, the total cost exceeds that of the best
 * parameter for each context by a sublinear amount, O(T^(9/11)) with d ~ T^(2/11), m ~ T^(3/11).
 *
 * Complexity: O(d m) for a question, O(m^4) for a cost, O(d m^4) for one larger than all before; O(d m^2) memory.
 *
 * @example
 * ```ts
 * import { ChebCb } from '@lemmata/sor-bandit';
 *
 * const tuner = new ChebCb({ parameters: [1, 2], context: { min: 0, max: 1 }, features: 2 });
 * for (let t = 0; t < 200; t++) {
 *   const context = (t % 10) / 10;
 *   const { id, parameter } = tuner.ask(context);
 *   tuner.tell(id, parameter === 1 ? context : 1 - context);
 * }
 * console.log(tuner.best(0.1), tuner.best(0.9)); // 1 2
 * ```
 * @see M. Khodak, E. Chow, M.-F. Balcan, A. Talwalkar, "Learning to Relax", ICLR 2024, Algorithms 3, 6 and 7
 */
export class ChebCb implements Tuner<ChebCbSnapshot> {
  /** The parameters to choose from, rising. */
  readonly parameters: readonly number[];
  /** Questions come with a context. */
  readonly contextual: true = true;
  readonly #context: ContextRange;
  readonly #features: number;
  #arms: Arm[];
  #largest = 0;
  #sums: [number, number, number] = [0, 0, 0];
  #fitted = 0;
  #rounds = 0;
  #open: OpenQuestions<ChebCbNote> = new OpenQuestions<ChebCbNote>();
  #stream: RandomStream;

  /**
   * @param options - the range of the contexts (required), grid, number of features and seed
   * @throws InvalidInputError for options out of range, missing or unknown; DimensionError for an empty grid
   */
  constructor(options: ChebCbOptions) {
    const settings = resolveOptions('ChebCb', options, CHEB_CB_DEFAULTS);
    requireRange(settings.context as ContextRange);
    const { min, max } = settings.context as ContextRange;
    this.#context = { min, max };
    this.parameters = requireGrid(settings.parameters);
    this.#features = requireInteger('options.features', settings.features, 1, 16);
    this.#stream = randomStream(settings.seed).fork('cheb-cb');
    const m = this.#features;
    this.#arms = this.parameters.map(() => ({
      gram: Array.from({ length: m }, () => new Array<number>(m).fill(0)),
      moments: new Array<number>(m).fill(0),
      squares: 0,
      coefficients: new Float64Array(m),
    }));
  }

  /** The seed as a string. */
  get seed(): string {
    return this.#stream.seed;
  }

  /** Costs learnt from, an integer >= 0. */
  get rounds(): number {
    return this.#rounds;
  }

  /** The probabilities with which a parameter would be drawn for this context, in the order of the grid. */
  probabilities(context: number): Float64Array {
    return this.#weigh(this.#predictions(this.#evaluate(context)));
  }

  /** Proposes a parameter for a context; one outside the range counts as the nearer end. */
  ask(context?: number): Suggestion {
    const features = this.#evaluate(context);
    const predictions = this.#predictions(features);
    const arm = drawArm(this.#weigh(predictions), this.#stream);
    const id = this.#open.open({ arm, features, prediction: predictions[arm] });
    return { id, arm, parameter: this.parameters[arm] };
  }

  /** Learns the cost of an open question, >= 0. */
  tell(id: number, cost: number): void {
    requireNumber('cost', cost, 0);
    const { arm: index, features, prediction } = this.#open.close(id);
    const arm = this.#arms[index];
    const m = this.#features;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < m; j++) arm.gram[i][j] += features[i] * features[j];
      arm.moments[i] += features[i] * cost;
    }
    arm.squares += cost * cost;
    this.#sums[0] += prediction * prediction;
    this.#sums[1] += prediction * cost;
    this.#sums[2] += cost * cost;
    this.#rounds++;
    if (cost > this.#largest) {
      this.#largest = cost;
      for (const each of this.#arms) this.#fit(each);
    }
    this.#fitted = this.#fit(arm);
  }

  /** Closes an open question without a cost. */
  withdraw(id: number): void {
    this.#open.close(id);
  }

  /** The parameter with the least predicted cost for a context. */
  best(context?: number): number {
    return this.parameters[smallest(this.#predictions(this.#evaluate(context)))];
  }

  /** The whole state as plain JSON-safe data. */
  snapshot(): ChebCbSnapshot {
    return {
      format: 'lemmata/cheb-cb',
      version: 1,
      parameters: [...this.parameters],
      context: { ...this.#context },
      features: this.#features,
      arms: this.#arms.map(({ gram, moments, squares, coefficients }) => ({
        gram: gram.map((row) => [...row]),
        moments: [...moments],
        squares,
        coefficients: Array.from(coefficients),
      })),
      largest: this.#largest,
      sums: [...this.#sums],
      fitted: this.#fitted,
      rounds: this.#rounds,
      next: this.#open.next,
      open: this.#open.list(),
      stream: this.#stream.snapshot(),
    };
  }

  /**
   * A tuner that goes on, bit for bit, where the snapshot was taken.
   *
   * @param snapshot - what {@link ChebCb.snapshot} gave, also after JSON
   * @throws InvalidInputError `ERR_FORMAT` when it is no such snapshot
   */
  static restore(snapshot: ChebCbSnapshot): ChebCb {
    requireFormat(snapshot, 'lemmata/cheb-cb');
    const { parameters, context, features } = snapshot;
    const tuner = new ChebCb({ parameters, context, features });
    tuner.#arms = snapshot.arms.map(({ gram, moments, squares, coefficients }) => ({
      gram: gram.map((row) => [...row]),
      moments: [...moments],
      squares,
      coefficients: Float64Array.from(coefficients),
    }));
    tuner.#largest = snapshot.largest;
    tuner.#sums = [...snapshot.sums];
    tuner.#fitted = snapshot.fitted;
    tuner.#rounds = snapshot.rounds;
    tuner.#open = new OpenQuestions(snapshot.next, snapshot.open);
    tuner.#stream = RandomStream.restore(snapshot.stream);
    return tuner;
  }

  /** N, so that costs in units of the largest one times N lie in [0, 1 / N]. */
  #norm(): number {
    return 2 + 4 * (1 + log(this.#features));
  }

  #scale(): number {
    return this.#largest > 0 ? this.#largest * this.#norm() : 1;
  }

  /** The Chebyshev polynomials of degree 0 .. m - 1 at the context's place in [-1, 1]. */
  #evaluate(context: number | undefined): number[] {
    const s = 2 * positionOf(this.#context, context) - 1;
    const features = [1, s];
    for (let j = 2; j < this.#features; j++) features.push(2 * s * features[j - 1] - features[j - 2]);
    return features.slice(0, this.#features);
  }

  #predictions(features: readonly number[]): Float64Array {
    return Float64Array.from(this.#arms, ({ coefficients }) => {
      let sum = 0;
      for (let j = 0; j < features.length; j++) sum += coefficients[j] * features[j];
      return sum;
    });
  }

  #weigh(predictions: Float64Array): Float64Array {
    const leader = smallest(predictions);
    const least = predictions[leader];
    const d = predictions.length;
    const eta = this.#eta();
    const probabilities = predictions.map((value) => 1 / (d + eta * (value - least)));
    probabilities[leader] = 0;
    let rest = 1;
    for (let i = 0; i < d; i++) rest -= probabilities[i];
    probabilities[leader] = rest;
    return probabilities;
  }

  /** 2 t sqrt(d t / (R - fitted + 2 alpha^2 t)), R the squared error of the predictions as they were made. */
  #eta(): number {
    const t = this.#rounds;
    const m = this.#features;
    const scale = this.#scale();
    const alpha = (Math.PI + (2 / Math.PI) * log(2 * m + 1)) / (2 * this.#norm() * (m + 1));
    const [squares, products, costs] = this.#sums;
    const error = squares - (2 * products) / scale + costs / (scale * scale);
    const spread = Math.max(error - this.#fitted, 0) + 2 * alpha * alpha * t;
    return t === 0 ? 0 : 2 * t * Math.sqrt((this.parameters.length * t) / spread);
  }

  /** Fits the coefficients of an arm and gives the residual sum. */
  #fit(arm: Arm): number {
    const norm = this.#norm();
    const scale = this.#scale();
    const target = arm.moments.map((value) => value / scale);
    const bounds = target.map((_, j) => (j === 0 ? 1 / norm : 2 / (norm * j)));
    const v = boxLeastSquares(arm.gram, target, bounds);
    arm.coefficients = v;
    let sum = arm.squares / (scale * scale);
    for (let i = 0; i < v.length; i++) {
      sum -= 2 * v[i] * target[i];
      for (let j = 0; j < v.length; j++) sum += v[i] * arm.gram[i][j] * v[j];
    }
    return Math.max(sum, 0);
  }
}

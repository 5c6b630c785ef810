import {
  RandomStream,
  type RandomStreamSnapshot,
  randomStream,
  requireNumber,
  requireOneOf,
  resolveOptions,
} from '@lemmata/core';
import { requireOpen } from '../relaxation-options.js';
import { probabilitiesOf } from './tsallis-probabilities.js';
import {
  drawArm,
  OpenQuestions,
  refuseContext,
  requireFormat,
  requireGrid,
  type Suggestion,
  smallest,
  type Tuner,
} from './tuner.js';

/** What {@link TsallisInf} accepts. */
export interface TsallisInfOptions {
  /** The parameters to choose from, rising; default 1, 1.05, ..., 1.95. */
  readonly parameters?: ArrayLike<number>;
  /** How losses are estimated: with reduced variance (the default) or by importance weights. */
  readonly estimator?: 'reduced-variance' | 'importance-weighted';
  /** A bound on all costs, > 0, for which the regret bound holds; default: the mean cost so far is taken as the unit. */
  readonly costScale?: number;
  /** Seed of the draws; default 0. */
  readonly seed?: number | string;
}

/** What a question leaves to learn from. */
export interface TsallisInfNote {
  /** Position of the parameter in the grid, an integer >= 0. */
  readonly arm: number;
  /** Learning rate of the round, > 0. */
  readonly eta: number;
  /** Probabilities of the round, each in (0, 1]. */
  readonly probabilities: readonly number[];
}

/** The state of a {@link TsallisInf} as plain data. */
export interface TsallisInfSnapshot {
  /** Always `'lemmata/tsallis-inf'`. */
  readonly format: 'lemmata/tsallis-inf';
  /** Version of the form, 1. */
  readonly version: 1;
  /** The grid, rising. */
  readonly parameters: readonly number[];
  /** How losses are estimated. */
  readonly estimator: 'reduced-variance' | 'importance-weighted';
  /** The bound on the costs, or null when their mean is the unit. */
  readonly costScale: number | null;
  /** Estimated cumulative cost of each parameter, in the unit of the costs. */
  readonly estimates: readonly number[];
  /** Corrections of reduced variance, unitless. */
  readonly baselines: readonly number[];
  /** Sum of the costs so far, >= 0. */
  readonly total: number;
  /** Costs learnt from, an integer >= 0. */
  readonly rounds: number;
  /** Number of the next question, an integer >= 0. */
  readonly next: number;
  /** Open questions by number. */
  readonly open: readonly (readonly [number, TsallisInfNote])[];
  /** Position of the random stream. */
  readonly stream: RandomStreamSnapshot;
}

/** Defaults of {@link TsallisInfOptions}. */
const TSALLIS_INF_DEFAULTS = Object.freeze({
  parameters: undefined as ArrayLike<number> | undefined,
  estimator: 'reduced-variance' as 'reduced-variance' | 'importance-weighted',
  costScale: undefined as number | undefined,
  seed: 0 as number | string,
});

/**
 * Chooses among parameters whose costs an adversary may have fixed: Tsallis-INF.
 *
 * In round t it draws from {@link tsallisProbabilities} of the estimated cumulative costs with eta = 4 / sqrt(t)
 * (reduced variance) or 2 / sqrt(t) (importance weights). With costs in [0, K], `costScale` K and importance weights the
 * expected total cost of T rounds exceeds that of the best fixed parameter among d by at most 4 K sqrt(d T) + 1.
 *
 * Complexity: O(d) for each step of Newton's method, of which a question takes a few; O(d) memory.
 *
 * @example
 * ```ts
 * import { TsallisInf } from '@lemmata/sor-bandit';
 *
 * const tuner = new TsallisInf({ parameters: [1, 1.5, 1.9], seed: 7 });
 * for (let t = 0; t < 100; t++) {
 *   const { id, parameter } = tuner.ask();
 *   tuner.tell(id, Math.abs(parameter - 1.5) * 10);
 * }
 * console.log(tuner.best()); // 1.5
 * ```
 * @see M. Khodak, E. Chow, M.-F. Balcan, A. Talwalkar, "Learning to Relax", ICLR 2024, Algorithms 2 and 4; J. Zimmert,
 * Y. Seldin, JMLR 22, 2021, for reduced variance
 */
export class TsallisInf implements Tuner<TsallisInfSnapshot> {
  /** The parameters to choose from, rising. */
  readonly parameters: readonly number[];
  /** This tuner knows no contexts. */
  readonly contextual: false = false;
  readonly #estimator: 'reduced-variance' | 'importance-weighted';
  readonly #costScale: number | undefined;
  #estimates: Float64Array;
  #baselines: Float64Array;
  #total = 0;
  #rounds = 0;
  #open: OpenQuestions<TsallisInfNote> = new OpenQuestions<TsallisInfNote>();
  #stream: RandomStream;

  /**
   * @param options - grid, estimator, unit of the costs and seed
   * @throws InvalidInputError for options out of range or unknown; DimensionError for an empty grid
   */
  constructor(options?: TsallisInfOptions) {
    const settings = resolveOptions('TsallisInf', options, TSALLIS_INF_DEFAULTS);
    this.parameters = requireGrid(settings.parameters);
    this.#estimator = requireOneOf('options.estimator', settings.estimator, [
      'reduced-variance',
      'importance-weighted',
    ]);
    if (settings.costScale !== undefined) requireOpen('options.costScale', settings.costScale, Infinity);
    this.#costScale = settings.costScale;
    this.#stream = randomStream(settings.seed).fork('tsallis-inf');
    this.#estimates = new Float64Array(this.parameters.length);
    this.#baselines = new Float64Array(this.parameters.length);
  }

  /** The seed as a string. */
  get seed(): string {
    return this.#stream.seed;
  }

  /** Costs learnt from, an integer >= 0. */
  get rounds(): number {
    return this.#rounds;
  }

  /** The probabilities with which the next question is drawn, in the order of the grid. */
  get probabilities(): Float64Array {
    return probabilitiesOf(this.#losses(), this.#eta());
  }

  /** Proposes a parameter; no context is accepted. */
  ask(context?: number): Suggestion {
    refuseContext(context);
    const eta = this.#eta();
    const probabilities = this.probabilities;
    const arm = drawArm(probabilities, this.#stream);
    const id = this.#open.open({ arm, eta, probabilities: Array.from(probabilities) });
    return { id, arm, parameter: this.parameters[arm] };
  }

  /** Learns the cost of an open question, >= 0. */
  tell(id: number, cost: number): void {
    requireNumber('cost', cost, 0);
    const { arm, eta, probabilities } = this.#open.close(id);
    this.#estimates[arm] += cost / probabilities[arm];
    this.#total += cost;
    this.#rounds++;
    if (this.#estimator === 'importance-weighted') return;
    // In units of the scale: (cost - B_j) / p_j where drawn, plus B_j, with B_j = 1/2 where p_j >= eta^2, else 0.
    for (let j = 0; j < probabilities.length; j++) {
      if (probabilities[j] < eta * eta) continue;
      this.#baselines[j] += 0.5;
      if (j === arm) this.#baselines[j] -= 0.5 / probabilities[j];
    }
  }

  /** Closes an open question without a cost. */
  withdraw(id: number): void {
    this.#open.close(id);
  }

  /** The parameter with the least estimated total cost. */
  best(context?: number): number {
    refuseContext(context);
    return this.parameters[smallest(this.#losses())];
  }

  /** The whole state as plain JSON-safe data. */
  snapshot(): TsallisInfSnapshot {
    return {
      format: 'lemmata/tsallis-inf',
      version: 1,
      parameters: [...this.parameters],
      estimator: this.#estimator,
      costScale: this.#costScale ?? null,
      estimates: Array.from(this.#estimates),
      baselines: Array.from(this.#baselines),
      total: this.#total,
      rounds: this.#rounds,
      next: this.#open.next,
      open: this.#open.list(),
      stream: this.#stream.snapshot(),
    };
  }

  /**
   * A tuner that goes on, bit for bit, where the snapshot was taken.
   *
   * @param snapshot - what {@link TsallisInf.snapshot} gave, also after JSON
   * @throws InvalidInputError `ERR_FORMAT` when it is no such snapshot
   */
  static restore(snapshot: TsallisInfSnapshot): TsallisInf {
    requireFormat(snapshot, 'lemmata/tsallis-inf');
    const { parameters, estimator, costScale } = snapshot;
    const tuner = new TsallisInf({ parameters, estimator, ...(costScale === null ? {} : { costScale }) });
    tuner.#estimates = Float64Array.from(snapshot.estimates);
    tuner.#baselines = Float64Array.from(snapshot.baselines);
    tuner.#total = snapshot.total;
    tuner.#rounds = snapshot.rounds;
    tuner.#open = new OpenQuestions(snapshot.next, snapshot.open);
    tuner.#stream = RandomStream.restore(snapshot.stream);
    return tuner;
  }

  #eta(): number {
    return (this.#estimator === 'reduced-variance' ? 4 : 2) / Math.sqrt(this.#open.next + 1);
  }

  #losses(): Float64Array {
    const mean = this.#total / Math.max(this.#rounds, 1);
    const scale = this.#costScale ?? (mean > 0 ? mean : 1);
    return this.#estimates.map((value, i) => value / scale + this.#baselines[i]);
  }
}

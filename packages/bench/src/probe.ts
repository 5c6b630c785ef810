import { type Clock, toSeconds } from './clock.js';
import type { OwnSample, Probe } from './contracts.js';
import type { Budget } from './suite-schema.js';

/** Ratio of successive sampled iterations: 30 samples in 300 iterations, about 75 in a million. */
const SAMPLE_RATIO = 1.2;

/** A metric above this multiple of the trivial solution's means divergence. */
const DIVERGENCE_FACTOR = 1e10;

/** Relative progress over {@link STALL_SAMPLES} samples below which a run is stalled. */
const STALL_PROGRESS = 1e-10;

/** Number of samples without progress that end a run. */
const STALL_SAMPLES = 3;

/** First iteration at which a run can be called stalled: the first samples follow each other too closely. */
const STALL_FROM = 10;

/** Why a probe ended a run. */
export type ProbeEnding = 'target' | 'budget' | 'diverged' | 'stalled';

/** A row of a curve. */
export interface Row {
  /** Iterations done. */
  readonly iteration: number;
  /** Cost in the problem's unit, NaN when the solver does not report it. */
  readonly count: number;
  /** Seconds of the run, evaluation excluded. */
  readonly seconds: number;
  /** What the run asked for, with `rerun` alone. */
  readonly tolerance?: number;
  /** Every metric of the solution. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** What a sampling probe looks at and when it ends a run. */
export interface ProbeSettings {
  /** Clock of the run. */
  readonly clock: Clock;
  /** Name of the metric that is driven to the target. */
  readonly metric: string;
  /** Value of the metric to reach, or null. */
  readonly target: number | null;
  /** What the run has to ask for; default the target. */
  readonly tolerance?: number;
  /** Limits of the run. */
  readonly budget: Budget;
  /** Metric of the trivial solution, for divergence. */
  readonly start: number;
  /** The solver's current cost in the problem's unit. */
  count(): number;
  /** All metrics of the solver's current solution. */
  evaluate(): Readonly<Record<string, number>>;
}

/**
 * The iteration at which the curve is sampled next: max(k + 1, floor(1.2 k)).
 *
 * @param iteration - the iteration sampled last, k >= 1
 */
export function nextSample(iteration: number): number {
  return Math.max(iteration + 1, Math.floor(SAMPLE_RATIO * iteration));
}

/**
 * The probe of the cold run: samples the curve at geometrically spaced iterations and ends the run at its target or
 * its limits. Its clock stands still while it evaluates.
 */
export class SamplingProbe implements Probe {
  readonly tolerance: number | undefined;
  /** The sampled rows, in order. */
  readonly rows: Row[] = [];
  /** Why the probe ended the run, undefined while it has not. */
  ending: ProbeEnding | undefined;
  /** Number of calls of `tick`, or the iteration that a solver with its own clock told last. */
  iterations: number = 0;
  readonly #settings: ProbeSettings;
  #nextSample = 1;
  #elapsed = 0n;
  #evaluating = 0n;
  #mark = 0n;

  constructor(settings: ProbeSettings) {
    this.#settings = settings;
    this.tolerance = settings.tolerance ?? settings.target ?? undefined;
  }

  /** Seconds spent in evaluations so far. */
  get evaluateSeconds(): number {
    return toSeconds(this.#evaluating);
  }

  /** Starts the clock. */
  start(): void {
    this.#mark = this.#settings.clock();
  }

  /** Stops the clock and returns the seconds of the run, evaluations excluded. */
  stop(): number {
    this.#elapsed += this.#settings.clock() - this.#mark;
    return toSeconds(this.#elapsed);
  }

  tick(own?: OwnSample): boolean {
    const stopped = this.#settings.clock();
    this.#elapsed += stopped - this.#mark;
    this.iterations = own?.iteration ?? this.iterations + 1;
    const seconds = own?.seconds ?? toSeconds(this.#elapsed);
    const outOfBudget = this.#outOfBudget(seconds);
    if (own !== undefined || outOfBudget || this.iterations >= this.#nextSample) {
      this.#nextSample = nextSample(this.iterations);
      this.#sample(seconds);
    }
    if (outOfBudget) this.ending ??= 'budget';
    const started = this.#settings.clock();
    this.#evaluating += started - stopped;
    this.#mark = started;
    return this.ending === undefined;
  }

  #outOfBudget(seconds: number): boolean {
    const { maxSeconds, maxIterations = Infinity, maxCount } = this.#settings.budget;
    if (seconds >= maxSeconds || this.iterations >= maxIterations) return true;
    return maxCount !== undefined && this.#settings.count() >= maxCount;
  }

  #sample(seconds: number): void {
    const { metric, target, start } = this.#settings;
    const metrics = this.#settings.evaluate();
    const value = metrics[metric];
    this.rows.push({ iteration: this.iterations, count: this.#settings.count(), seconds, metrics });
    if (target !== null && value <= target) this.ending = 'target';
    // NaN fails every comparison, so it is asked for by name.
    else if (Number.isNaN(value) || (start > 0 && value > DIVERGENCE_FACTOR * start)) this.ending = 'diverged';
    else if (this.#stalled()) this.ending = 'stalled';
  }

  #stalled(): boolean {
    if (this.iterations < STALL_FROM || this.rows.length <= STALL_SAMPLES) return false;
    const value = (row: Row): number => row.metrics[this.#settings.metric];
    const before = Math.min(...this.rows.slice(0, -STALL_SAMPLES).map(value));
    const since = Math.min(...this.rows.slice(-STALL_SAMPLES).map(value));
    return before - since < STALL_PROGRESS * Math.abs(before);
  }
}

/** The probe of a warm run: samples nothing, and ends the run at the iteration at which the cold one was ended. */
export class CountingProbe implements Probe {
  readonly tolerance: number | undefined;
  readonly #last: number;
  #iterations = 0;

  /**
   * @param tolerance - what the run has to ask for
   * @param last - the iteration at which to end it, Infinity when the solver ends it by itself
   */
  constructor(tolerance: number | undefined, last: number) {
    this.tolerance = tolerance;
    this.#last = last;
  }

  tick(own?: OwnSample): boolean {
    this.#iterations = own?.iteration ?? this.#iterations + 1;
    return this.#iterations < this.#last;
  }
}

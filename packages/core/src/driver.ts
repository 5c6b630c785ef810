import { type AbortSignalLike, throwIfAborted } from './abort.js';
import { refusal, requireInteger, requireNumber } from './checks.js';
import { type History, HistoryRecorder } from './history.js';
import { macrotask } from './macrotask.js';

/**
 * How a run ended.
 *
 * - `converged` the stopping rule was met; the certificate says by how much
 * - `complete` a one-shot computation was carried out in full
 * - `max-iterations`, `max-evaluations`, `time-limit`, `limit` a limit of the caller was met first
 * - `stopped` `onIteration` returned `false`
 * - `aborted` the signal was aborted during the run
 * - `stalled` rounding allows no further progress
 * - `diverged` the iterates left the finite numbers; the last finite one is returned
 * - `breakdown` the method has no next step
 */
export type Status =
  | 'converged'
  | 'complete'
  | 'max-iterations'
  | 'max-evaluations'
  | 'time-limit'
  | 'limit'
  | 'stopped'
  | 'aborted'
  | 'stalled'
  | 'diverged'
  | 'breakdown';

/** What every iterating algorithm accepts about the run itself. */
export interface RunOptions<State> {
  /** Largest number of outer iterations, an integer >= 0. */
  readonly maxIterations?: number;
  /** Longest time from the call on, in milliseconds, > 0; Infinity (the default) for none. */
  readonly timeLimitMs?: number;
  /**
   * Ends the run early with status `aborted` and the best answer so far; aborted before the call, its reason is thrown.
   * A timer or an event can abort it only while an asynchronous run is under way.
   */
  readonly signal?: AbortSignalLike;
  /** Called after every outer iteration with the live state; returning `false` ends the run with status `stopped`. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a callback without a return statement is the common case
  readonly onIteration?: (state: State) => boolean | void;
  /** Keep every so many iterations in `history`, an integer >= 0; 0 keeps none; default 1. The last one is always kept. */
  readonly historyEvery?: number;
}

/** What the driver needs of the state that an algorithm shows after every outer iteration. */
export interface IterationState {
  /** Outer iterations done; 0 is the state before the first. */
  iteration: number;
}

/** Where a generator of slices stands when it gives way. */
export type SliceEnd = 'slice' | 'iteration';

/** An algorithm as the driver runs it: prepared, not yet started, used once. */
export interface Algorithm<State extends IterationState, Column extends keyof State & string, Answer> {
  /** The one live state object, updated in place, and only just before it is reported. */
  readonly state: State & { readonly [K in Column]: number };
  /** The columns of the state that go into the history. */
  readonly columns: readonly Column[];
  /**
   * The run in slices of at most about 5 ms. Every state is reported once: by a yield of `'iteration'` or, for the last
   * one, by the return of the status.
   */
  slices(): Generator<SliceEnd, Status, void>;
  /** The best answer so far; may be called whenever the slices have given way. */
  answer(): Answer;
  /** Releases what the run holds. */
  dispose(): void;
}

/** What the driver adds to an algorithm's answer. */
export interface Ending<Column extends string> {
  /** How the run ended. */
  readonly status: Status;
  /** Outer iterations done. */
  readonly iterations: number;
  /** Recorded iterations, column by column. */
  readonly history: History<Column>;
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

/** The options of a run after their check: see {@link RunOptions} for what each means. */
export interface Limits<State> {
  /** Largest number of outer iterations, an integer >= 0. */
  readonly maxIterations: number;
  /** Largest time of the run in milliseconds, > 0; Infinity for none. */
  readonly timeLimitMs: number;
  /** Aborting it ends the run with its best answer; undefined for none. */
  readonly signal: AbortSignalLike | undefined;
  /** Told after each outer iteration; undefined for none. */
  readonly onIteration: RunOptions<State>['onIteration'] | undefined;
  /** Iterations between two rows of the history, an integer >= 0; 0 for no history. */
  readonly historyEvery: number;
}

/** Longest time between two macrotasks that an asynchronous run aims at; slices of 5 ms keep it under 16 ms. */
const MACROTASK_EVERY_MS = 8;

/**
 * Checks the options that concern the run itself.
 *
 * @param options - options with defaults applied
 * @throws InvalidInputError `ERR_OPTION` for a value out of its range
 */
export function checkRunOptions<State>(options: { readonly [K in keyof Limits<State>]: Limits<State>[K] }): void {
  requireInteger('options.maxIterations', options.maxIterations, 0);
  requireInteger('options.historyEvery', options.historyEvery, 0);
  if (options.timeLimitMs !== Infinity) requireNumber('options.timeLimitMs', options.timeLimitMs, Number.MIN_VALUE);
  if (options.signal !== undefined && typeof options.signal?.aborted !== 'boolean') {
    throw refusal('options.signal', 'an AbortSignal', options.signal);
  }
  if (options.onIteration !== undefined && typeof options.onIteration !== 'function') {
    throw refusal('options.onIteration', 'a function', options.onIteration);
  }
}

/** The one loop behind all drivers: yields the state after an iteration and undefined after a slice. */
function* drive<State extends IterationState, Column extends keyof State & string, Answer>(
  algorithm: Algorithm<State, Column, Answer>,
  limits: Limits<State>,
  start: number,
): Generator<State | undefined, Answer & Ending<Column>, void> {
  const { state } = algorithm;
  const history = new HistoryRecorder<Column>(algorithm.columns, limits.historyEvery);
  const slices = algorithm.slices();
  try {
    let status: Status | undefined;
    while (status === undefined) {
      const step = slices.next();
      const reported = step.done === true || step.value === 'iteration';
      if (step.done === true) status = step.value;
      if (reported) {
        const stopped = limits.onIteration?.(state) === false;
        if (stopped) status ??= 'stopped';
        if (state.iteration >= limits.maxIterations) status ??= 'max-iterations';
      }
      if (limits.signal?.aborted === true) status ??= 'aborted';
      if (performance.now() - start >= limits.timeLimitMs) status ??= 'time-limit';
      if (reported) {
        history.record(state);
        yield state;
      } else if (status === undefined) yield undefined;
    }
    history.finish();
    const ending = { status, iterations: state.iteration, history: history.columns() };
    return { ...algorithm.answer(), ...ending, elapsedMs: performance.now() - start };
  } finally {
    // Lets the `finally` blocks within slices run when the run ends between two of them.
    slices.return('aborted');
    algorithm.dispose();
  }
}

/**
 * Runs an algorithm to its end without giving way.
 *
 * @param prepare - makes the algorithm; called after the signal was looked at
 * @param limits - the options of the run, checked
 * @returns the algorithm's answer and the ending
 * @throws the signal's reason when it is aborted already; whatever `prepare` or `onIteration` throws
 */
export function run<State extends IterationState, Column extends keyof State & string, Answer>(
  prepare: () => Algorithm<State, Column, Answer>,
  limits: Limits<State>,
): Answer & Ending<Column> {
  const start = performance.now();
  throwIfAborted(limits.signal);
  const steps = drive(prepare(), limits, start);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Runs an algorithm, giving the event loop a macrotask at least every 16 ms.
 *
 * @param prepare - makes the algorithm; called after the signal was looked at
 * @param limits - the options of the run, checked
 * @returns a promise of the algorithm's answer and the ending; rejected with what {@link run} would throw
 */
export async function runAsync<State extends IterationState, Column extends keyof State & string, Answer>(
  prepare: () => Algorithm<State, Column, Answer>,
  limits: Limits<State>,
): Promise<Answer & Ending<Column>> {
  const start = performance.now();
  throwIfAborted(limits.signal);
  const steps = drive(prepare(), limits, start);
  let turn = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - turn < MACROTASK_EVERY_MS) continue;
    await macrotask();
    turn = performance.now();
  }
}

/**
 * Runs an algorithm one outer iteration at a time.
 *
 * Yields the same live state object after every outer iteration, the last included; the generator returns the result.
 * Leaving the loop early releases everything the run holds.
 *
 * @param prepare - makes the algorithm at the first step
 * @param limits - the options of the run, checked
 * @returns the generator of states
 */
export function* iterate<State extends IterationState, Column extends keyof State & string, Answer>(
  prepare: () => Algorithm<State, Column, Answer>,
  limits: Limits<State>,
): Generator<State, Answer & Ending<Column>, void> {
  const start = performance.now();
  throwIfAborted(limits.signal);
  const steps = drive(prepare(), limits, start);
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (step.value !== undefined) yield step.value;
    }
  } finally {
    // Ends the inner generator when the consumer leaves early or throws; without effect once it is done.
    steps.return(undefined as never);
  }
}

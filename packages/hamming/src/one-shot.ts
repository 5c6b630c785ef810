import { type AbortSignalLike, checkRunOptions, run, runAsync, throwIfAborted } from '@lemmata/core';

/** A computation that gives way between slices of a few milliseconds and has nothing to show before its end. */
export type Slices<Answer> = Generator<'slice', Answer, void>;

interface Outcome<Answer> {
  readonly value: Answer | undefined;
  readonly elapsedMs: number;
}

const limitsFor = (signal: AbortSignalLike | undefined) => ({
  maxIterations: Number.MAX_SAFE_INTEGER,
  timeLimitMs: Infinity,
  signal,
  onIteration: undefined,
  historyEvery: 0,
});

function oneShot<Answer>(start: () => Slices<Answer>) {
  let value: Answer | undefined;
  return {
    state: { iteration: 0 },
    columns: [],
    *slices(): Generator<'slice', 'complete', void> {
      value = yield* start();
      return 'complete';
    },
    answer: () => ({ value }),
    // What a computation holds it releases itself: the driver ends its generator, also when it is aborted.
    dispose: () => undefined,
  };
}

function finished<Answer extends object>(
  { value, elapsedMs }: Outcome<Answer>,
  signal: AbortSignalLike | undefined,
): Answer & { readonly elapsedMs: number } {
  // Without a value the run was aborted: a one-shot computation has nothing else to give.
  if (value === undefined) throwIfAborted(signal);
  return { ...(value as Answer), elapsedMs };
}

/**
 * Checks the signal of a call.
 *
 * @param signal - what the caller gave
 * @throws InvalidInputError `ERR_OPTION` for anything but a signal
 */
export function checkSignal(signal: AbortSignalLike | undefined): void {
  checkRunOptions(limitsFor(signal));
}

/**
 * Carries a computation out without giving way.
 *
 * @param start - begins it
 * @param signal - ends it between slices
 * @returns its answer and the time it took
 * @throws the signal's reason when it was aborted
 */
export function runOneShot<Answer extends object>(
  start: () => Slices<Answer>,
  signal: AbortSignalLike | undefined,
): Answer & { readonly elapsedMs: number } {
  return finished(
    run(() => oneShot(start), limitsFor(signal)),
    signal,
  );
}

/**
 * Carries a computation out, giving the event loop a macrotask at least every 16 ms.
 *
 * @param start - begins it
 * @param signal - ends it between slices
 * @returns a promise of its answer and the time it took, rejected with the signal's reason when it was aborted
 */
export async function runOneShotAsync<Answer extends object>(
  start: () => Slices<Answer>,
  signal: AbortSignalLike | undefined,
): Promise<Answer & { readonly elapsedMs: number }> {
  return finished(await runAsync(() => oneShot(start), limitsFor(signal)), signal);
}

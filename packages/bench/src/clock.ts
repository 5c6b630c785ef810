/** A monotonic clock: nanoseconds since some moment. */
export type Clock = () => bigint;

/** The clock of Node. */
export const monotonic: Clock = () => process.hrtime.bigint();

/**
 * Turns a span of a {@link Clock} into seconds.
 *
 * @param nanoseconds - the span
 */
export function toSeconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9;
}

/** The smallest step that the clock showed in a thousand readings, in seconds. */
export function timerResolution(clock: Clock = monotonic): number {
  let smallest = Infinity;
  for (let i = 0; i < 1000; i++) {
    const from = clock();
    let to = clock();
    while (to === from) to = clock();
    smallest = Math.min(smallest, toSeconds(to - from));
  }
  return smallest;
}

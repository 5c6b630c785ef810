import { exp, log, type RandomStream, refusal } from '@lemmata/core';
import { median } from './execute-task.js';

/** Differences below this share are never called differences. */
export const NOISE_FLOOR = 0.02;

/** Number of bootstrap samples behind an interval. */
const RESAMPLES = 2000;

/** Share of the bootstrap medians that lie below an interval, and share that lies above: 95% are inside. */
const TAIL = 0.025;

/** A ratio of times with its 95% interval. */
export interface RatioInterval {
  /** The median ratio over pairs, > 0. */
  readonly ratio: number;
  /** Lower end, > 0. */
  readonly low: number;
  /** Upper end, >= `low`. */
  readonly high: number;
}

/** What a comparison says of the second contender. */
export type Verdict = 'slower' | 'faster' | 'no difference seen';

/** What follows from the pairs of a comparison. */
export interface PairFindings {
  /** Time of the second contender divided by that of the first. */
  readonly ratio: RatioInterval;
  /** The same of the first contender against itself. */
  readonly control: RatioInterval;
  /**
   * Share from which on a difference is seen on a day like this, >= the noise floor: its estimate may fall short by half an
   * interval, and must still be that much beyond the control.
   */
  readonly detectable: number;
  /** What is said of the second contender. */
  readonly verdict: Verdict;
}

/**
 * The median ratio of paired times with a bootstrap interval over pairs.
 *
 * The statistic is the median of log(second / first). Pairs are drawn with replacement 2000 times; the interval holds the
 * middle 95% of their medians.
 *
 * @param first - seconds of one contender, one a pair, > 0
 * @param second - seconds of the other, of equal length
 * @param stream - where the draws come from: equal streams give equal bytes
 * @returns the ratio and its interval
 * @throws InvalidInputError `ERR_INPUT` when there are no pairs, or a time is not positive
 */
export function ratioInterval(
  first: readonly number[],
  second: readonly number[],
  stream: RandomStream,
): RatioInterval {
  if (first.length === 0 || first.length !== second.length) {
    throw refusal('pairs', 'equally many times of both contenders, at least one', [first.length, second.length]);
  }
  const wrong = [...first, ...second].find((seconds) => !(seconds > 0 && Number.isFinite(seconds)));
  if (wrong !== undefined) throw refusal('pairs', 'positive times', wrong);
  const logs = first.map((seconds, i) => log(second[i] / seconds));
  const medians = new Float64Array(RESAMPLES);
  const drawn = new Float64Array(logs.length);
  const middle = logs.length >> 1;
  for (let sample = 0; sample < RESAMPLES; sample++) {
    for (let i = 0; i < drawn.length; i++) drawn[i] = logs[stream.integer(logs.length)];
    drawn.sort();
    medians[sample] = drawn.length % 2 === 1 ? drawn[middle] : (drawn[middle - 1] + drawn[middle]) / 2;
  }
  medians.sort();
  const outside = Math.floor(TAIL * RESAMPLES);
  return {
    ratio: exp(median(logs)),
    low: exp(medians[outside]),
    high: exp(medians[RESAMPLES - 1 - outside]),
  };
}

/**
 * Judges a comparison: there is a difference when the interval of the ratio lies wholly beyond that of the control,
 * taken as wide on both sides as on its wider one, and when the ratio differs from 1 by more than the noise floor.
 *
 * @param ratio - second against first contender
 * @param control - first against itself, measured between the others
 * @returns the findings
 */
export function judge(ratio: RatioInterval, control: RatioInterval): PairFindings {
  const doubt = Math.max(1, control.high, 1 / control.low);
  const halfWidth = Math.max(ratio.high / ratio.ratio, ratio.ratio / ratio.low);
  const floor = 1 + NOISE_FLOOR;
  let verdict: Verdict = 'no difference seen';
  if (ratio.low > doubt && ratio.ratio > floor) verdict = 'slower';
  else if (ratio.high < 1 / doubt && ratio.ratio < 1 / floor) verdict = 'faster';
  return { ratio, control, detectable: Math.max(NOISE_FLOOR, doubt * halfWidth * halfWidth - 1), verdict };
}

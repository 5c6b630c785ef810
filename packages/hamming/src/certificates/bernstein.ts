/** Bounds of a share, or of a number. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Bounds the share p of ones among zeros and ones of which some were drawn.
 *
 * Bernstein's inequality, with the variance p (1 - p) <= p, says that the mean of s draws is off by at least t with probability at
 * most 2 exp(-s t^2 / (2 (p + t / 3))), also without replacement (Hoeffding 1963, section 6). With F = `failures`, t =
 * sqrt(2 F p / s) + 2 F / (3 s) makes that at most 2 e^-F; the interval holds all p that the mean is this close to.
 *
 * @param met - ones among the draws, in [0, samples]
 * @param samples - number of draws s, >= 1
 * @param failures - F > 0
 * @returns bounds of p in [0, 1]
 */
export function shareInterval(met: number, samples: number, failures: number): Interval {
  const mean = met / samples;
  const slope = Math.sqrt((2 * failures) / samples);
  const constant = (2 * failures) / (3 * samples);
  // Roots of p -+ slope sqrt(p) -+ constant = mean, for sqrt(p).
  const most = (slope + Math.sqrt(slope * slope + 4 * (mean + constant))) / 2;
  const least = mean <= constant ? 0 : (Math.sqrt(slope * slope + 4 * (mean - constant)) - slope) / 2;
  return { lower: least * least, upper: Math.min(1, most * most) };
}

/**
 * The distance from the mean that such draws keep when the share is known to be small.
 *
 * @param share - bound of p, in [0, 1]
 * @param samples - number of draws, >= 1
 * @param failures - F > 0, as for `shareInterval`
 * @returns t: the mean is further from p than t with probability at most 2 e^-F
 */
export function meanWidth(share: number, samples: number, failures: number): number {
  const third = failures / (3 * samples);
  return third + Math.sqrt(third * third + (2 * share * failures) / samples);
}

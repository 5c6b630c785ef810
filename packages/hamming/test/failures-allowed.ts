/** Runs of an estimator, each with a seed of its own. */
export const SEEDS = 20;
/** Probability with which each may fail. */
export const DELTA = 0.05;

/** The least number that more than so many of 20 runs, each failing with probability delta, exceed with probability < 1e-6. */
export function failuresAllowed(): number {
  let allowed = SEEDS;
  for (let tail = 0, chance = DELTA ** SEEDS; tail + chance < 1e-6; allowed--) {
    tail += chance;
    // From C(n, j) delta^j (1 - delta)^(n - j) to the one of j - 1.
    chance *= (allowed / (SEEDS - allowed + 1)) * ((1 - DELTA) / DELTA);
  }
  return allowed;
}

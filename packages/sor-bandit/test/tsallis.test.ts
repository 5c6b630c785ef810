import { describe, expect, it } from 'vitest';
import { TsallisInf, tsallisProbabilities } from '../src/index.js';
import { stream } from './references.js';

/** The same equation by bisection on w in [1, sqrt(d)], p_i = (1 / (eta (l_i - min) / 2 + w))^2. */
function byBisection(losses: number[], eta: number): number[] {
  const least = Math.min(...losses);
  const at = (w: number) => losses.map((loss) => (1 / ((eta * (loss - least)) / 2 + w)) ** 2);
  let [low, high] = [1, Math.sqrt(losses.length)];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (at(middle).reduce((sum, p) => sum + p, 0) > 1) low = middle;
    else high = middle;
  }
  return at(high);
}

describe('tsallisProbabilities', () => {
  it('solves its equation: equal to 200 steps of bisection', () => {
    const draws = stream('bisection');
    for (let trial = 0; trial < 500; trial++) {
      const d = 1 + draws.integer(60);
      const spread = 10 ** (12 * draws.uniform() - 3);
      const losses = Array.from({ length: d }, () => spread * draws.uniform());
      const eta = 10 ** (-4 * draws.uniform());
      const p = tsallisProbabilities(losses, eta);
      // Newton ends at an excess of 1e-15 or at the rounding of the sum, d eps; the slope of the sum in w is at least
      // 2 / sqrt(d), so w is off by at most d^1.5 eps, and so are the p, whose derivative in w is at most 2.
      const bound = 4 * d ** 1.5 * Number.EPSILON + 4e-15;
      byBisection(losses, eta).forEach((value, i) => {
        expect(Math.abs(p[i] - value)).toBeLessThan(bound);
      });
    }
  });

  it('orders probabilities against losses, sums to 1 and knows the simple cases', () => {
    const p = tsallisProbabilities([3, 1, 2, 1e12], 1e-4);
    expect(p[1]).toBeGreaterThan(p[2]);
    expect(p[2]).toBeGreaterThan(p[0]);
    expect(p[0]).toBeGreaterThan(p[3]);
    expect(p[3]).toBeGreaterThan(0);
    expect(Math.abs(p.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThan(8 * Number.EPSILON);
    expect(Array.from(tsallisProbabilities([7], 0.3))).toEqual([1]);
    expect(Array.from(tsallisProbabilities([5, 5, 5, 5], 0.3))).toEqual([0.25, 0.25, 0.25, 0.25]);
    // Shifts and scales by powers of 2 are exact.
    const losses = [0, 0.5, 3, 4];
    const reference = tsallisProbabilities(losses, 0.25);
    expect(
      tsallisProbabilities(
        losses.map((loss) => loss + 1024),
        0.25,
      ),
    ).toEqual(reference);
    expect(
      tsallisProbabilities(
        losses.map((loss) => loss * 8),
        0.25 / 8,
      ),
    ).toEqual(reference);
  });
});

describe('TsallisInf', () => {
  it('draws with the probabilities that it shows', () => {
    const tuner = new TsallisInf({ parameters: [1, 2, 3], costScale: 1, seed: 'frequencies' });
    for (let t = 0; t < 20; t++) {
      const { id, arm } = tuner.ask();
      tuner.tell(id, arm / 2);
    }
    const fixed = tuner.snapshot();
    const expected = tuner.probabilities;
    const counts = [0, 0, 0];
    for (let trial = 0; trial < 4000; trial++) {
      const again = TsallisInf.restore({ ...fixed, stream: new TsallisInf({ seed: trial }).snapshot().stream });
      counts[again.ask().arm]++;
    }
    counts.forEach((count, i) => {
      // Five standard deviations of a binomial share; the seeds are fixed.
      const deviation = Math.sqrt((expected[i] * (1 - expected[i])) / 4000);
      expect(Math.abs(count / 4000 - expected[i])).toBeLessThan(5 * deviation);
    });
  });

  it('estimates every cost without bias, from the probabilities of the question', () => {
    for (const estimator of ['importance-weighted', 'reduced-variance'] as const) {
      const costs = [0.3, 0.9, 0.5];
      const tuner = new TsallisInf({ parameters: [1, 2, 3], costScale: 1, estimator, seed: 5 });
      for (let t = 0; t < 60; t++) {
        const { id, arm } = tuner.ask();
        tuner.tell(id, costs[arm]);
      }
      const before = tuner.snapshot();
      const p = tuner.probabilities;
      // Expectation over the draw: each outcome is played from the same state, with its arm put into the note.
      const mean = [0, 0, 0];
      p.forEach((probability, arm) => {
        const trial = TsallisInf.restore(before);
        const { id } = trial.ask();
        const asked = trial.snapshot();
        const forced = TsallisInf.restore({ ...asked, open: [[id, { ...asked.open[0][1], arm }]] });
        forced.tell(id, costs[arm]);
        const after = forced.snapshot();
        for (let j = 0; j < 3; j++) {
          mean[j] +=
            probability * (after.estimates[j] + after.baselines[j] - before.estimates[j] - before.baselines[j]);
        }
      });
      // Sums of 60 estimates of at most 1 / min p each, rounded once a round.
      const rounding = (60 * 60 * Number.EPSILON) / Math.min(...p);
      mean.forEach((value, j) => {
        expect(Math.abs(value - costs[j])).toBeLessThan(rounding);
      });
    }
  });

  it('keeps its regret far below the bound on Bernoulli costs', () => {
    const [T, d, runs] = [4000, 10, 20];
    for (const estimator of ['importance-weighted', 'reduced-variance'] as const) {
      let regret = 0;
      for (let run = 0; run < runs; run++) {
        const coin = stream(`bernoulli ${run}`);
        const parameters = Array.from({ length: d }, (_, i) => i);
        const tuner = new TsallisInf({ parameters, estimator, costScale: 1, seed: run });
        for (let t = 0; t < T; t++) {
          const { id, arm } = tuner.ask();
          regret += (arm === 3 ? 0 : 0.1) / runs;
          tuner.tell(id, coin.uniform() < (arm === 3 ? 0.4 : 0.5) ? 1 : 0);
        }
      }
      // The theorem allows 4 sqrt(d T) + 1 = 801; always drawing uniformly would cost 360.
      expect(regret).toBeLessThan(300);
    }
  });
});

import { solveLinearSystem } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { SmoothThompson } from '../src/index.js';
import { stream } from './references.js';

/** The prior covariance of cells (i, j) and (k, l), straight from its definition. */
function prior(d: number, bins: number, i: number, j: number, k: number, l: number): number {
  const matern = (distance: number, count: number) => {
    if (distance === 0) return 1;
    const r = (Math.sqrt(3) * distance) / (0.25 * (count - 1));
    return (1 + r) * Math.exp(-r);
  };
  return 0.49 * matern(Math.abs(i - k), d) * matern(Math.abs(j - l), bins) + 4;
}

describe('SmoothThompson', () => {
  it.each([1, 4])('has the posterior of the dense formula after 200 costs, %i bins', (bins) => {
    const d = 6;
    const noise = 0.05;
    const context = { min: 0, max: 1 };
    const tuner = new SmoothThompson({
      parameters: [1, 2, 3, 4, 5, 6],
      noise,
      seed: 4,
      ...(bins === 1 ? {} : { bins, context }),
    });
    const draws = stream(`posterior ${bins}`);
    const seen: { i: number; j: number; y: number }[] = [];
    for (let t = 0; t < 200; t++) {
      const place = draws.uniform();
      const { id, arm } = tuner.ask(bins === 1 ? undefined : place);
      const cost = 20 + 5 * arm + 10 * draws.uniform();
      seen.push({ i: arm, j: Math.floor(place * bins), y: Math.log(1 + cost) });
      tuner.tell(id, cost);
    }
    if (bins === 1) for (const each of seen) each.j = 0;
    const K = seen.map((a, s) => seen.map((b, t) => prior(d, bins, a.i, a.j, b.i, b.j) + (s === t ? noise : 0)));
    const weights = solveLinearSystem(
      K,
      seen.map(({ y }) => y - seen[0].y),
    ) as number[];
    // K has condition (200 * 4.49 + noise) / noise = 2e4: elimination and the 200 updates, each on entries of at most 4.49
    // and divided by at least the noise, are off by at most about 200 * 2e4 * eps = 1e-9 each.
    for (let j = 0; j < bins; j++) {
      const { mean, deviation } = tuner.posterior(bins === 1 ? undefined : (j + 0.5) / bins);
      for (let i = 0; i < d; i++) {
        const k = seen.map((a) => prior(d, bins, i, j, a.i, a.j));
        const expected = k.reduce((sum, value, s) => sum + value * weights[s], 0);
        expect(Math.abs(mean[i] - expected)).toBeLessThan(1e-8);
        const explained = (solveLinearSystem(K, k) as number[]).reduce((sum, value, s) => sum + value * k[s], 0);
        expect(Math.abs(deviation[i] ** 2 - (4.49 - explained))).toBeLessThan(1e-8);
      }
    }
  });

  it('finds the best of smooth costs and stays there', () => {
    const tuner = new SmoothThompson({ seed: 8 });
    const draws = stream('smooth');
    let excess = 0;
    for (let t = 0; t < 300; t++) {
      const { id, parameter } = tuner.ask();
      const mean = 50 + 300 * Math.abs(parameter - 1.6);
      if (t >= 200) excess += (mean - 50) / 100;
      tuner.tell(id, mean * (0.9 + 0.2 * draws.uniform()));
    }
    expect(tuner.best()).toBe(1.6);
    // Neighbours on the grid cost 15 more, uniform draws 98 on average.
    expect(excess).toBeLessThan(15);
  });
});

import { describe, expect, it } from 'vitest';
import type { ProbeSettings } from '../src/probe.js';
import { CountingProbe, nextSample, SamplingProbe } from '../src/probe.js';

/** A clock that moves only when it is told to. */
class Hands {
  now = 0n;
  readonly read = (): bigint => this.now;
  advance(seconds: number): void {
    this.now += BigInt(Math.round(seconds * 1e9));
  }
}

function probeOf(hands: Hands, changes: Partial<ProbeSettings> = {}): SamplingProbe {
  return new SamplingProbe({
    clock: hands.read,
    metric: 'gap',
    target: null,
    budget: { maxSeconds: 1000 },
    start: 1,
    count: () => 0,
    evaluate: () => ({ gap: 0.5 }),
    ...changes,
  });
}

describe('the sampling probe', () => {
  it('charges the solver for its own seconds and for none of the evaluations', () => {
    const hands = new Hands();
    let value = 1;
    const probe = probeOf(hands, {
      evaluate: () => {
        hands.advance(100);
        value /= 2;
        return { gap: value };
      },
    });
    probe.start();
    for (let iteration = 1; iteration <= 4; iteration++) {
      hands.advance(0.25);
      expect(probe.tick()).toBe(true);
    }
    hands.advance(0.5);
    expect(probe.stop()).toBe(1.5);
    expect(probe.rows.map(({ seconds }) => seconds)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(probe.evaluateSeconds).toBe(400);
  });

  it('samples at max(k + 1, floor(1.2 k))', () => {
    const hands = new Hands();
    let value = 1;
    const probe = probeOf(hands, {
      evaluate: () => {
        value *= 0.9;
        return { gap: value };
      },
    });
    probe.start();
    for (let iteration = 1; iteration <= 300; iteration++) probe.tick();
    const sampled = probe.rows.map(({ iteration }) => iteration);
    expect(sampled.slice(0, 12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14]);
    for (let i = 1; i < sampled.length; i++) expect(sampled[i]).toBe(nextSample(sampled[i - 1]));
    let samples = 1;
    for (let k = 1; k < 1e6; k = nextSample(k)) samples++;
    expect(samples).toBeLessThan(90);
  });

  it('samples every call of a solver with a clock of its own, at its own seconds', () => {
    const hands = new Hands();
    const probe = probeOf(hands, { target: 0.1 });
    probe.start();
    hands.advance(50);
    expect(probe.tick({ iteration: 7, seconds: 0.125 })).toBe(true);
    expect(probe.tick({ iteration: 8, seconds: 0.25 })).toBe(true);
    expect(probe.rows.map(({ iteration, seconds }) => [iteration, seconds])).toEqual([
      [7, 0.125],
      [8, 0.25],
    ]);
  });

  const endings: [string, Partial<ProbeSettings>, number, string][] = [
    ['the target', { target: 0.5 }, 1, 'target'],
    ['the iterations of the budget', { budget: { maxSeconds: 1000, maxIterations: 5 } }, 5, 'budget'],
    ['the seconds of the budget', { budget: { maxSeconds: 3 } }, 3, 'budget'],
    ['the count of the budget', { budget: { maxSeconds: 1000, maxCount: 1 }, count: () => 1 }, 1, 'budget'],
    ['NaN', { evaluate: () => ({ gap: Number.NaN }) }, 1, 'diverged'],
    ['a metric 1e10 times that of the start', { evaluate: () => ({ gap: 1.1e10 }) }, 1, 'diverged'],
    ['no progress over three samples from iteration ten on', {}, 10, 'stalled'],
  ];
  it.each(endings)('ends a run at %s', (_, changes, iterations, ending) => {
    const hands = new Hands();
    const probe = probeOf(hands, changes);
    probe.start();
    do hands.advance(1);
    while (probe.tick());
    expect(probe.iterations).toBe(iterations);
    expect(probe.ending).toBe(ending);
  });
});

describe('the probe of warm runs', () => {
  it('ends a run at the iteration at which the cold run was ended, and asks for the same', () => {
    const probe = new CountingProbe(1e-3, 3);
    expect(probe.tolerance).toBe(1e-3);
    expect([probe.tick(), probe.tick(), probe.tick()]).toEqual([true, true, false]);
  });
});

import { randomStream } from '@lemmata/core';
import { randomVector } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { accelerate, accelerateAsync, accelerateIterations, type FixedPointMap } from '../src/index.js';

const d = 6;

/** A rotation by reflections, I - 2 v v' / |v|^2 times another: an isometry whose only fixed points are where both agree. */
function isometry(seed: string): FixedPointMap {
  const stream = randomStream(seed);
  const normals = Array.from({ length: d }, () => randomVector(() => stream.uniform(), d));
  return (z, out) => {
    out.set(z);
    for (const v of normals) {
      let [product, square] = [0, 0];
      for (let j = 0; j < d; j++) {
        product += v[j] * out[j];
        square += v[j] * v[j];
      }
      for (let j = 0; j < d; j++) out[j] -= (2 * product * v[j]) / square;
    }
  };
}

/** Half of the identity and half of a map: firmly nonexpansive when the map is nonexpansive. */
function averaged(map: FixedPointMap): FixedPointMap {
  return (z, out) => {
    map(z, out);
    for (let j = 0; j < z.length; j++) out[j] = (out[j] + z[j]) / 2;
  };
}

const start = Float64Array.from({ length: d }, (_, j) => j - 2);
// 0 is a fixed point of all maps here.
const D = Math.hypot(...start);

describe('the rates, without restarts', () => {
  it.each([
    ['halpern', 2],
    ['reflected-halpern', 1],
  ] as const)('%s keeps |z - T(z)| (k + 1) below %s D', (method, factor) => {
    for (let seed = 0; seed < 20; seed++) {
      const map = method === 'halpern' ? isometry(`T ${seed}`) : averaged(isometry(`T ${seed}`));
      const options = { method, restartFactor: 0, tolerance: 0, maxIterations: 300 } as const;
      const { history } = accelerate(map, start, options);
      history.residual.forEach((residual, k) => {
        expect(residual * (k + 1)).toBeLessThanOrEqual(factor * D * (1 + 1e-9));
      });
    }
  });
});

describe('accelerate', () => {
  const turn: FixedPointMap = (z, out) => {
    [out[0], out[1]] = [-z[1], z[0]];
  };

  it('finds a fixed point where plain iteration goes round for ever', () => {
    const result = accelerate(turn, [3, 4]);
    expect(result.status).toBe('converged');
    // |z - T(z)| is sqrt 2 |z| for a quarter turn.
    expect(Math.hypot(...result.x)).toBeLessThanOrEqual(1e-6);
    expect(result.certificate.gap).toBeLessThanOrEqual(1e-6);
    expect(result.counts.restarts).toBeGreaterThan(3);
    const plain = accelerate(turn, [3, 4], { method: 'picard', maxIterations: 100 });
    expect([plain.status, plain.certificate.gap]).toEqual(['max-iterations', Math.sqrt(50)]);
  });

  it('gives the same bits in all three forms', async () => {
    const { elapsedMs, ...whole } = accelerate(isometry('bits'), start);
    const { elapsedMs: second, ...later } = await accelerateAsync(isometry('bits'), start);
    expect(later).toEqual(whole);
    const steps = accelerateIterations(isometry('bits'), start);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    expect(step.value.x).toEqual(whole.x);
    expect(Math.min(elapsedMs, second)).toBeGreaterThanOrEqual(0);
    expect(structuredClone(whole)).toEqual(whole);
  });

  it('follows a contraction to its fixed point, and counts evaluations', () => {
    const result = accelerate((z, out) => out.set([z[0] / 2 + 1]), [0], { method: 'picard', tolerance: 0 });
    expect([result.status, result.x[0]]).toEqual(['converged', 2]);
    expect(result.counts.evaluations).toBe(result.iterations + 1);
  });

  it('reports growth beyond range as diverged, with the best point', () => {
    const result = accelerate((z, out) => out.set([z[0] * z[0] * 3]), [10], { method: 'picard' });
    expect([result.status, result.x[0]]).toEqual(['diverged', 10]);
  });

  it('refuses bad input', () => {
    // biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
    type Wrong = any;
    expect(() => accelerate(3 as Wrong, [1])).toThrow('map: expected a function, got 3');
    expect(() => accelerate(turn, [NaN, 1])).toThrow('initial[0]: expected a finite number, got NaN');
    expect(() => accelerate(turn, [1, 1], { method: 'fast' as Wrong })).toThrow('options.method');
    expect(() => accelerate(turn, [1, 1], { restartFactor: 1 })).toThrow('options.restartFactor');
    expect(() => accelerate(turn, [1, 1], { tol: 1 } as Wrong)).toThrow('options.tol');
    expect(() => accelerate((_z, out) => out.fill(NaN), [1])).toThrow('map: expected numbers, got NaN at entry 0');
  });
});

import { liveArenas, randomStream } from '@lemmata/core';
import { toSparse } from '@lemmata/linalg';
import { expect, it } from 'vitest';
import {
  groupLasso,
  groupLogisticRegression,
  multiTaskLasso,
  nonnegativeLeastSquares,
  softmaxRegression,
} from '../src/index.js';

const CALLS = 300;

/** Every number in a result. */
function* numbersOf(value: unknown): Generator<number, void, void> {
  if (typeof value === 'number') yield value;
  else if (ArrayBuffer.isView(value)) yield* value as unknown as Float64Array;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* numbersOf(part);
}

it(`${CALLS} random small calls end certified, or refused with a code, and never with NaN`, () => {
  const stream = randomStream('group fuzz');
  const pick = <T>(list: readonly T[]): T => list[Math.floor(stream.uniform() * list.length)];
  const endings = new Map<string, number>();
  for (let call = 0; call < CALLS; call++) {
    const m = 1 + Math.floor(stream.uniform() * 8);
    const n = 1 + Math.floor(stream.uniform() * 7);
    const k = 1 + Math.floor(stream.uniform() * 3);
    const kind = pick(['plain', 'constant', 'duplicate', 'sparse', 'small', 'large', 'integers']);
    const size = kind === 'small' ? 1e-9 : kind === 'large' ? 1e9 : 1;
    const entry = () => (kind === 'integers' ? Math.round(2 * stream.normal()) : size * stream.normal());
    const rows = Array.from({ length: m }, () =>
      Array.from({ length: n }, () => (kind === 'sparse' && stream.uniform() < 0.6 ? 0 : entry())),
    );
    for (const row of rows) {
      if (kind === 'constant') row[0] = 3;
      if (kind === 'duplicate') row[n - 1] = row[0];
    }
    const B = rows.map(() => Array.from({ length: k }, () => (stream.uniform() < 0.1 ? 0 : stream.normal())));
    const A = stream.uniform() < 0.5 ? rows : toSparse(rows, 'csc');
    const options = {
      lambda: pick([0.001, 0.01, 0.1, 1]) * size * Math.max(1, stream.uniform()),
      intercept: stream.uniform() < 0.5,
      standardize: stream.uniform() < 0.3,
      tolerance: pick([1e-3, 1e-6, 1e-9]),
    };
    const weights = stream.uniform() < 0.3 ? { sampleWeights: rows.map(() => stream.uniform() + 0.1) } : {};
    const b = B.map((row) => row[0]);
    const groups = Array.from({ length: n }, (_, j) => j >> 1);
    const shape = {
      groups,
      l1Share: pick([0, 0, 0.5, 1]),
      ...(stream.uniform() < 0.3 && { weights: Array.from({ length: (n + 1) >> 1 }, () => pick([0, 1, 2])) }),
    };
    const run = pick([
      () => nonnegativeLeastSquares(A, b, { ...options, ...weights }),
      () => groupLasso(A, b, { ...options, ...weights, ...shape }),
      () =>
        groupLogisticRegression(
          A,
          b.map((value) => value > 0),
          { ...options, ...weights, ...shape },
        ),
      () => multiTaskLasso(A, B, { ...options, ...weights }),
      () =>
        softmaxRegression(
          A,
          b.map((value) => Math.floor(value)),
          { ...options, ...weights, l1Ratio: pick([0.3, 1]), groupFeatures: stream.uniform() < 0.5 },
        ),
    ]);
    let ending: string;
    try {
      const fit = run();
      ending = fit.status;
      for (const value of numbersOf({ ...fit, history: 0 })) expect(Number.isFinite(value)).toBe(true);
      if (fit.status === 'converged') expect(fit.certificate.relativeGap).toBeLessThanOrEqual(options.tolerance);
    } catch (error) {
      // biome-ignore lint/suspicious/noExplicitAny: whatever is thrown is looked at
      ending = String((error as any).code);
      if (ending === 'undefined') throw error;
    }
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  expect([...endings.keys()].filter((name) => !['converged', 'stalled', 'ERR_INPUT'].includes(name))).toEqual([]);
  expect(endings.get('converged')).toBeGreaterThanOrEqual(0.9 * CALLS);
  expect(liveArenas()).toBe(0);
});

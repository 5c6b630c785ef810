import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { completeMatrix } from '../src/index.js';
import { lowRank, subspaceDistance } from './problems.js';

/** Few entries everywhere but in six full rows and columns. */
function uneven(name: string) {
  const { A, truth, observed } = lowRank(name, 200, 200, 3, 1);
  const stream = randomStream(name).fork('holes');
  const kept = Array.from(observed.values, (_, e) => e).filter(
    (e) => observed.rows[e] < 6 || observed.cols[e] < 6 || stream.uniform() < 0.12,
  );
  const pick = (source: ArrayLike<number>) => kept.map((e) => source[e]);
  return {
    A,
    truth,
    observed: { rows: pick(observed.rows), cols: pick(observed.cols), values: pick(observed.values) },
  };
}

describe('the start with uneven degrees', () => {
  it('is nearer to the truth when entries are divided by degrees, and that is the default', () => {
    let nearer = 0;
    for (let seed = 0; seed < 5; seed++) {
      const { A, observed } = uneven(`uneven/${seed}`);
      const start = { rank: 3, lambda: 0, maxIterations: 0 } as const;
      const raw = completeMatrix(observed, { ...start, initial: 'svd' });
      const scaled = completeMatrix(observed, { ...start, initial: 'svd-degree' });
      expect(completeMatrix(observed, start).U.data).toEqual(scaled.U.data);
      if (subspaceDistance(A, scaled.U.data, 3) < 0.9 * subspaceDistance(A, raw.U.data, 3)) nearer++;
    }
    expect(nearer).toBeGreaterThanOrEqual(4);
  });

  it('makes no difference of principle on even degrees', () => {
    const { observed } = lowRank('even', 60, 60, 3, 0.6);
    const plain = completeMatrix(observed, { rank: 3, lambda: 0, maxIterations: 0 });
    expect(plain.U.data).toEqual(
      completeMatrix(observed, { rank: 3, lambda: 0, maxIterations: 0, initial: 'svd' }).U.data,
    );
  });
});
